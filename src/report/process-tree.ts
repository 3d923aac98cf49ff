import { baseName } from "../model/path.ts";
import type { Finding } from "../model/report.ts";

/** Programs of a chain that always come together, what they opened, and who they started. */
export interface ProcessNode {
  /** Base names from parent to child; more than one where nothing branches between them. */
  readonly programs: readonly string[];
  /** Arguments of the last program, where it is a culprit. */
  readonly argv: readonly string[];
  readonly findings: readonly Finding[];
  readonly children: readonly ProcessNode[];
}

interface Branch {
  argv: readonly string[];
  readonly findings: Finding[];
  readonly children: Map<string, Branch>;
}

/**
 * The chains of many findings as few trees: processes of one name under parents of one name are one node.
 * A run of single children is one node too, unless `alone` wants a program to have its own.
 */
export function processTree(
  findings: readonly Finding[],
  alone: (program: string) => boolean = () => false,
): readonly ProcessNode[] {
  const root = newBranch();
  for (const finding of findings) {
    const { chain, argv, program } = finding.process;
    let branch = root;
    for (const name of chain.length > 0 ? bounded(chain) : [programName(program)]) {
      let next = branch.children.get(name);
      if (next === undefined) {
        next = newBranch();
        branch.children.set(name, next);
      }
      branch = next;
    }
    if (branch.findings.length === 0) branch.argv = argv;
    branch.findings.push(finding);
  }
  return nodesOf(root, alone);
}

/** What a program is called in reports. */
export function programName(program: string): string {
  return baseName(program) || "unknown";
}

/** A chain that fits on a screen: who began, and who was nearest. */
function bounded(chain: readonly string[]): readonly string[] {
  if (chain.length <= LONGEST_CHAIN) return chain;
  return [...chain.slice(0, 3), "…", ...chain.slice(4 - LONGEST_CHAIN)];
}

const LONGEST_CHAIN = 16;

function newBranch(): Branch {
  return { argv: [], findings: [], children: new Map() };
}

function nodesOf(parent: Branch, alone: (program: string) => boolean): readonly ProcessNode[] {
  return [...parent.children].map(([name, first]) => {
    const programs = [name];
    let branch = first;
    while (branch.findings.length === 0 && branch.children.size === 1) {
      const [only] = branch.children;
      if (only === undefined || only[1].findings.length > 0) break;
      if (alone(only[0]) || alone(programs.at(-1) ?? "")) break;
      programs.push(only[0]);
      branch = only[1];
    }
    const { argv, findings } = branch;
    return { programs, argv, findings, children: nodesOf(branch, alone) };
  });
}
