import type { Actor } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { Side } from "../../model/facts.ts";
import type { Zones } from "../layout/zones.ts";
import { isSystems } from "../names/places.ts";
import type { LogFeatures } from "../observe/log-features.ts";
import type { Observer } from "../observe/observer.ts";
import {
  isCompilerProper,
  isTargetsDriver,
  lacksDriver,
  MOST_STEPS,
  makesSdk,
  rustcOf,
  seemsBorrowed,
  USES_SYSROOT,
} from "./drivers.ts";
import { isSameProcess, sideByMachine, sideBySysroot } from "./told-sides.ts";

/** Roles that do not know their machine themselves, but whose children do. */
const ASKS_CHILDREN: ReadonlySet<string> = new Set([
  "compiler",
  "cmake",
  "meson",
  "configure",
  "qmake",
]);

/** Roles that work for whoever calls them. */
const SERVES: ReadonlySet<string> = new Set([...USES_SYSROOT, "pkg-config", "config-script"]);

/**
 * Tells for which machine each actor works. The first that answers wins: its own arguments, path and name; its
 * place; the compilers that it runs; its parent; and at the root the build itself, which is a cross build when
 * a target is known.
 */
export class Sides {
  readonly #zones: Zones;
  readonly #answers: Map<Actor, Side> = new Map();
  /** Of chains in which nobody tells: the first known program. Of those the answer is another for each that asks. */
  readonly #tops: Map<Actor, Actor | null> = new Map();
  /** Whether each meson asks a pkg-config that has the target's name. */
  readonly #mesons: Map<Actor, boolean> = new Map();
  readonly #root: Side;
  readonly #sameMachine: boolean;
  readonly #features: LogFeatures;
  /** Without forks in the log, whose child a program is, is a guess that many processes at once make wrong. */
  readonly #guessesParents: boolean;
  /** What has the target's triple in its name or arguments, or a sysroot, is the target's; so a plain name is the host's. */
  readonly #tellsApart: boolean;
  /** Folders of compilers that worked with a sysroot in this log, and are not the system's own. */
  readonly #targetCompilers: Set<ByteString> = new Set();

