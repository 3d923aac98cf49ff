import type { Actor } from "../model/actor.ts";
import type { ByteString } from "../model/byte-string.ts";
import type { Side } from "../model/facts.ts";
import { baseName } from "../model/path.ts";
import type { PathId, PathTable } from "../model/path-table.ts";
import type { Sighting, Work } from "../model/sighting.ts";
import { artifactOf } from "./artifacts.ts";
import { type Disk, type Expected, expectedOf } from "./expected.ts";
import { targetImages } from "./images.ts";
import type { Link } from "./links.ts";
import type { Observer } from "./observer.ts";
import { ownCompilers } from "./own-compilers.ts";
import { Sides } from "./sides.ts";
import { type Layout, Zones } from "./zones.ts";

/** Roles whose output holds code for the machine they work for. */
const MAKES_CODE: ReadonlySet<string> = new Set(["compiler", "assembler", "linker", "rustc"]);
const FOREIGN: ReadonlySet<string> = new Set(["host", "native-sysroot", "home"]);
/** Copies of one name that are looked at: enough for any image, few enough for a million Makefiles. */
const MOST_COPIES = 16;
/** Roles that pass code on from their inputs. */
const PASSES_CODE: ReadonlySet<string> = new Set(["archiver", "strip", "copier"]);

/** The whole build, observed and laid out: what the facts of one sighting are read from. */
export class Scene {
  readonly observer: Observer;
  readonly layout: Layout;
  readonly zones: Zones;
  readonly sides: Sides;
  readonly sameMachine: boolean;
  readonly #disk: Disk;
  readonly #makerSides: Map<Work, Side | null> = new Map();
  #hostUse: HostUse | null = null;
  #targetUse: ReadonlySet<PathId> | null = null;
  #copies: ReadonlyMap<string, readonly ByteString[]> | null = null;
  #targetImages: ReadonlySet<ByteString> | null = null;
  #made: ReadonlyMap<Sighting, readonly PathId[]> | null = null;

  constructor(observer: Observer, given: Layout, disk: Disk) {
    this.observer = observer;
    // Whose compiler is the target's is known when the sides are, and sides need zones: two rounds settle it.
    const layout = withCompilers(given, observer, new Sides(new Zones(given), observer));
    this.layout = layout;
    this.zones = new Zones(layout);
    this.sides = new Sides(this.zones, observer);
    this.sameMachine = layout.targetMachine !== null && layout.targetMachine === layout.hostMachine;
    this.#disk = disk;
  }

  get paths(): PathTable {
    return this.observer.paths;
  }

  /** For which machine a file of this trace was made; null when it holds no code, or nobody can tell. */
  makerSide(work: Work): Side | null {
    const known = this.#makerSides.get(work);
    if (known !== undefined) return known;
    this.#makerSides.set(work, null);
    const { role } = work.actor;
    let side: Side | null = null;
    if (MAKES_CODE.has(role) && this.#isSure(work.actor)) side = this.sides.sideOf(work.actor);
    else if (PASSES_CODE.has(role) || MAKES_CODE.has(role)) side = this.#sideOfInputs(work);
    this.#makerSides.set(work, side);
    return side;
  }

  /** Without forks in the log nobody's parent is sure, and a tool must speak for itself. */
  #isSure({ evidence }: Actor): boolean {
    if (this.observer.features.showsForks) return true;
    return evidence.machine !== null || evidence.says !== null;
  }

