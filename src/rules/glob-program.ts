import type { ByteString } from "../model/byte-string.ts";
import type { GlobNode } from "./glob-syntax.ts";

/**
 * A glob as the program of a small machine that is in all its possible states at once, so that matching takes time in
 * proportion to the text, whatever the glob (Thompson's method; backtracking takes exponential time for `*a*a*a*b`).
 */
export type GlobProgram = readonly Step[];

type Step =
  | { readonly op: "class"; readonly members: Uint8Array }
  | { readonly op: "fork"; readonly to: number; readonly or: number }
  | { readonly op: "done" };

/** The program of a glob or of a part of one. */
export function assemble(nodes: readonly GlobNode[]): GlobProgram {
  const steps: Step[] = [];
  addSequence(steps, nodes);
  steps.push({ op: "done" });
  return steps;
}

/** True when the program accepts all bytes of `text` from `start` to before `end`. */
export function runs(program: GlobProgram, text: ByteString, start: number, end: number): boolean {
  let states = new Set<number>();
  let next = new Set<number>();
  follow(program, 0, states);
  for (let at = start; at < end && states.size > 0; at++) {
    const code = text.charCodeAt(at);
    for (const state of states) {
      const step = program[state];
      if (step?.op === "class" && step.members[code] === 1) follow(program, state + 1, next);
    }
    [states, next] = [next, states];
    next.clear();
  }
  return states.has(program.length - 1);
}

/** Adds a state, and those that it leads to without reading a byte. */
function follow(program: GlobProgram, state: number, states: Set<number>): void {
  const waiting = [state];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (states.has(at)) continue;
    states.add(at);
    const step = program[at];
    if (step?.op === "fork") waiting.push(step.to, step.or);
  }
}

function addSequence(steps: Step[], nodes: readonly GlobNode[]): void {
  for (const node of nodes) addNode(steps, node);
}

function addNode(steps: Step[], node: GlobNode): void {
  switch (node.kind) {
    case "byte":
      steps.push({ op: "class", members: only(node.code) });
      break;
    case "one":
      steps.push({ op: "class", members: NO_SLASH });
      break;
    case "class":
      steps.push({ op: "class", members: node.members });
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
  steps.push({ op: "class", members });
  steps.push({ op: "fork", to: start, or: start });
}

function addChoice(steps: Step[], branches: readonly (readonly GlobNode[])[]): void {
  const jumps: number[] = [];
  branches.forEach((branch, index) => {
    const start = steps.length;
    const last = index === branches.length - 1;
    if (!last) steps.push({ op: "done" });
    addSequence(steps, branch);
    if (last) return;
    jumps.push(steps.length);
    steps.push({ op: "done" });
    steps[start] = { op: "fork", to: start + 1, or: steps.length };
  });
  for (const jump of jumps) steps[jump] = { op: "fork", to: steps.length, or: steps.length };
}

const SLASH = 0x2f;
const ANYTHING = new Uint8Array(256).fill(1);
const NO_SLASH = new Uint8Array(256).fill(1);
NO_SLASH[SLASH] = 0;

function only(code: number): Uint8Array {
  const members = new Uint8Array(256);
  members[code] = 1;
  return members;
}
