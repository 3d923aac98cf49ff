import { baseName } from "../../model/path.ts";
import type { Cause, Finding } from "../../model/report.ts";
import { shown } from "../quoted.ts";
import type { Remedy } from "../remedy.ts";

/** Confines build systems to the sysroot, and gives compilers the sysroot that they ran without. */
export function missingFlagRemedies(
  { flags, variables }: Cause,
  findings: readonly Finding[],
): readonly Remedy[] {
  const names = flags.map(({ flag }) => flag);
  // A compiler that cmake calls gets its --sysroot from cmake.
  const byCmake = names.some((flag) => flag.startsWith("--sysroot")) && findings.some(isOfCmake);
  const remedies: Remedy[] = [];
  if (byCmake || names.some((flag) => flag.startsWith("CMAKE_")))
    remedies.push({ act: "confine", tool: "cmake" });
  if (names.includes("sys_root")) remedies.push({ act: "confine", tool: "meson" });
  const clang = variables.find(({ name }) => name.startsWith("BINDGEN_"));
  if (clang !== undefined) {
    const words = names.filter((flag) => /^--(?:sysroot|target)(?:=|$)/.test(flag));
    const perTarget = /^build[-_]script/.test(baseName(clang.at?.program ?? ""));
    return [...remedies, { act: "libclang", words, perTarget }];
  }
  if (byCmake) return remedies;
  const isForBpf = findings.some(isOfBpf);
  const lacking = flags.filter(({ flag }) => flag.startsWith("--sysroot"));
  return [
    ...remedies,
    ...lacking.map(({ flag, at }) =>
      isForBpf ? forBpf(flag, at?.program) : forDriver(at?.program),
    ),
  ];
}

/** The clang that makes BPF objects is seldom what CC names. */
function forBpf(flag: string, program = "clang"): Remedy {
  return { act: "edit", what: `Add ${shown(flag)} where ${shown(program)} is called for BPF` };
}

/** What people call as compiler; nobody's name for what only a driver calls. */
function forDriver(program = ""): Remedy {
  const name = baseName(program);
  return { act: "sysroot", driver: /^(?:cc1|collect2)/.test(name) ? "" : name };
}

function isOfBpf({ process }: Finding): boolean {
  return process.argv.some((word) => /^(?:-?-target=)?bpf/.test(word));
}

function isOfCmake({ process }: Finding): boolean {
  return process.chain.some((name) => /^cmake3?$/.test(name));
}