  #sideOfInputs(work: Work): Side | null {
    const sides = new Set<Side | null>();
    for (const { maker } of work.inputs.slice(0, 256)) sides.add(this.makerSide(maker));
    return sides.has("host") ? "host" : sides.has("target") ? "target" : null;
  }

  /** The counterpart in the sysroot: on disk when it is there, else by the trace's own accesses. */
  expected(path: ByteString): Expected | null {
    return expectedOf(path, this.layout, (candidate) => {
      const id = this.paths.find(candidate);
      return (id === 0 ? null : this.observer.classes.seen(id)) ?? this.#disk.exists(candidate);
    });
  }

  /** The symlink of a sysroot that leads to `path`; null when none was read. */
  linkTo(path: ByteString): Link | null {
    for (const sysroot of this.layout.sysroots) {
      const link = this.observer.links.linkTo(path, sysroot);
      if (link !== null) return link;
    }
    return null;
  }

  /**
   * True when host tools linked the library that a .pc file or *-config script describes, and no target did:
   * kernels and boot loaders ask the host's pkg-config for the libcrypto of their own signing tools.
   */
  servesHostTool(described: ByteString): boolean {
    this.#hostUse ??= this.#usedByHost();
    return this.#hostUse.names.has(stem(described));
  }

  /** True when compilers or linkers that are not surely the host's took a host file of what the script describes. */
  misleads(script: ByteString): boolean {
    this.#hostUse ??= this.#usedByHost();
    return this.#hostUse.otherNames.has(stem(script));
  }

  /** The same for a *-config script whose headers alone host tools took: an extension of the host's Python links no libpython. */
  tellsHostTool(script: ByteString): boolean {
    this.#hostUse ??= this.#usedByHost();
    return this.#hostUse.folders.has(stem(script));
  }

  /** True for a .pc file that was read for nothing but such questions: libpng.pc requires zlib.pc. */
  isRequiredByHostTool({ actor, path }: Sighting): boolean {
    const questions = this.observer.sightings.answers.with(actor, path);
    return questions.length > 0 && questions.every((files) => this.#asksForHostTool(files));
  }

  #asksForHostTool(files: readonly PathId[]): boolean {
    const named = files.map((file) => this.paths.text(file));
    // zlib.pc is libz's: as sure as the name is only where nothing else was asked for.
    const alone = named.length === 1 ? named[0]?.replace(/lib\.pc$/, ".pc") : undefined;
    return (
      named.some((file) => this.servesHostTool(file)) ||
      (alone !== undefined && this.servesHostTool(alone))
    );
  }

  /** What a copier wrote whose output its shell had opened: `cat file > image/file`, `cpio -o > image.cpio`. */
  copiesMade(sighting: Sighting): readonly PathId[] {
    this.#made ??= this.#copiesBySighting();
    return this.#made.get(sighting) ?? [];
  }

  #copiesBySighting(): ReadonlyMap<Sighting, readonly PathId[]> {
    const made = new Map<Sighting, PathId[]>();
    for (const [id, { actor, sightings }] of this.observer.provenance.products()) {
      if (actor.role !== "copier" && actor.role !== "other") continue;
      for (const sighting of sightings) {
        if (sighting.use !== "copy") continue;
        const known = made.get(sighting);
        if (known === undefined) made.set(sighting, [id]);
        else if (known.length < MOST_COPIES) known.push(id);
      }
    }
    return made;
  }

  /** The roots of what the target will get that code for the target was put into. */
  get targetImages(): ReadonlySet<ByteString> {
    this.#targetImages ??= targetImages(this);
    return this.#targetImages;
  }

  /** Files of this name that copiers and shells wrote: where tar, rsync and redirections put what others read. */
  copiesNamed(name: string): readonly ByteString[] {
    this.#copies ??= this.#copiesByName();
    return this.#copies.get(name) ?? [];
  }

  #copiesByName(): ReadonlyMap<string, readonly ByteString[]> {
    const byName = new Map<string, ByteString[]>();
    for (const [id, { actor }] of this.observer.provenance.products()) {
      if (actor.role !== "copier" && actor.role !== "shell") continue;
      const path = this.paths.text(id);
      const name = baseName(path);
      const known = byName.get(name);
      if (known === undefined) byName.set(name, [path]);
      else if (known.length < MOST_COPIES) known.push(path);
    }
    return byName;
  }

  /** True for a file of the build that a target compiler or linker used: the copy of a host header in the sources. */
  isUsedByTarget(path: PathId): boolean {
    this.#targetUse ??= this.#usedByTarget();
    return this.#targetUse.has(path);
  }

  #usedByTarget(): ReadonlySet<PathId> {
    const used = new Set<PathId>();
    for (const { use, path, maker, actor } of this.observer.sightings.all()) {
      if (maker === null || (use !== "compile" && use !== "link")) continue;
      if (this.sides.sideOf(actor) === "target") used.add(path);
    }
    return used;
  }

  /** True for a file that host compilers and linkers used, and no target's. */
  isUsedByHostAlone(path: PathId): boolean {
    this.#hostUse ??= this.#usedByHost();
    return this.#hostUse.paths.has(path);
  }

  /** True for a host file that compilers or linkers took which are not surely the host's. */
  isTakenForTarget(path: PathId): boolean {
    this.#hostUse ??= this.#usedByHost();
    return this.#hostUse.others.has(path);
  }

  #usedByHost(): HostUse {
    const host = {
      names: new Set<string>(),
      folders: new Set<string>(),
      paths: new Set<PathId>(),
    };
    const target = { names: new Set<string>(), paths: new Set<PathId>() };
    for (const { use, path: id, actor } of this.observer.sightings.all()) {
      const path = this.paths.text(id);
      if ((use !== "link" && use !== "compile") || !FOREIGN.has(this.zones.zoneOf(path))) continue;
      const side = this.sides.sideOf(actor) === "host" ? host : target;
      side.paths.add(id);
      if (side === target) for (const name of stems(path)) target.names.add(name);
      else if (use === "link" && artifactOf(path) === "library") host.names.add(stem(path));
      else if (use === "compile") for (const name of headerFolders(path)) host.folders.add(name);
    }
    for (const name of target.names) {
      host.names.delete(name);
      host.folders.delete(name);
    }
    for (const path of target.paths) host.paths.delete(path);
    return { ...host, others: target.paths, otherNames: target.names };
  }
}

