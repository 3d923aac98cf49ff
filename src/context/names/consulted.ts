import type { ByteString } from "../../model/byte-string.ts";
import type { Tracee } from "../../model/tracee.ts";

/**
 * Files that go into no product, and yet decide what one becomes: descriptions of libraries and interfaces, answers for
 * configure, settings of the host. Of all else that tools merely read, nothing is kept.
 */
const CONSULTED =
  /\.(?:gir|vapi|typelib)$|\/config\.site$|\/include\/node(?:js)?\/(?:common|config)\.gypi$|\/mkspecs\/.*\.(?:conf|pr[iof])$|^\/usr\/share\/(?:idl|wayland|wayland-protocols|dbus-1\/interfaces|polkit-1\/actions)\/.|^\/usr\/include\/.*\.proto$|^\/(?:usr\/src\/(?:linux-headers-[^/]+\/|kernels\/[^/]+\/)|(?:usr\/)?lib\/modules\/[^/]+\/(?:build|source)\/)(?:.*\/)?(?:Makefile|Kbuild|\.config|auto\.conf|Module\.symvers)$|^\/(?:boot\/config-|(?:usr\/)?lib\/modules\/[^/]+\/config$)|^\/etc\/(?:ld\.so\.conf\.d\/[^/]+\.conf|hostname|machine-id|pip\.conf|npmrc|makepkg\.conf|ccache\.conf|xml\/catalog)$|^\/var\/lib\/dbus\/machine-id$/;

/** Settings that somebody made for all builds of theirs. */
const PERSONAL =
  /^\/(?:(?:var\/)?home\/[^/]+|root|var\/roothome)\/(?:\.cargo\/config(?:\.toml)?|\.(?:npmrc|pydistutils\.cfg|wgetrc|curlrc|netrc)|\.config\/(?:pip\/pip\.conf|go\/env|meson\/native\/.+|clang\/.+\.cfg|ccache\/ccache\.conf)|user-config\.jam|\.m2\/settings\.xml|\.gradle\/gradle\.properties)$/;

/** True for what a build is worth telling of that merely reads it. */
export function isConsulted(path: ByteString): boolean {
  return CONSULTED.test(path) || PERSONAL.test(path);
}

/** True for settings in somebody's home, which is no project's. */
export function isPersonal(path: ByteString): boolean {
  return PERSONAL.test(path);
}

/** Caches and compile servers, which also answer for their version or settings alone: meson asks before it takes one. */
const CACHE = /\/(?:s?ccache|buildcache|distcc|icecc)$/;

/** Programs that answer for the host, or with what they answered somebody else, and those of one user alone. */
const ADVISER =
  /\/(?:ldd|ldconfig(?:\.real)?)$|\/\.(?:local|pyenv|nvm|linuxbrew|rbenv|asdf)\/(?:[^/]+\/)*(?:bin|shims)\/[^/]+$|\/(?:go|(?:mini|ana)conda3)\/bin\/[^/]+$/;

/** True for a program that is worth telling of wherever it runs, but for `ldconfig -r ROOT`, which works on an image. */
export function isAdviser({ program, argv }: Pick<Tracee, "program" | "argv">): boolean {
  if (program === null || argv?.includes("-r") === true) return false;
  return CACHE.test(program) ? argv?.[1]?.startsWith("-") !== true : ADVISER.test(program);
}
