import type { Actor } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import { isWithin, parentFolder, resolvePath } from "../../model/path.ts";
import { optionValue } from "../names/evidence.ts";
import type { Observer } from "../observe/observer.ts";

/**
 * Files in which somebody says to cmake how to build for the target: toolchain files, and what lies beside them and below
 * to be included (the Android NDK's flags.cmake). They may lie in /opt or a native sysroot, and are no package of the host's.
 */
export function targetSettingsOf({ actors, paths, classes }: Observed): readonly ByteString[] {
  const files = new Set<ByteString>();
  for (const actor of actors.all) {
    const named = actor.role === "cmake" ? namedBy(actor) : null;
    if (named !== null) files.add(resolvePath(paths.text(actor.first.cwd), named));
  }
  const scripts: ByteString[] = [];
  for (let id = 1; id < paths.size; id++) {
    const path = paths.text(id);
    if (!path.endsWith(".cmake") || classes.seen(id) !== true) continue;
    if (TOOLCHAIN.test(path)) files.add(path);
    else if (!PACKAGE.test(path)) scripts.push(path);
  }
  const folders = [...files].map((file) =>
    INSTALLED.test(file) ? `${file}.d` : parentFolder(file),
  );
  return [...files, ...scripts.filter((path) => folders.some((folder) => isOf(path, folder)))];
}

type Observed = Pick<Observer, "actors" | "paths" | "classes">;

function namedBy({ first: { argv, environment } }: Actor): ByteString | null {
  const defined = argv?.find((word) => DEFINED.test(word));
  return (
    (defined === undefined ? null : defined.slice(defined.indexOf("=") + 1)) ??
    optionValue(argv ?? [], "--toolchain") ??
    environment?.variables?.get("CMAKE_TOOLCHAIN_FILE") ??
    null
  );
}

/** Where everybody installs packages, no toolchain has the folders below its file to itself. */
function isOf(path: ByteString, folder: ByteString): boolean {
  return isWithin(path, folder) && !INSTALLED.test(path.slice(folder.length));
}

const DEFINED = /^-DCMAKE_TOOLCHAIN_FILE(?::\w+)?=./;
/** What people call one, where the log shows no arguments. */
const TOOLCHAIN = /toolchain[^/]*\.cmake$/i;
const PACKAGE = /(?:Config|-config|Version|-version|Targets|-targets)[\w-]*\.cmake$/;
const INSTALLED = /\/(?:lib(?:64)?|share)\/(?:[^/]+-[^/]+\/)?cmake\//;
