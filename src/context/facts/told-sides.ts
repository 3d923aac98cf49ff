import type { Actor } from "../../model/actor.ts";
import type { Side } from "../../model/facts.ts";
import type { Layout, Zones } from "../layout/zones.ts";
import { hasOtherLibc } from "../names/machines.ts";

/** What the default -s 32 leaves of `--sysroot=`'s value. */
const MOST_CUT = 20;

/** What the machine or triple says that it makes code for; `root` is the side of the build itself. */
export function sideByMachine(layout: Layout, root: Side, actor: Actor): Side | null {
  const { machine, triple } = actor.evidence;
  const { hostMachine, targetMachine, host, target } = layout;
  // A BPF program is for the kernel of whatever its build is for.
  if (machine === null || triple?.startsWith("bpf") === true) return null;
  // Fedora's pkg-config becomes x86_64-redhat-linux-gnu-pkg-config, whoever asks.
  if (actor.role === "pkg-config" && isUnprefixed(actor)) return null;
  // A third machine's compiler (a co-processor's firmware) has a world of its own, which no one described.
  if (targetMachine !== null && machine !== targetMachine && machine !== hostMachine)
    return "unknown";
  if (targetMachine !== hostMachine) return machine === hostMachine ? "host" : root;
  if (machine !== hostMachine) return "unknown";
  if (triple !== null && triple === target && triple !== host && actor.tool.triple !== null)
    return "target";
  if (triple === null || !hasOtherLibc(triple, host)) return null;
  return target !== null && !hasOtherLibc(triple, target) ? "target" : "unknown";
}

/** What its `--sysroot` says. */
export function sideBySysroot(zones: Zones, actor: Actor): Side | null {
  const { sysroot } = actor.evidence;
  if (sysroot === null || sysroot === "/") return null;
  const zone = zones.zoneOf(sysroot);
  if (zone === "sysroot") return "target";
  // Short -s cuts the argument: what is left must be the beginning of a sysroot.
  const cut = actor.first.argvTruncated && sysroot.length >= MOST_CUT;
  if (cut && zones.layout.sysroots.some((root) => root.startsWith(sysroot))) return "target";
  return zone === "native-sysroot" ? "host" : null;
}

/** True for a pkg-config that was called by its plain name, and took the host's by itself. */
function isUnprefixed(actor: Actor): boolean {
  const { parent } = actor;
  return (
    parent?.role === "pkg-config" && parent.tool.triple === null && isSameProcess(actor, parent)
  );
}

/** True for what a program became by its own exec: a wrapper and the compiler behind it. */
export function isSameProcess(child: Actor, { first }: Actor): boolean {
  return child.first.pid !== null && child.first.pid === first.pid;
}
