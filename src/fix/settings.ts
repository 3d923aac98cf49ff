import type { Site } from "./remedy.ts";

/** The value of a variable that nobody had set, for this target; null where only the user knows it. */
export function settingFor(name: string, site: Site): string | null {
  const { sysroot, pkgConfigFolders } = site;
  if (/^PKG_CONFIG_SYSROOT_DIR/.test(name)) return sysroot;
  if (/^PKG_CONFIG_LIBDIR/.test(name)) return pkgConfigFolders.join(":") || null;
  return null;
}
