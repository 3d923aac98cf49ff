import type { BuildContext } from "../build-context.ts";

/** What pkg-config needs to answer for a sysroot: the prefix of its answers, and the folders instead of its own. */
export const NEEDED = ["PKG_CONFIG_SYSROOT_DIR", "PKG_CONFIG_LIBDIR"] as const;
/** Beside the host's packages, the .pc files of the target's name their real places: no prefix is missing. */
const NEEDED_BESIDE_HOSTS = ["PKG_CONFIG_LIBDIR"] as const;

/** The variables that would have led pkg-config to the target. */
export function neededIn({ isBesideHosts }: BuildContext): readonly string[] {
  return isBesideHosts ? NEEDED_BESIDE_HOSTS : NEEDED;
}