/** A layout whose toolchains hold the folders of all compilers that worked for the target: their own start files lie there. */
function withCompilers(layout: Layout, observer: Observer, sides: Sides): Layout {
  const folders = new Set(layout.toolchains);
  for (const { actor, program } of ownCompilers(observer, layout.hostMachine)) {
    const folder = /^(.*\/gcc(?:-cross)?\/[^/]+\/[^/]+)\/[^/]+$/.exec(program)?.[1];
    if (folder === undefined || sides.sideOf(actor) !== "target") continue;
    folders.add(folder.replace("/libexec/", "/lib/"));
  }
  return { ...layout, toolchains: [...folders] };
}

/** What host tools alone took from outside of the build. */
interface HostUse {
  /** What compilers and linkers took that are not surely the host's. */
  readonly others: ReadonlySet<PathId>;
  /** Stems of those, and of their folders. */
  readonly otherNames: ReadonlySet<string>;
  /** Stems of libraries that they linked. */
  readonly names: ReadonlySet<string>;
  /** Stems of the folders of headers that they read. */
  readonly folders: ReadonlySet<string>;
  readonly paths: ReadonlySet<PathId>;
}

/** `crypto` of libcrypto.so.3, libcrypto.pc and crypto.pc; `png` of libpng16-config. */
function stem(path: ByteString): string {
  return baseName(path)
    .replace(/\.(?:pc|a|so(?:\.[\d.]+)?)$|-config[-\d.]*$/, "")
    .replace(/^lib/, "")
    .replace(/[-.\d]+$/, "");
}

/** What a leaked file may be called in a .pc file's name: `libpng16/png.h` and `libpng16.so` both belong to libpng16.pc. */
function stems(path: ByteString): readonly string[] {
  return [stem(path.replace(/\.h\w*$/, ".a")), ...headerFolders(path)];
}

/** `png` of /usr/include/libpng16/png.h. */
function headerFolders(path: ByteString): readonly string[] {
  const folders = /\/include\/(?:[^/]+-linux-[^/]+\/)?(.+)\/[^/]+$/.exec(path)?.[1];
  return folders === undefined ? [] : folders.split("/").map(stem);
}
