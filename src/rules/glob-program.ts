import type { GlobNode } from "./glob-syntax.ts";

/** Globs as steps of a small machine (Thompson's construction): what is read, and where the way forks. */
export type GlobProgram = readonly Step[];

export type Step =
  | { readonly op: "read"; readonly members: Uint8Array }
  | { readonly op: "fork"; readonly to: number; readonly or: number }
  | { readonly op: "done" };

/** The program that accepts what at least one of the globs does. */
export function assemble(globs: readonly (readonly GlobNode[])[]): GlobProgram {
  const steps: Step[] = [];
  addChoice(steps, globs);
  steps.push({ op: "done" });
  return steps;
}

function addSequence(steps: Step[], nodes: readonly GlobNode[]): void {
  for (const node of nodes) addNode(steps, node);
}

function addNode(steps: Step[], node: GlobNode): void {
  switch (node.kind) {
    case "byte":
      steps.push({ op: "read", members: only(node.code) });
      break;
    case "one":
      steps.push({ op: "read", members: NO_SLASH });
      break;
    case "class":
      steps.push({ op: "read", members: node.members });
      break;
    case "star":
      addRepeat(steps, NO_SLASH);
      break;
    case "deep":
      addRepeat(steps, ANYTHING);
      break;
    case "folders":
      addChoice(steps, [[], [{ kind: "deep" }, { kind: "byte", code: SLASH }]]);
      break;
    case "choice":
      addChoice(steps, node.branches);
  }
}

function addRepeat(steps: Step[], members: Uint8Array): void {
  const start = steps.length;
  steps.push({ op: "fork", to: start + 1, or: start + 3 });
  steps.push({ op: "read", members });
  steps.push({ op: "fork", to: start, or: start });
}

function addChoice(steps: Step[], branches: readonly (readonly GlobNode[])[]): void {
  const jumps: number[] = [];
  branches.forEach((branch, index) => {
    const start = steps.length;
    const last = index === branches.length - 1;
    if (!last) steps.push(UNKNOWN);
    addSequence(steps, branch);
    if (last) return;
    jumps.push(steps.length);
    steps.push(UNKNOWN);
    steps[start] = { op: "fork", to: start + 1, or: steps.length };
  });
  for (const jump of jumps) steps[jump] = { op: "fork", to: steps.length, or: steps.length };
}

/** Stands where a fork will be, until it is known where it leads. */
const UNKNOWN: Step = { op: "done" };

const SLASH = 0x2f;
const ANYTHING = new Uint8Array(256).fill(1);
const NO_SLASH = new Uint8Array(256).fill(1);
NO_SLASH[SLASH] = 0;

const SINGLE: readonly Uint8Array[] = Array.from({ length: 256 }, (_, code) => {
  const members = new Uint8Array(256);
  members[code] = 1;
  return members;
});

function only(code: number): Uint8Array {
  return SINGLE[code] ?? ANYTHING;
}
