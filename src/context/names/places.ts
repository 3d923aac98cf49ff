import type { ByteString } from "../../model/byte-string.ts";
import type { Zone } from "../../model/facts.ts";
import type { Machine } from "../../model/machine.ts";
import { isWithin } from "../../model/path.ts";
import { isTriple, machineOfCpu, machineOfTriple } from "./machines.ts";

/** A place that its shape alone gives away: `<work>/recipe-sysroot` is a sysroot wherever it lies. */
export interface Place {
  readonly zone: Zone;
  readonly root: ByteString;
  /** The target that the folder's name tells, if it does. */
  readonly triple: string | null;
}

interface Shape {
  readonly zone: Zone;
  /** Group 1 is the root; group `triple`, if there is one, must be a triple. */
  readonly pattern: RegExp;
}

/**
 * What a build tool brings for its own work, wherever it is installed: CMakeCompilerABI.h is compiled for each target.
 * Packages' own answers lie beside it, in share/cmake/fmt.
 */
const TOOL_DATA =
  /^(.*\/share\/(?:(?:cmake|meson|automake|aclocal|autoconf|libtool|gnulib|bison|swig)-?\d[^/]*|cmake\/(?:Modules|Templates)))(?:\/|$)/;

/**
 * Build-tree layouts, by path. The first that matches decides, so the special stand above the general.
 * Sources: bitbake.conf and toolchain-scripts.bbclass (Yocto), Buildroot's Makefile, OpenWrt's rules.mk,
 * crosstool-NG, conda-build, Arm's and Android's toolchain archives, Debian's cross packages.
 */
const SHAPES: readonly Shape[] = [
  { zone: "native-sysroot", pattern: /^(.*\/recipe-sysroot-native)(?:\/|$)/ },
  {
    zone: "sysroot",
    pattern: /^(.*\/(?:lib\d+-|libx32-)?recipe-sysroot)(?:\/|$)/,
  },
  {
    zone: "native-sysroot",
    pattern: /^(.*\/sysroots-uninative\/[^/]+)(?:\/|$)/,
  },
  {
    zone: "native-sysroot",
    pattern: /^(.*\/sysroots-components\/[^/]+\/[^/]+-native)(?:\/|$)/,
  },
  {
    zone: "native-sysroot",
    pattern:
      /^(.*\/sysroots-components\/(?:x86_64|i686|aarch64)(?:-[^/]+)?\/[^/]+-(?:native|cross[^/]*))(?:\/|$)/,
  },
  {
    zone: "sysroot",
    pattern: /^(.*\/sysroots-components\/[^/]+\/[^/]+)(?:\/|$)/,
  },
  {
    zone: "native-sysroot",
    pattern:
      /^(.*\/sysroots\/(?:x86_64|i686|aarch64|ppc64le|riscv64)-(?:\w+sdk|oesdk|pokysdk|nativesdk)-linux)(?:\/|$)/,
  },
  {
    zone: "native-sysroot",
    pattern: /^(.*\/tmp(?:-[^/]+)?\/sysroots\/(?:x86_64|i686|aarch64|ppc64le)(?:-linux)?)(?:\/|$)/,
  },
  {
    zone: "sysroot",
    pattern: /^(.*\/sysroots\/(?<triple>[^/]+-linux[^/]*))(?:\/|$)/,
  },
  {
    zone: "sysroot",
    pattern: /^(.*\/tmp(?:-[^/]+)?\/sysroots\/[^/]+)(?:\/|$)/,
  },
  {
    zone: "sysroot",
    pattern: /^(.*\/(?<triple>[^/]+)\/(?:sysroot|sys-root|libc))(?:\/|$)/,
  },
  {
    zone: "sysroot",
    pattern: /^(.*\/toolchains\/llvm\/prebuilt\/[^/]+\/sysroot)(?:\/|$)/,
  },
  {
    zone: "native-sysroot",
    pattern: /^(.*\/(?:output|per-package\/[^/]+)\/host)(?:\/|$)/,
  },
  {
    zone: "sysroot",
    pattern: /^(.*\/(?:output|per-package\/[^/]+)\/(?:staging|target))(?:\/|$)/,
  },
  { zone: "toolchain", pattern: /^(.*\/staging_dir\/toolchain-[^/]+)(?:\/|$)/ },
  {
    zone: "native-sysroot",
    pattern: /^(.*\/staging_dir\/host(?:pkg)?)(?:\/|$)/,
  },
  { zone: "sysroot", pattern: /^(.*\/staging_dir\/target-[^/]+)(?:\/|$)/ },
  {
    zone: "native-sysroot",
    pattern: /^(.*\/platform-[^/]+\/sysroot-(?:host|cross))(?:\/|$)/,
  },
  { zone: "sysroot", pattern: /^(.*\/platform-[^/]+\/sysroot-target)(?:\/|$)/ },
  { zone: "sysroot", pattern: /^(.*\/debian_[^/]+-sysroot)(?:\/|$)/ },
  // conda-build's and rattler-build's words: "build" is the machine that builds, "host" the one that the package is for.
  { zone: "native-sysroot", pattern: /^(.*\/(?:conda-)?bld\/[^/]+\/_?build_env)(?:\/|$)/ },
  { zone: "sysroot", pattern: /^(.*\/(?:_h_|host_)env_placehold[^/]*)(?:\/|$)/ },
  { zone: "toolchain", pattern: /^(.*\/x-tools\d*\/(?<triple>[^/]+))(?:\/|$)/ },
  { zone: "toolchain", pattern: /^(.*\/\.rustup\/toolchains\/[^/]+)(?:\/|$)/ },
  { zone: "toolchain", pattern: /^(.*\/lib(?:64)?\/rustlib)(?:\/|$)/ },
  {
    zone: "toolchain",
    pattern: /^(.*\/lib(?:64)?\/gcc-cross\/(?<triple>[^/]+))(?:\/|$)/,
  },
  { zone: "toolchain", pattern: /^(.*\/lib(?:64|32)?\/clang\/[^/]+)(?:\/|$)/ },
  {
    zone: "toolchain",
    pattern: /^(.*\/lib\/[^/]+\/(?:ldscripts|bfd-plugins))(?:\/|$)/,
  },
  { zone: "toolchain", pattern: TOOL_DATA },
  {
    zone: "toolchain",
    pattern: /^(\/usr\/(?:local|lib|share)\/go(?:-\d[^/]*)?)(?:\/|$)/,
  },
];

