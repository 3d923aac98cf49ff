import type { ByteString } from "../../model/byte-string.ts";
import { baseName, isWithin } from "../../model/path.ts";
import type { PathId } from "../../model/path-table.ts";
import { machineOfTriple } from "../names/machines.ts";
import type { Scene } from "./scene.ts";

/** Root file systems and the like, by the names of their formats. */
export const IMAGE_FILE =
  /\.(?:cpio|img|ext[234]|sqfs|squashfs|ubi|ubifs|jffs2|cramfs|romfs|erofs|f2fs|wic|iso|itb|swu|raucb|tar)(?:\.(?:gz|xz|zst|bz2|lz4|lzo|lzma))?$/;

/** Folders by the names that builds give to what they ship; `build/pkg-1.0` is a package's own work folder. */
const IMAGE_WORD =
  /(?:^|(?<!\/build)\/|\/(?![^/]+-\d[^/]*\/))(?:image|images|rootfs|root|target(?!\/(?:debug|release|[^/]+\/(?:debug|release))\/)|staging|sysroot(?:-destdir)?|destdir|dest|install|pkg|package|packages(?:-split)?|deploy|stage|stagedir|initramfs|initrd|ramdisk|ramfs|firmware|fs|tmproot|instroot|buildroot)(?:[-_.]?\w*)?\//i;

/** Archives that are an image by their name, wherever they lie: `rootfs.tar`, `acme-initramfs.cpio.gz`. */
const IMAGE_NAME =
  /(?:^|[-_.])(?:rootfs|image|initramfs|initrd|ramdisk|firmware|flash)(?:[-_.][^/]*)?$/i;

/** Folders of what runs on the machine that builds, which lie beside the target's. */
const HOST_WORD =
  /(?:^|[-_./])(?:host|native|build-?tools|for-?build|tools?|toolchain|sdk|crossscripts)(?=[-_./])/i;

/** True when a copy went into what the target will get: the sysroot, or a folder shaped or named like an image. */
export function isImage(path: ByteString, scene: Scene): boolean {
  return imageOf(path, scene) !== null;
}

/** The root of what the target will get that `path` lies in; null when it lies in none. */
function imageOf(path: ByteString, { zones, layout }: Scene): ByteString | null {
  if (path === "") return null;
  const zone = zones.zoneOf(path);
  if (zone === "sysroot") return longest(layout.sysroots, path);
  if (zone === "native-sysroot" || zone === "kernel" || zone === "host" || zone === "toolchain")
    return null;
  const above = longest(layout.buildDirs, path);
  const below = path.slice(above.length);
  const word = IMAGE_WORD.exec(below);
  if (word !== null) return above + below.slice(0, word.index + word[0].length);
  const at = below.search(/.\/usr\/(?:lib|lib64|bin|sbin|include|libexec)\//);
  if (at >= 0) return above + below.slice(0, at + 1);
  return IMAGE_FILE.test(path) && IMAGE_NAME.test(baseName(path)) ? path : null;
}

function longest(folders: readonly ByteString[], path: ByteString): ByteString {
  return folders
    .filter((folder) => isWithin(path, folder))
    .reduce((best, folder) => (folder.length > best.length ? folder : best), "");
}

/** True for a folder or archive of what runs on the machine that builds: an SDK holds the whole native sysroot. */
export function isForHost(path: ByteString, { layout, sameMachine }: Scene): boolean {
  const below = path.slice(longest(layout.buildDirs, path).length);
  if (HOST_WORD.test(below)) return true;
  const outside = below.split("/usr/", 1)[0] ?? "";
  return (
    !sameMachine && outside.split("/").some((word) => machineOfTriple(word) === layout.hostMachine)
  );
}

/**
 * True when one of the copies lies in an image that gets code of the target's too: superbuilds install their host tools
 * into folders of the same names.
 */
export function isShippedWithTargetCode(copies: readonly PathId[], scene: Scene): boolean {
  return copies.some((id) => {
    const copy = scene.paths.text(id);
    const image = imageOf(copy, scene);
    return image !== null && scene.targetImages.has(image) && !isForHost(copy, scene);
  });
}

/** The roots of what the target will get, as far as code for the target was put there. */
export function targetImages(scene: Scene): ReadonlySet<ByteString> {
  const { observer, paths } = scene;
  const images = new Set<ByteString>();
  const add = (id: PathId) => {
    const image = imageOf(paths.text(id), scene);
    if (image !== null) images.add(image);
  };
  for (const [id, work] of observer.provenance.products())
    if (scene.makerSide(work) === "target") add(id);
  for (const { use, maker, copies } of observer.sightings.all())
    if (use === "copy" && maker !== null && scene.makerSide(maker) === "target")
      copies.forEach(add);
  return images;
}
