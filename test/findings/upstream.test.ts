import { expect, test } from "vitest";
import type { Diagnosis } from "../../src/findings/causes/diagnosis.ts";
import type { Origin } from "../../src/findings/causes/origins.ts";
import type { PathFlag } from "../../src/findings/causes/path-flags.ts";
import { upstreamOf } from "../../src/findings/causes/upstream.ts";
import type { Leak } from "../../src/model/leak.ts";
import type { Tracee } from "../../src/model/tracee.ts";

const flag: PathFlag = { family: "library", text: "/usr/lib/libexpat.so", folder: "/usr/lib" };
const leak = { sightings: [{ proofs: [{ source: "a", line: 90 }] }] } as unknown as Leak;

function tracee(line: number, parent: Tracee | null): Tracee {
  return { line, parent } as unknown as Tracee;
}

function origin(title: string, by: Tracee, finds: boolean): Origin {
  return {
    tracee: by,
    source: "a",
    diagnosis: { title } as unknown as Diagnosis,
    couldAnswer: () => true,
    found: () => finds,
  };
}

const shell = tracee(1, null);
const make = tracee(50, shell);
const holder = tracee(80, make);
const cmake = tracee(10, shell);
const hint = origin("pkg-config gave a hint", tracee(20, cmake), false);
const near = origin("a script of make's answered", tracee(60, make), false);
const find = origin("cmake found the file", cmake, true);

test.each([
  ["the nearest of those that could answer", [hint, near], near],
  ["of two alike the first", [hint, origin("another", tracee(30, cmake), false)], hint],
  ["who found the very file, however near the others", [hint, near, find], find],
  ["who found it, in whatever order", [find, near, hint], find],
])("a flag comes from %s", (_, origins, expected) => {
  expect(upstreamOf({ flag, holder }, leak, origins)).toBe(expected);
});