  /** Compilers of the log that a sysroot was given to speak for others of the same folder. */
  constructor(zones: Zones, { actors, features }: Pick<Observer, "actors" | "features">) {
    this.#zones = zones;
    this.#features = features;
    this.#guessesParents = !features.showsForks;
    const { target, targetMachine, hostMachine, sysroots, host } = zones.layout;
    const crosses = sysroots.length > 0 || (target !== null && target !== host);
    this.#root = crosses ? "target" : "unknown";
    this.#sameMachine = targetMachine === hostMachine;
    this.#tellsApart =
      sysroots.length > 0 ||
      (target !== host && actors.all.some((actor) => isTargetsDriver(actor, target, host)));
    for (const actor of this.#sameMachine ? actors.all : []) {
      const { compiler } = actor.evidence;
      if (
        compiler !== null &&
        !SYSTEM_COMPILER.test(compiler) &&
        sideBySysroot(this.#zones, actor) === "target"
      )
        this.#targetCompilers.add(compiler);
    }
  }

  sideOf(actor: Actor): Side {
    if (this.#isCutOff(actor)) {
      this.#answers.set(actor, "unknown");
      return "unknown";
    }
    // Iterative up the chain: a hostile log can nest a hundred thousand programs.
    const path: Actor[] = [];
    let at: Actor | null = actor;
    let side: Side | undefined;
    while (at !== null && !this.#tops.has(at)) {
      side = this.#answers.get(at) ?? this.#own(at) ?? undefined;
      if (side !== undefined) break;
      path.push(at);
      at = at.parent;
    }
    if (at !== null && side !== undefined) {
      this.#answers.set(at, side);
      for (const passed of path) this.#answers.set(passed, side);
      return side;
    }
    let top = at === null ? null : (this.#tops.get(at) ?? null);
    for (const passed of path.reverse()) {
      if (top === null && passed.program !== null) top = passed;
      this.#tops.set(passed, top);
    }
    return this.#rootOf(actor, top ?? actor);
  }

  /** True where nobody in the chain tells, and the answer is the build's own. */
  isAssumed(actor: Actor): boolean {
    this.sideOf(actor);
    return this.#tops.has(actor);
  }

  /**
   * A tracee that came out of nowhere in a log that shows programs may be anybody's child. So may a compiler or
   * pkg-config whose parent is not known, where host and target are one machine: without --sysroot it is the host's,
   * or has lost it.
   */
  #rootOf(actor: Actor, top: Actor): Side {
    const nameless = actor.role === "unknown" && actor.program === null;
    const isFirst = top.id <= FIRST_PROGRAM && !this.#features.beginsLate;
    const stray = this.#sameMachine && SERVES.has(top.role) && !isFirst;
    // With neither parents nor children in the log there is nobody whom it could ask.
    const alone = top === actor && actor.children.length === 0;
    const childless = this.#guessesParents && alone && ASKS_CHILDREN.has(actor.role);
    return (nameless || stray || childless) && actor.evidence.says === null
      ? "unknown"
      : this.#root;
  }

  /**
   * Where host and target are one machine, who makes code and tells nothing itself works for whom its driver does. With
   * that one's exec lost, or a guess that cannot be, it may work for anybody.
   */
  #isCutOff(actor: Actor): boolean {
    if (!this.#sameMachine || !SERVES.has(actor.role) || actor.program === null) return false;
    if (this.#answers.has(actor) || this.#tops.has(actor) || this.#own(actor) !== null)
      return false;
    const isDoubtful = this.#features.hasHoles || this.#guessesParents;
    const isDriven = isCompilerProper(actor) || (isDoubtful && actor.role === "linker");
    if (isDriven && lacksDriver(actor, this.#guessesParents)) return true;
    let at = actor.parent;
    for (let step = 0; at !== null && step < MOST_STEPS; step++, at = at.parent) {
      if (at.program === null) return at.parent !== null;
      if (this.#own(at) !== null) return false;
      if (isCompilerProper(at) && lacksDriver(at, this.#guessesParents)) return true;
    }
    return false;
  }

  #own(actor: Actor): Side | null {
    const { evidence } = actor;
    if (evidence.says !== null) {
      const isDoubtful =
        this.#root === "unknown" || (this.#features.showsExecs && actor.program === null);
      return evidence.says === "target" && isDoubtful ? "unknown" : evidence.says;
    }
    const bySysroot = sideBySysroot(this.#zones, actor);
    if (this.#sameMachine && bySysroot !== null) return bySysroot;
    if (
      this.#sameMachine &&
      USES_SYSROOT.has(actor.role) &&
      rustcOf(actor)?.evidence.says === "host"
    )
      return "host";
    const byMachine = sideByMachine(this.#zones.layout, this.#root, actor);
    if (byMachine !== null && this.#isForSecondTarget(actor)) return "target";
    if (byMachine !== null) return byMachine;
    if (bySysroot !== null) return bySysroot;
    if (actor.place !== null) return actor.place;
    if (ASKS_CHILDREN.has(actor.role) && actor.children.length > 0) {
      const byChildren = this.#byChildren(actor, 0);
      if (byChildren !== null) return byChildren;
    }
    // Only of what compiles: cargo lets the target's linker link its build scripts on a board of the host's kind.
    const { compiler } = evidence;
    if (actor.role === "compiler" && compiler !== null && this.#targetCompilers.has(compiler))
      return this.#root;
    if (actor.program === null && this.#sameMachine && USES_SYSROOT.has(actor.role))
      return this.#zones.layout.sysroots.length > 0 ? "host" : null;
    if (this.#sameMachine && this.#guessesParents && seemsBorrowed(actor)) return "unknown";
    if (this.#isOtherOfMeson(actor)) return "host";
    if (!evidence.plain) return null;
    return this.#sameMachine ? this.#plainOnSameMachine(actor) : "host";
  }

  /** Meson has one pkg-config for each machine: beside the target's, a plain one answers for native dependencies. */
  #isOtherOfMeson({ role, tool, parent }: Actor): boolean {
    if (role !== "pkg-config" || tool.triple !== null || parent?.role !== "meson") return false;
    if (this.#guessesParents) return false;
    const known = this.#mesons.get(parent);
    if (known !== undefined) return known;
    const asksTargets = parent.children.some(
      (child) =>
        child.role === "pkg-config" &&
        sideByMachine(this.#zones.layout, this.#root, child) === "target",
    );
    this.#mesons.set(parent, asksTargets);
    return asksTargets;
  }

  /**
   * One build can make packages for several machines; a sysroot tells of those that the triples do not. The assembler
   * is given none: it works for whom its driver does. The system's own compilers may make hermetic host tools.
   */
  #isForSecondTarget(actor: Actor): boolean {
    const { parent } = actor;
    if (this.#hasOwnSysroot(actor)) return true;
    if (!this.#guessesParents && makesSdk(actor)) return true;
    // Who is whose child must be sure: a wrong guess makes the host's compiler the target's.
    return !this.#guessesParents && parent?.tool.driver === true && this.#hasOwnSysroot(parent);
  }

  #hasOwnSysroot(actor: Actor): boolean {
    if (sideBySysroot(this.#zones, actor) !== "target") return false;
    return actor.evidence.machine !== this.#zones.layout.hostMachine || !isSystems(actor.program);
  }

  /**
   * What the real compilers and linkers below say; target wins, since a cross configure also tries the host's compiler.
   * A cmake that ran the host's alone has no toolchain file, and configures a host tool.
   */
  #byChildren(actor: Actor, depth: number, asker = actor.role): Side | null {
    const guesses = this.#guessesParents && this.#sameMachine && actor.role === "compiler";
    let answer: Side | null = null;
    for (const child of actor.children) {
      if (guesses && !isSameProcess(child, actor)) continue;
      const { evidence } = child;
      let side: Side | null =
        evidence.says ??
        (this.#sameMachine ? sideBySysroot(this.#zones, child) : null) ??
        sideByMachine(this.#zones.layout, this.#root, child) ??
        (asker === "cmake" && this.#sameMachine && evidence.plain
          ? this.#plainOnSameMachine(child)
          : null);
      if (
        side === null &&
        depth < 6 &&
        (child.role === "shell" || child.role === "other" || ASKS_CHILDREN.has(child.role))
      )
        side = this.#byChildren(child, depth + 1, asker);
      if (side === "target") return "target";
      if (side !== null && !/^config\.(guess|sub)$/.test(child.tool.name)) answer = side;
    }
    return answer;
  }

  /** Same machine, no sysroot, no triple: the host's own compiler, unless rustc calls it to link target code, or nothing tells the two apart. */
  #plainOnSameMachine(actor: Actor): Side | null {
    const rustc = rustcOf(actor);
    if (rustc !== null) return this.sideOf(rustc);
    return this.#tellsApart ? "host" : null;
  }
}

/** The folders of a distribution's own compilers, which work for whom they are told to. */
const SYSTEM_COMPILER = /^\/usr\/(?:local\/)?lib(?:64|exec)?\/gcc\//;

/** The actor that the log begins with, behind the nameless one that each tracee is before its first exec. */
const FIRST_PROGRAM = 1;
