import type { ByteString } from "../../model/byte-string.ts";
import type { Tracee } from "../../model/tracee.ts";
import type { Lineage } from "./lineage.ts";

/** How a variable stands with the nearest of a lineage. */
export type Standing =
  | { readonly state: "set"; readonly name: string; readonly value: ByteString }
  | ({ readonly state: "lost"; readonly name: string; readonly value: ByteString } & Gap)
  | { readonly state: "unset" }
  | { readonly state: "unknown" };

/** Two neighbours of a lineage: what the older one had, the younger one was not given. */
export interface Gap {
  readonly before: Tracee;
  readonly after: Tracee;
}

const NOWHERE: Standing = { state: "unset" };
const NOBODY_KNOWS: Standing = { state: "unknown" };

/**
 * Diffs the environments of a lineage for one variable: set with its nearest, or lost at which exec. An empty
 * value is none. `spellings` are the names under which an ancestor may have had it (`NAME_<target>`), when it is
 * up to that ancestor to hand it on as NAME.
 */
export function standingOf(
  lineage: Lineage,
  name: string,
  spellings: readonly string[] = [],
): Standing {
  let nearest: Tracee | null = null;
  for (const tracee of lineage) {
    const variables = tracee.environment?.variables;
    if (variables === null || variables === undefined) continue;
    for (const spelled of nearest === null ? [name] : [name, ...spellings]) {
      const value = variables.get(spelled);
      if (value === undefined || value === "") continue;
      if (nearest === null) return { state: "set", name: spelled, value };
      return { state: "lost", name: spelled, value, before: tracee, after: nearest };
    }
    nearest = tracee;
  }
  return nearest === null ? NOBODY_KNOWS : NOWHERE;
}

/** The first of a lineage, from the root of the build, that has the variable with this very value. */
export function firstWith(lineage: Lineage, name: string, value: ByteString): Tracee {
  return (
    lineage.findLast(({ environment }) => environment?.variables?.get(name) === value) ?? lineage[0]
  );
}

/** bash gives each child a variable `_`, and none to what it becomes by `exec`; the log names a script, not its shell. */
function ownOf(before: Tracee, after: Tracee): number {
  const isExec = before.pid !== null && before.pid === after.pid;
  return isExec && !NO_SHELL.test(before.program ?? "") ? 1 : 0;
}

const NO_SHELL =
  /\/(?:env|sudo|doas|su|nice|ionice|taskset|setsid|nohup|timeout|unshare|chroot|setpriv|runuser|fakeroot|busybox)$/;

/** Where a log that only counts variables shows some to vanish, and how many: the nearest such exec. */
export function shrinkageOf(lineage: Lineage): (Gap & { readonly amount: number }) | null {
  let after: Tracee | null = null;
  let left = 0;
  for (const before of lineage) {
    const count = before.environment?.count ?? null;
    if (count === null) continue;
    const lost = after === null ? 0 : count - left - ownOf(before, after);
    if (after !== null && lost > 0) return { before, after, amount: lost };
    after = before;
    left = count;
  }
  return null;
}
