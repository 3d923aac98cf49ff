import type { Actor } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { Side } from "../../model/facts.ts";
import { baseName } from "../../model/path.ts";
import type { PathId, PathTable } from "../../model/path-table.ts";
import type { Work } from "../../model/sighting.ts";
import { type Disk, type Expected, expectedOf } from "../layout/expected.ts";
import { isBesideHosts } from "../layout/multiarch.ts";
import { ownCompilers } from "../layout/own-compilers.ts";
import { type Layout, Zones } from "../layout/zones.ts";
import type { Link } from "../observe/links.ts";
import type { Observer } from "../observe/observer.ts";
import { Copies } from "./copies.ts";
import { FindModuleHints } from "./find-module-hints.ts";
import { HostTools } from "./host-tools.ts";
import { targetImages } from "./images.ts";
import { SharedHeaders } from "./shared-headers.ts";
import { Sides } from "./sides.ts";

/** Roles whose output holds code for the machine they work for. */
const MAKES_CODE: ReadonlySet<string> = new Set(["compiler", "assembler", "linker", "rustc"]);
/** Roles that pass code on from their inputs. */
const PASSES_CODE: ReadonlySet<string> = new Set(["archiver", "strip", "copier"]);
/** Roles that install a whole build in one process. */
const COPIES_BY_NAME: ReadonlySet<string> = new Set(["cmake", "meson", "interpreter", "other"]);
/** How often what is installed is installed on, at most: a log may hold a ring of copies. */
const MOST_COPIES = 16;

/** The whole build, observed and laid out: what the facts of one sighting are read from. */
export class Scene {
  readonly observer: Observer;
  readonly layout: Layout;
  readonly zones: Zones;
  readonly sides: Sides;
  readonly sameMachine: boolean;
  readonly #disk: Disk;
  readonly #makerSides: Map<Work, Side | null> = new Map();
  #hostTools: HostTools | null = null;
  #targetUse: ReadonlySet<PathId> | null = null;
  #copies: Copies | null = null;
  #targetImages: ReadonlySet<ByteString> | null = null;
  #sharedHeaders: SharedHeaders | null = null;
  #hints: FindModuleHints | null = null;

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

  /**
   * For whom a file was made: of what one process copied among much else, by whoever made the file of that name. Null
   * where that is not known, or two of the name were made for different machines.
   */
  madeFor(work: Work, path: PathId): Side | null {
    const name = baseName(this.paths.text(path));
    let at = work;
    for (let step = 0; step < MOST_COPIES && COPIES_BY_NAME.has(at.actor.role); step++) {
      const makers = at.inputs
        .filter(({ path: input }) => baseName(this.paths.text(input)) === name)
        .map(({ maker }) => maker);
      const [first] = makers;
      if (first === undefined || makers.some((maker) => maker !== first)) return null;
      at = first;
    }
    return this.makerSide(at);
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
    return expectedOf(path, this.layout, (candidate) => this.#isThere(candidate));
  }

  /** True where the target has its files in the host's own root. */
  get isBesideHosts(): boolean {
    return isBesideHosts(this.layout, (candidate) => this.#isThere(candidate));
  }

  #isThere(path: ByteString): boolean | null {
    const id = this.paths.find(path);
    return (id === 0 ? null : this.observer.classes.seen(id)) ?? this.#disk.exists(path);
  }

  /** The symlink of a sysroot that leads to `path`; null when none was read. */
  linkTo(path: ByteString): Link | null {
    for (const sysroot of this.layout.sysroots) {
      const link = this.observer.links.linkTo(path, sysroot);
      if (link !== null) return link;
    }
    return null;
  }

  /** What host tools alone took from outside of the build. */
  get hostTools(): HostTools {
    this.#hostTools ??= new HostTools(this);
    return this.#hostTools;
  }

  /** Where copies of files went. */
  get copies(): Copies {
    this.#copies ??= new Copies(this.observer);
    return this.#copies;
  }

  /** Headers that the target's packages share with the host's. */
  get sharedHeaders(): SharedHeaders {
    const { paths, classes, sightings } = this.observer;
    this.#sharedHeaders ??= new SharedHeaders(
      {
        paths,
        sightings: sightings.all(),
        isMissing: (path) => classes.seen(path) === false,
        isFound: (path) => classes.seen(path) === true,
      },
      this.zones,
    );
    return this.#sharedHeaders;
  }

  /** What CMake's find modules asked pkg-config for. */
  get hints(): FindModuleHints {
    const { paths, classes, sightings } = this.observer;
    this.#hints ??= new FindModuleHints(
      {
        paths,
        sightings: sightings.all(),
        isFound: (path) => classes.seen(path) === true,
        sideOf: (actor) => this.sides.sideOf(actor),
      },
      this.zones,
    );
    return this.#hints;
  }

  /** The roots of what the target will get that code for the target was put into. */
  get targetImages(): ReadonlySet<ByteString> {
    this.#targetImages ??= targetImages(this);
    return this.#targetImages;
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
