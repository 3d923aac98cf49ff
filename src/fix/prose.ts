import { providerOf } from "./providers.ts";
import type { Remedy, Site } from "./remedy.ts";

type Phrases = {
  readonly [Act in Remedy["act"]]: (
    remedy: Extract<Remedy, { readonly act: Act }>,
    site: Site,
  ) => string;
};

const PHRASES: Phrases = {
  set: ({ name, value }) => `Set ${name}=${value}`,
  clear: ({ name }) => `Unset ${name}: it leads to the build host`,
  strip: ({ name, flag }) => `Take ${flag} out of ${name}`,
  sysroot: ({ driver }, { sysroot }) =>
    `Give ${driver || "the compiler"} --sysroot=${sysroot ?? "DIR"}`,
  libclang: ({ words }) => `Give libclang ${words.join(" ")} (BINDGEN_EXTRA_CLANG_ARGS)`,
  confine: ({ tool }, { sysroot }) =>
    tool === "cmake"
      ? `Set CMAKE_SYSROOT to ${sysroot ?? "the sysroot"} and CMAKE_FIND_ROOT_PATH_MODE_{LIBRARY,INCLUDE,PACKAGE} to ONLY in the toolchain file`
      : `Set sys_root and pkg_config_libdir in the cross file's [properties]`,
  depend: ({ file }, { sysroot }) => {
    const provider = providerOf(file);
    const what = provider === null ? "the package that has" : `${provider.recipe}, which has`;
    return `Put ${what} ${file} into ${sysroot ?? "the target's root"}`;
  },
  replace: ({ program }) => `Call the build's own program instead of ${program}`,
  relink: ({ link, target, inside }) =>
    inside === null
      ? `Replace the symlink ${link}, which leads to ${target}, by the target's own file`
      : `Lead the symlink ${link} to ${inside}`,
  edit: ({ what }) => what,
};

/** A remedy in words, for where no setting can say it. */
export function prose(remedy: Remedy, site: Site): string {
  const phrase = PHRASES[remedy.act] as (remedy: Remedy, site: Site) => string;
  return phrase(remedy, site);
}
