import type { Actor } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { Role } from "../../model/facts.ts";
import type { Machine } from "../../model/machine.ts";
import { isWithin } from "../../model/path.ts";
import { tripleOfPath } from "../names/evidence.ts";
import { hasOtherLibc, isTriple, machineOfTriple, unversioned } from "../names/machines.ts";
import { isSystems } from "../names/places.ts";
import type { Observer } from "../observe/observer.ts";

/**
 * The target of a board of the host's own kind: a triple with another C library, or the triple in front of a toolchain's names (`x86_64-poky-linux-gcc`),
 * which must be a driver outside of /usr where there is no sysroot, or the host's own where a plain tool was given a sysroot.
 * Null when neither is there.
 */
export function ownKind(
  observer: Observer,
  sysroots: readonly ByteString[],
  host: string,
): string | null {
  for (const { tool, program, evidence, role } of observer.actors.all) {
    const triple = tool.triple ?? evidence.triple;
    if (triple === null || program === null || triple === host) continue;
    const isHosts = machineOfTriple(triple) === machineOfTriple(host);
    if (isHosts && role === "compiler" && hasOtherLibc(triple, host)) return triple;
    if (HOST_VENDOR.test(triple)) continue;
    // A native build's clang may make boot code or enclaves by --target, and distributions call theirs what they like.
    const isToolchain = tool.driver && tool.triple !== null && !isSystems(program);
    if (sysroots.length === 0 && !isToolchain) continue;
    if (isHosts) return triple;
  }
  const below = mostVoted(triplesBelow(observer, sysroots));
  if (below !== null && hasOtherLibc(below, host)) return below;
  const given = observer.actors.all.some(
    ({ evidence }) => evidence.sysroot !== null && sysroots.includes(evidence.sysroot),
  );
  return given ? host : null;
}

/** Vendors by which distributions call their own compilers. */
const HOST_VENDOR =
  /^[^-]+-(?:linux|pc-linux|unknown-linux|redhat-linux|suse-linux|alpine-linux)(?:-|$)/;

/** Kernels of all machines run BPF: it tells of no target, and native builds make it too. */
const ANY_MACHINE = /^bpf/;

/** The triple that most compilers, linkers and rustcs worked for, other than the host's; lesser processors come last. */
export function targetOf(
  observer: Observer,
  hostMachine: Machine,
  sysroots: readonly ByteString[],
  buildDirs: readonly ByteString[],
): string | null {
  const votes = new Map<string, number>();
  const nameless = new Map<Machine, number>();
  const lesser = new Map<string, number>();
  for (const actor of observer.actors.all) {
    const { triple, machine } = actor.evidence;
    if (machine === null || machine === hostMachine) continue;
    if (triple !== null && ANY_MACHINE.test(triple)) continue;
    if (sysroots.length === 0 && isLesserHalf(actor, hostMachine)) continue;
    const weight = actor.role === "compiler" || actor.role === "linker" ? 2 : 1;
    if (machine === "other") add(lesser, triple ?? `${machine}-linux-gnu`, weight);
    else if (triple === null) add(nameless, machine, weight);
    else add(votes, triple, weight);
  }
  for (const [machine, weight] of nameless) {
    const name = namedIn(votes, machine) ?? namedIn(triplesBelow(observer, sysroots), machine);
    add(votes, name ?? `${machine}-linux-gnu`, weight);
  }
  return (
    mostVoted(votes) ??
    [...sysroots, ...buildDirs]
      .map((path) => targetInPath(path, hostMachine))
      .find((triple) => triple !== null) ??
    foreignBelow(observer, sysroots, hostMachine) ??
    mostVoted(lesser)
  );
}

function add<T>(ballot: Map<T, number>, name: T, weight: number): void {
  ballot.set(name, (ballot.get(name) ?? 0) + weight);
}

/** The name that was voted for most of those of a machine, for whom a linker's emulation tells no more than that. */
function namedIn(votes: ReadonlyMap<string, number>, machine: Machine): string | null {
  const named = new Map([...votes].filter(([triple]) => machineOfTriple(triple) === machine));
  return mostVoted(named);
}

/** What most files of one machine below the sysroots are for; null where that is the host's. */
function foreignBelow(
  observer: Observer,
  sysroots: readonly ByteString[],
  host: Machine,
): string | null {
  const best = mostVoted(triplesBelow(observer, sysroots));
  return best === null || machineOfTriple(best) === host ? null : best;
}

/**
 * The triples that folders are called after in which a sysroot, or zig, has one machine's own files, with the number of
 * those that were there: clang itself opens nothing that would tell.
 */
function triplesBelow(
  { paths, classes }: Observer,
  sysroots: readonly ByteString[],
): ReadonlyMap<string, number> {
  const triples = new Map<string, number>();
  for (let id = 1; id < paths.size; id++) {
    const path = paths.text(id);
    const zigs = ZIGS.exec(path);
    const triple = (zigs ?? MULTIARCH.exec(path))?.[1];
    if (triple === undefined || !isTriple(triple) || classes.seen(id) !== true) continue;
    if (zigs !== null || sysroots.some((root) => isWithin(path, root)))
      add(triples, unversioned(triple), 1);
  }
  return triples;
}

const MULTIARCH = /\/(?:lib(?:64)?|include)\/([^/]+-linux-[^/]+)\//;
/** Headers of one machine and one C library, and not those of any (`aarch64-linux-any`). */
const ZIGS = /\/libc\/include\/([^/]+-linux-(?!any\/)[^/]+)\//;

/**
 * The host's own gcc or ld with -m32: kernels, boot loaders and libraries for two word sizes do it on the way to the
 * host's own machine. Whoever builds for a board of that kind has a sysroot, a prefix or a --target.
 */
function isLesserHalf({ tool, program, evidence, role }: Actor, host: Machine): boolean {
  if (host !== "x86_64" || evidence.machine !== "i386" || !MAKES_CODE.has(role)) return false;
  const called = tool.triple ?? (program === null ? null : tripleOfPath(program));
  if (called !== null) return machineOfTriple(called) === host;
  return !(tool.driver && evidence.triple !== null);
}

const MAKES_CODE: ReadonlySet<Role> = new Set(["compiler", "preprocessor", "assembler", "linker"]);

function mostVoted(votes: ReadonlyMap<string, number>): string | null {
  const best = [...votes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0];
  return best === undefined ? null : best[0];
}

/** What Yocto calls the work and sysroot folders of its own tools by: two words, or three with the SDK's vendor. */
const HOST_WORK = /^[^-]+(?:-\w*sdk)?-linux$/;

/** `/…/sysroots/aarch64-poky-linux`, `/…/work/cortexa53-poky-linux/…`, `/…/host/arm-buildroot-linux-gnueabihf/sysroot`. */
function targetInPath(path: ByteString, host: Machine): string | null {
  for (const word of path.split("/").reverse()) {
    const machine = /-linux(?:-|$)/.test(word) ? machineOfTriple(word) : null;
    if (machine === null || (machine === host && HOST_WORK.test(word))) continue;
    // Yocto calls a folder by the tuning, which no compiler takes for a processor.
    return /^(?:cortex|armv8|neoverse|ppce|[^-]+-(?:32|64)-)/.test(word)
      ? word.replace(/^.+?(?=-\w+-linux|-linux)/, machine)
      : word;
  }
  return null;
}
