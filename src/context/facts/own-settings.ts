import type { ByteString } from "../../model/byte-string.ts";
import { baseName } from "../../model/path.ts";
import type { Sighting } from "../../model/sighting.ts";
import type { Scene } from "./scene.ts";

/** Where programs and their libraries look for settings: mcopy's mtools.conf, the openssl.cnf of a packer's libcrypto. */
const SETTINGS = /^\/(?:etc|usr\/lib\/ssl)\//;

/** What the C library opens for whatever program speaks UTF-8, and leaves open over an exec, as no other of its files. */
const LIBC_OWN = /\/gconv\/gconv-modules\.cache$/;

/** These write one archive of what a list on their input names, or a walk through folders. */
const TAKES_LISTS = /^(?:tar|bsdtar|cpio|bsdcpio|pax|gen_init_cpio)$/;

/** True for settings that a copier read for itself: nobody named them to it, and nothing of that name was written. */
export function isOwnSettings(sighting: Sighting, path: ByteString, scene: Scene): boolean {
  const { actor, copies, tracee } = sighting;
  const isLibcs = LIBC_OWN.test(path);
  if (tracee.argv === null || !(isLibcs || SETTINGS.test(path))) return false;
  if (!isLibcs && TAKES_LISTS.test(actor.tool.name)) return false;
  const name = baseName(scene.paths.text(sighting.path));
  if (copies.some((copy) => baseName(scene.paths.text(copy)) === name)) return false;
  if (scene.copies.named(name).length > 0) return false;
  return !tracee.argv.slice(1).some((word) => isNameOf(word, path, name));
}

/** True when an argument is the path, the beginning of it (a folder, or what `strace -s` left), or its last name. */
function isNameOf(word: ByteString, path: ByteString, name: ByteString): boolean {
  if (word.length < 2 || word.startsWith("-")) return false;
  return path.startsWith(word) || word.endsWith(name) || path.includes(`/${word}/`);
}
