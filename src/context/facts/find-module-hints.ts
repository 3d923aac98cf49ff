import type { Actor } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import { isForeign, type Side } from "../../model/facts.ts";
import { baseName, isWithin, mergeUsr } from "../../model/path.ts";
import type { PathId, PathTable } from "../../model/path-table.ts";
import type { Sighting } from "../../model/sighting.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { Zones } from "../layout/zones.ts";
import { isAkin, wordOf } from "./names-akin.ts";

/** What is asked of a log. */
export interface BuildTraces {
  readonly paths: PathTable;
  readonly sightings: Iterable<Sighting>;
  /** True for what was looked for, and was there. */
  isFound(path: PathId): boolean;
  sideOf(actor: Actor): Side;
}

/**
 * What CMake's own find modules ask of pkg-config. FindOpenSSL takes the answer for a hint where to search, and searches
 * below CMAKE_FIND_ROOT_PATH alone when a toolchain file says so: the host's openssl.pc leads it to the target's libssl.so.
 * That it went so shows by the module, by a library of that name in a sysroot, and by no such file of the host that
 * anybody took for the target. `pkg_check_modules` of a project takes flags and version over, and is not meant.
 */
export class FindModuleHints {
  /** Words of the find modules of CMake's own that were loaded. */
  readonly #modules: Set<string> = new Set();
  /** Words of the libraries that are in a sysroot. */
  readonly #targets: Set<string> = new Set();
  /** Words of host files that a tool may have taken for the target. */
  readonly #hosts: Set<string> = new Set();
  /** Words of the .pc files that a pkg-config read whose arguments are not in the log. */
  readonly #read: Map<Tracee, string[]> = new Map();

  constructor({ paths, sightings, isFound, sideOf }: BuildTraces, zones: Zones) {
    const { sysroots } = zones.layout;
    for (let id = 1; id < paths.size; id++) {
      if (!isFound(id)) continue;
      const path = paths.text(id);
      const module = FIND_MODULE.exec(path)?.[1];
      if (module !== undefined) this.#modules.add(wordOf(module));
      else if (sysroots.some((root) => isWithin(path, root))) add(this.#targets, LIBRARY, path);
    }
    if (this.#modules.size === 0) return;
    for (const { path: id, actor, tracee, fate } of sightings) {
      if (actor.role === "pkg-config" && tracee.argv === null) this.#note(tracee, paths.text(id));
      if (actor.role === "pkg-config" || fate === "searched" || sideOf(actor) === "host") continue;
      const path = mergeUsr(paths.text(id));
      if (!isForeign(zones.zoneOf(path))) continue;
      add(this.#hosts, LIBRARY, path);
      add(this.#hosts, HEADER, path);
    }
  }

  /** True for a .pc file that a find module's question led to, where the target's own library was taken. */
  has({ actor, tracee }: Sighting, path: ByteString): boolean {
    if (actor.role !== "pkg-config" || !isOfCmake(actor)) return false;
    const asked = this.#askedOf(tracee);
    if (asked.length === 0) return false;
    const words = [...asked, packageOf(path)];
    const isNamed = (name: string) => words.some((word) => isAkin(word, name));
    return [...this.#targets].some(isNamed) && ![...this.#hosts].some(isNamed);
  }

  /** Words of the packages that a find module asked for, with what they require where the arguments are not known; empty when it was none. */
  #askedOf(tracee: Tracee): readonly string[] {
    const modules = [...this.#modules];
    const isModules = (word: string) => modules.some((name) => isOf(word, name));
    if (tracee.argv !== null) {
      const asked = packagesIn(tracee.argv);
      return asked.every(isModules) ? asked : [];
    }
    const read = this.#read.get(tracee) ?? [];
    return read.some(isModules) ? read : [];
  }

  #note(tracee: Tracee, path: ByteString): void {
    const known = this.#read.get(tracee);
    if (known === undefined) this.#read.set(tracee, [packageOf(path)]);
    else known.push(packageOf(path));
  }
}

/** True for a child of cmake's, and for what may be one: without execs and forks in the log, nobody has a parent. */
function isOfCmake({ parent, program }: Actor): boolean {
  return parent === null ? program === null : parent.role === "cmake";
}

function packageOf(path: ByteString): string {
  return wordOf(baseName(path).replace(/\.pc$/, ""));
}

const FIND_MODULE = /\/share\/cmake(?:-[\d.]+)?\/Modules\/Find(?!PkgConfig|Package)([^/]+)\.cmake$/;
const LIBRARY = /\/lib([^/]+?)\.(?:so|a)(?:\.[\d.]+)?$/;
const HEADER = /\/include\/(?:[^/]+-linux-[^/]+\/)?([^/]+)/;

function add(words: Set<string>, pattern: RegExp, path: ByteString): void {
  const name = pattern.exec(path)?.[1];
  if (name !== undefined) words.add(wordOf(name));
}

/** A package and a module of one name; of two letters or one, the very same. */
function isOf(word: string, module: string): boolean {
  return word === module || (Math.min(word.length, module.length) > 2 && isAkin(word, module));
}

/** Words of the packages that pkg-config was asked for: `openssl`, or `openssl >= 1.1` in one argument or in three. */
function packagesIn(argv: readonly ByteString[]): readonly string[] {
  return argv
    .slice(1)
    .flatMap((argument) => (argument.startsWith("-") ? [] : argument.split(/\s*[<>=!]=?.*|\s+/)))
    .filter((name) => /^[A-Za-z]/.test(name))
    .map(wordOf);
}