/** What each of the shapes has in it: most paths have none of this, and are spared thirty patterns. */
const MARK =
  /sysroot|sys-root|\/libc|\/host|\/staging|\/target|toolchain|x-tools|\/rustlib|gcc-cross|\/clang\/|\/ldscripts|\/bfd-plugins|build_env|env_placehold|\/share\/|\/go/;

/** The place that a path's shape gives away, or null. */
export function placeOf(path: ByteString): Place | null {
  if (!MARK.test(path)) return null;
  for (const { zone, pattern } of SHAPES) {
    const match = pattern.exec(path);
    if (match === null) continue;
    const triple = match.groups?.triple;
    if (triple !== undefined && !isTriple(triple)) continue;
    return { zone, root: match[1] ?? "", triple: triple ?? null };
  }
  return null;
}

/** True below a build tool's own folder, which may lie in a native sysroot, as cmake-native's does. */
export function isToolData(path: ByteString): boolean {
  return TOOL_DATA.test(path);
}

/** Folders in a home, or beside it, that hold another world's libraries and headers. CI runners have homes anywhere. */
const FOREIGN: readonly RegExp[] = [
  /^\/(?:home\/[^/]+|root|opt)\/(?:mini|ana|micro)?(?:conda|forge|mamba)\d*(?:\/|$)/,
  /\/(?:(?:mini|ana|micro)(?:conda|forge|mamba)|mambaforge)\d*(?:\/|$)/,
  /^\/(?:home\/[^/]+|root)\/perl5(?:\/|$)/,
  /\/vcpkg\/(?:installed|packages)(?:\/|$)/,
  /\/\.(?:linuxbrew|pyenv|rbenv|nvm|nodenv|asdf|sdkman|ghcup|opam|nix-profile|guix-profile|conan2?|vcpkg|local|cache\/node-gyp|node-gyp|cmake|m2)(?:\/|$)/,
];

/** True for a path below a personal package tree: Homebrew, conda, pyenv and their like. */
export function isForeignHome(path: ByteString): boolean {
  return FOREIGN.some((pattern) => pattern.test(path));
}

/** True for a path in somebody's home; Fedora's image-based systems have theirs in /var. */
export function isHome(path: ByteString): boolean {
  return /^\/(?:(?:var\/)?home\/[^/]+|root|var\/roothome)(?:\/|$)/.test(path);
}

/** True for what the system itself has installed; what lies in its folders for sources, somebody builds there. */
export function isSystems(path: ByteString | null): boolean {
  return path !== null && isWithin(path, "/usr") && !isSources(path);
}

/** True in the system's folders for sources. */
export function isSources(path: ByteString): boolean {
  return /^\/usr\/(?:local\/)?src\//.test(path);
}

/** The machine that a package was built for whose folder tells it: Nix's and Guix's for other machines, and vcpkg's; else null. */
export function packageMachine(path: ByteString): Machine | null {
  const triple = storeTriple(path);
  if (triple !== null) return machineOfTriple(triple);
  const cpu = VCPKG.exec(path)?.[1];
  if (cpu === undefined) return null;
  return machineOfCpu(cpu === "x64" ? "x86_64" : cpu);
}

/** `vcpkg/installed/arm64-linux/`, `vcpkg/packages/zlib_x64-linux/`, by the processor in the triplet. */
const VCPKG = /\/vcpkg\/(?:installed\/|packages\/[^/]*_)([a-z][a-z0-9]+)-[^/]+\//;

/** The triple of a store path that was built for another machine, or null: Nix's cross outputs, Guix's `gcc-cross-<triple>-12`. */
function storeTriple(path: ByteString): string | null {
  return STORE.exec(path)?.[1] ?? null;
}

const STORE =
  /^\/(?:nix|gnu)\/store\/[a-z0-9]{32}-[^/]*?((?:x86_64|aarch64|arm\w*|riscv64|powerpc64le|mips\w*|i686)-(?:unknown-)?linux-(?:gnu|musl)\w*)/;
