import { relative } from "node:path";
import { stringify } from "yaml";
import { isPrintable } from "../../model/printable.ts";
import { jsonText, printable } from "../../report/printable.ts";
import type { Clue } from "../init/clue.ts";
import { SETTING_NAMES, SETTINGS, type SettingName } from "./settings.ts";

/** What is shown for a setting that nothing is known of. */
const SAMPLES: Readonly<Record<SettingName, string>> = {
  target: "aarch64-poky-linux",
  host: "x86_64-linux-gnu",
  sysroot: "[/path/to/sysroot]",
  "native-sysroot": "[/path/to/native-sysroot]",
  toolchain: "[/opt/cross]",
  "build-dir": "[build]",
  rules: "[./our-rules.yaml]",
  "default-rules": "true",
  format: "text",
  report: "{ sarif: hostbleed.sarif, junit: hostbleed.xml }",
  "fail-on": "error",
  baseline: "hostbleed-baseline.yaml",
  show: "suppressed",
  redact: "false",
  strict: "false",
  color: "auto",
  quiet: "false",
  verbose: "false",
  progress: "true",
};

/** A commented `hostbleed.yaml` for a folder: what was found is set, everything else stands as a comment. */
export function configText(clues: readonly Clue[], folder: string): string {
  const parts = SETTING_NAMES.map((name) => {
    const own = distinct(clues.filter((clue) => clue.setting === name));
    const [first, ...others] = own;
    const about = `# ${SETTINGS[name].about.replace(/^./, (letter) => letter.toUpperCase())}`;
    if (first === undefined) return `${about}.\n# ${name}: ${SAMPLES[name]}\n`;
    const alternatives = others.map(
      (clue) => `# or, from ${printable(clue.from)}: ${scalar(clue.value, folder)}\n`,
    );
    return `${about} (from ${printable(first.from)}).\n${name}: ${scalar(first.value, folder)}\n${alternatives.join("")}`;
  });
  return `${HEADER}\n${parts.join("\n")}\n${FOOTER}`;
}

const HEADER = `# What hostbleed needs to know of this project. Every setting is an option of hostbleed check as well, and
# a variable: fail-on is --fail-on and HOSTBLEED_FAIL_ON. Options go first, then variables, then this file.
# Paths are seen from this folder.
`;

const FOOTER = `# Rules that this project judges otherwise, each with its reason: error, warning, note or off.
# severity:
#   reproducibility/host-name: { level: off, reason: our version string names the builder on purpose }
`;

function distinct(clues: readonly Clue[]): readonly Clue[] {
  const seen = new Set<string>();
  return clues.filter(({ value }) => !seen.has(value) && seen.add(value));
}

function scalar(value: string, folder: string): string {
  const inside = value.startsWith("/") ? relative(folder, value) : null;
  const path = inside === null || inside.startsWith("..") ? value : inside || ".";
  // YAML reads JSON, whose escapes keep a name from the terminal that the file is shown on.
  return isPrintable(path) ? stringify(path, { lineWidth: 0 }).trimEnd() : jsonText(path);
}
