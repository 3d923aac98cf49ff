import { providerOf } from "./providers.ts";
import { shown } from "./quoted.ts";
import type { Remedy, Site } from "./remedy.ts";

type Phrases = {
  readonly [Act in Remedy["act"]]: (
    remedy: Extract<Remedy, { readonly act: Act }>,
    site: Site,
  ) => string;
};

const COMPILER = /\/(?:cpp|gcc|g\+\+|cc|c\+\+|clang|clang\+\+)(?:-[\d.]+)?$/;

const STRIP = /\/(?:eu-strip|s?strip|objcopy)(?:-[\d.]+)?$/;

const PHRASES: Phrases = {
  set: ({ name, value }) => `Set ${shown(`${name}=${value}`)}`,
  clear: ({ name }) => `Unset ${shown(name)}: it leads to the build host`,
  strip: ({ name, flag }) => `Take ${shown(flag)} out of ${shown(name)}`,
  sysroot: ({ driver }, { sysroot }) =>
    `Give ${shown(driver) || "the compiler"} ${shown(`--sysroot=${sysroot ?? "DIR"}`)}`,
  libclang: ({ words }) => `Give libclang ${words.map(shown).join(" ")} (BINDGEN_EXTRA_CLANG_ARGS)`,
  confine: ({ tool }, { sysroot }) =>
    tool === "cmake"
      ? `Set CMAKE_SYSROOT to ${shown(sysroot ?? "the sysroot")} and CMAKE_FIND_ROOT_PATH_MODE_{LIBRARY,INCLUDE,PACKAGE} to ONLY in the toolchain file`
      : `Set sys_root and pkg_config_libdir in the cross file's [properties]`,
  depend: ({ file }, { sysroot }) => {
    const provider = providerOf(file);
    const what =
      provider === null
        ? `the package that has ${shown(file)}`
        : `${provider.recipe}, which has ${shown(file)},`;
    return `Put ${what} into ${sysroot === null ? "the target's root" : shown(sysroot)}`;
  },
  replace: ({ program, own }, { sysroot }) =>
    `Call ${own === null ? standIn(program, sysroot) : shown(own)} instead of ${shown(program)}`,
  relink: ({ link, target, inside }) =>
    inside === null
      ? `Replace the symlink ${shown(link)}, which leads to ${shown(target)}, by the target's own file`
      : `Lead the symlink ${shown(link)} to ${shown(inside)}`,
  edit: ({ what }) => what,
};

/** What should run: of the scripts that answer for a library, the sysroot has its own. */
function standIn(program: string, sysroot: string | null): string {
  if (COMPILER.test(program)) return "the target's compiler, CC or CXX,";
  if (STRIP.test(program)) return "the target's own (STRIP, OBJCOPY; STRIPPROG for install -s)";
  const script = /[^/]*(?<!\/pkg)-config(?:-[\d.]+)?$/.exec(program)?.[0];
  return script === undefined || sysroot === null
    ? "the build's own program"
    : shown(`${sysroot}/usr/bin/${script}`);
}

/** A remedy in words, for where no setting can say it. */
export function prose(remedy: Remedy, site: Site): string {
  const phrase = PHRASES[remedy.act] as (remedy: Remedy, site: Site) => string;
  return phrase(remedy, site);
}
