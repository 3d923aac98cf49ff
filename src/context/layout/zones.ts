import type { ByteString } from "../../model/byte-string.ts";
import type { Zone } from "../../model/facts.ts";
import type { Machine } from "../../model/machine.ts";
import { isWithin, mergeUsr } from "../../model/path.ts";
import { isPersonal } from "../names/consulted.ts";
import { machineOfLoader, machineOfTriple } from "../names/machines.ts";
import { isForeignHome, isHome, isToolData, packageMachine, placeOf } from "../names/places.ts";

/** The build's geography, given or inferred. All paths absolute and normalised. */
export interface Layout {
  readonly host: string;
  readonly hostMachine: Machine;
  /** Null when nothing tells the target. */
  readonly target: string | null;
  readonly targetMachine: Machine | null;
  readonly sysroots: readonly ByteString[];
  readonly nativeSysroots: readonly ByteString[];
  readonly toolchains: readonly ByteString[];
  readonly buildDirs: readonly ByteString[];
  /** Projects outside of the build folders. */
  readonly sources: readonly ByteString[];
  /** Prefixes (`P` of `P/lib/gcc/<triple>/12`) of compilers that made target code and are no system's own. */
  readonly compilerPrefixes: readonly ByteString[];
  /** Files that tell a build system how to build for the target. */
  readonly targetSettings: readonly ByteString[];
}

/** Tells the zone of a path: the longest root that holds it, else what its shape says, else the Filesystem Hierarchy. */
export class Zones {
  readonly layout: Layout;
  readonly #roots: readonly (readonly [ByteString, Zone])[];
  readonly #foreignMachine: boolean;
  readonly #settings: ReadonlySet<ByteString>;

  constructor(layout: Layout) {
    this.layout = layout;
    this.#settings = new Set(layout.targetSettings);
    this.#foreignMachine =
      layout.targetMachine !== null && layout.targetMachine !== layout.hostMachine;
    const roots: [ByteString, Zone][] = [
      ...layout.sysroots.map((root): [ByteString, Zone] => [root, "sysroot"]),
      ...layout.nativeSysroots.map((root): [ByteString, Zone] => [root, "native-sysroot"]),
      ...layout.toolchains.map((root): [ByteString, Zone] => [root, "toolchain"]),
      ...layout.buildDirs.map((root): [ByteString, Zone] => [root, "build"]),
      ...layout.sources.map((root): [ByteString, Zone] => [root, "source"]),
    ];
    this.#roots = roots.filter(([root]) => root !== "/").sort((a, b) => b[0].length - a[0].length);
  }

  zoneOf(path: ByteString): Zone {
    if (KERNEL.test(path)) return "kernel";
    if (this.#settings.has(path)) return "toolchain";
    const root = this.#roots.find(([folder]) => isWithin(path, folder)) ?? this.#merged(path);
    const shape = placeOf(path);
    if (shape !== null && (root === undefined || shape.root.length > root[0].length))
      return this.#refine(path, shape.zone);
    if (root !== undefined) return this.#refine(path, root[1]);
    const machine = packageMachine(path);
    if (machine !== null && machine === this.layout.targetMachine) return "sysroot";
    if (isForeignHome(path)) return this.#isCrossCompilers(path) ? "toolchain" : "home";
    if (isPersonal(path)) return "home";
    if (isHome(path)) return "source";
    if (TEMPORARY.test(path)) return "temporary";
    if (machine !== null) return "host";
    if (SOURCES.test(path)) return "source";
    return HIERARCHY.test(path) ? this.#hierarchy(mergeUsr(path)) : "source";
  }

  /**
   * True for `/usr/lib/<triple>` and `/usr/include/<triple>` of the target, for `/usr/bin/<triple>-x-config`, and for the
   * loader that its programs name, which lies above them: right machine, wrong place.
   */
  hasTargetTriple(path: ByteString): boolean {
    if (!this.#foreignMachine) return false;
    const triple = (MULTIARCH.exec(path) ?? OWN_SCRIPT.exec(path))?.[1];
    const machine = triple === undefined ? null : machineOfTriple(triple);
    return (LOADER.test(path) ? machineOfLoader(path) : machine) === this.layout.targetMachine;
  }

  #merged(path: ByteString): readonly [ByteString, Zone] | undefined {
    const merged = mergeUsr(path);
    return merged === path ? undefined : this.#roots.find(([folder]) => isWithin(merged, folder));
  }

  /**
   * Inside a native sysroot lies the cross compiler with its own headers and start files, which are the target's
   * toolchain, and so does what cmake compiles for every target.
   */
  #refine(path: ByteString, zone: Zone): Zone {
    if (zone !== "native-sysroot" && zone !== "toolchain") return zone;
    if (this.#isRuntime(path) || isToolData(path)) return "toolchain";
    const own = COMPILER_FOLDER.exec(path)?.[1] ?? TARGET_FOLDER.exec(path)?.[1];
    if (own === undefined) return zone;
    if (zone === "toolchain") return zone;
    const machine = machineOfTriple(own);
    return machine !== null && machine === this.layout.targetMachine ? "toolchain" : zone;
  }

  /** A compiler's own libraries, beside a compiler for this very machine. */
  #isRuntime(path: ByteString): boolean {
    if (this.#foreignMachine) return false;
    return this.layout.compilerPrefixes.some(
      (prefix) => path.startsWith(prefix) && RUNTIME.test(path.slice(prefix.length)),
    );
  }

  /** True for the own folder of a compiler for another machine than the host, wherever it lies. */
  #isCrossCompilers(path: ByteString): boolean {
    const compiler = COMPILER_FOLDER.exec(path)?.[1];
    const machine = compiler === undefined ? null : machineOfTriple(compiler);
    return machine !== null && machine !== this.layout.hostMachine;
  }

