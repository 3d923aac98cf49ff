import { REPORTER_NAMES } from "../../report/index.ts";

/** What a setting's value is: a text, a text of a fixed list, many texts, or yes and no. */
export type Setting = { readonly about: string } & (
  | { readonly kind: "text" | "list" | "switch" }
  | { readonly kind: "choice"; readonly choices: readonly string[] }
);

/**
 * Every setting, by its name in `hostbleed.yaml`. The flag is the name with `--` before it, the environment
 * variable the same in capitals: `fail-on`, `--fail-on`, `HOSTBLEED_FAIL_ON`.
 */
export const SETTINGS = {
  target: { kind: "text", about: "machine that the product runs on, as a triple" },
  host: { kind: "text", about: "machine that builds, as a triple" },
  sysroot: { kind: "list", about: "folders with the target's headers and libraries" },
  "native-sysroot": { kind: "list", about: "folders with the build's own tools" },
  toolchain: { kind: "list", about: "folders of the cross compiler" },
  "build-dir": { kind: "list", about: "folders that the build writes to" },
  rules: { kind: "list", about: "more rule packs: names, files, folders" },
  "default-rules": { kind: "switch", about: "whether the built-in packs are used" },
  format: { kind: "choice", choices: REPORTER_NAMES, about: "what stdout gets" },
  report: { kind: "list", about: "reports to write to files, as NAME=FILE" },
  "fail-on": {
    kind: "choice",
    choices: ["error", "warning", "note", "never"],
    about: "the mildest finding that fails the run",
  },
  baseline: { kind: "text", about: "file of known leaks" },
  show: {
    kind: "choice",
    choices: ["allowed", "suppressed"],
    about: "what to list beside the findings",
  },
  redact: {
    kind: "switch",
    about: "whether homes, users and project folders are renamed in reports",
  },
  strict: { kind: "switch", about: "fail when the trace could not decide something" },
  color: { kind: "choice", choices: ["auto", "always", "never"], about: "colours on stdout" },
  quiet: { kind: "switch", about: "no progress and no warnings" },
  verbose: { kind: "switch", about: "unfold long lists" },
  progress: { kind: "switch", about: "show progress on a terminal" },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof SETTINGS;

type ValueOf<S extends Setting> = S extends { readonly choices: readonly (infer Choice)[] }
  ? Choice
  : { text: string; list: readonly string[]; switch: boolean; choice: never }[S["kind"]];

/** Settings from one place: flags, environment or file. */
export type Layer = {
  readonly [Name in SettingName]?: ValueOf<(typeof SETTINGS)[Name]> | undefined;
};

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/** The first layer that sets a thing wins; lists replace each other, they do not add up. */
export function mergeLayers(...layers: readonly Layer[]): Layer {
  const merged: Record<string, unknown> = {};
  for (const name of SETTING_NAMES) {
    const value = layers.find((layer) => layer[name] !== undefined)?.[name];
    if (value !== undefined) merged[name] = value;
  }
  return merged;
}
