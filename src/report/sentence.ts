import type { Use, Zone } from "../model/facts.ts";
import type { Finding } from "../model/report.ts";
import { printable } from "./printable.ts";
import { programName } from "./process-tree.ts";

/** One finding in one line: who used which host file, for what, and which file it should have been. */
export function sentence(finding: Finding): string {
  const { path, expected, use, zone, rejected } = finding;
  const verb = rejected ? "opened, and did not use," : USE_WORDS[use];
  const instead =
    expected === null
      ? ""
      : `; expected ${printable(expected.path)}${expected.known && !expected.exists ? ", which is missing" : ""}`;
  return `${printable(whoOf(finding))} ${verb} ${printable(path)}${ZONE_WORDS[zone]}${instead}`;
}

/** The culprit: who started a program, where that program is the finding itself. */
function whoOf({ path, process }: Finding): string {
  const name = programName(process.program);
  return (name === programName(path) ? process.chain.at(-2) : undefined) ?? name;
}

/** What a path's zone says of it, behind the path. */
export const ZONE_WORDS: Readonly<Record<Zone, string>> = {
  host: " of the build host",
  "native-sysroot": " of the native sysroot",
  home: " of a home folder",
  temporary: " of a temporary folder",
  build: ", which was built for the host",
  source: "",
  sysroot: "",
  toolchain: "",
  kernel: "",
};

const USE_WORDS: Readonly<Record<Use, string>> = {
  load: "loaded",
  compile: "compiled with",
  link: "linked with",
  configure: "took a target's answer from",
  execute: "ran",
  copy: "copied",
  read: "read",
  probe: "looked at",
};