  #hierarchy(path: ByteString): Zone {
    if (COMPILER_FOLDER.test(path)) return this.#isCrossCompilers(path) ? "toolchain" : "host";
    // Multiarch folders are Linux's: /usr/include/wasm32-wasi is a cross compiler's, as /usr/avr is.
    const cross = (CROSS_FOLDER.exec(path) ?? BARE_FOLDER.exec(path))?.[1];
    if (cross !== undefined) {
      const machine = machineOfTriple(cross);
      if (machine !== null && machine !== this.layout.hostMachine) return "toolchain";
    }
    // Debian's multiarch folders are the target's own where the build has no sysroot, and the host's copy where it has one.
    if (this.layout.sysroots.length === 0 && this.hasTargetTriple(path)) return "sysroot";
    return "host";
  }
}

/** /dev/shm is a folder in memory like any other, and people build there. */
const KERNEL = /^\/(?:proc|sys|dev(?!\/shm\/))(?:\/|$)/;
const TEMPORARY = /^\/(?:tmp|var\/tmp|run|var\/run|dev\/shm)(?:\/|$)/;
/**
 * Sources that a distribution ships to be compiled for whatever machine (Debian's crates and Go packages, /usr/src), and
 * the work folders of Jenkins, GitHub, Azure, GitLab and Buildkite, whose agents live in /var/lib or /opt.
 */
const SOURCES =
  /^\/(?:usr\/(?:share\/(?:cargo\/registry|gocode)|(?:local\/)?src\/(?!linux-headers|kernels\/|googletest\/|gtest\/|gmock\/)[^/]+)|(?:var\/lib|opt)\/[^/]+\/(?:workspace|_work|builds)\/[^/]+)\//;
const HIERARCHY =
  /^\/(?:usr|lib|lib32|lib64|libx32|bin|sbin|etc|opt|var|snap|boot|nix|gnu|sw)(?:\/|$)/;
const MULTIARCH = /^\/(?:usr\/(?:local\/)?)?(?:lib|include)\/([^/]+-linux-[^/]+)(?:\/|$)/;
/** Of a library, as Debian calls what prints one machine's flags. */
const OWN_SCRIPT =
  /^\/(?:usr\/)?bin\/([^/]+-linux-[^/-]+)-(?!pkg-config$)[^/]+-config(?:-[\d.]+)?$/;
const LOADER = /^\/(?:usr\/)?lib(?:64|32)?\/ld[^/]*\.so\.\d+$/;
const CROSS_FOLDER = /^\/usr\/([^/]+-[^/]+)(?:\/|$)/;
const BARE_FOLDER = /^\/usr\/(?:lib|include)\/(?![^/]*linux)([^/]+-[^/]+)(?:\/|$)/;
const COMPILER_FOLDER =
  /\/lib(?:exec|64|32)?\/(?:[^/]+\/)?gcc(?:-cross)?\/([^/]+-[^/]+)\/[^/]+(?:\/|$)/;
const TARGET_FOLDER =
  /\/(?:usr|host)\/(?:bin\/|libexec\/)?([^/]+-[^/]+)\/(?:bin|lib|include|sysroot|[^/]+$)/;
const RUNTIME =
  /^\/lib(?:64|32)?\/lib(?:gcc\w*|stdc\+\+|supc\+\+|atomic|gomp|[ablt]san|ubsan|hwasan|quadmath|ssp\w*|itm|gfortran)\.(?:a|so[.\d]*)$/;
