import { HostbleedError } from "../../model/errors.ts";
import { REPORTER_NAMES, type ReporterName } from "../../report/index.ts";
import { nearest, suggestion } from "../suggestion.ts";
import { type Layer, SETTING_NAMES, SETTINGS } from "./settings.ts";

/**
 * Settings from the command line, checked.
 * @throws {HostbleedError} `usage`, for a word that the option does not know, with the one that was meant
 */
export function flagLayer(flags: { readonly [Name in keyof Layer]: unknown }): Layer {
  for (const name of SETTING_NAMES) {
    const setting = SETTINGS[name];
    const value = flags[name];
    if (value === "" || (Array.isArray(value) && value.includes("")))
      throw new HostbleedError("usage", `--${name}: expected a word, not an empty one`);
    if (setting.kind !== "choice" || typeof value !== "string") continue;
    if (name === "format") requireReporter(value);
    else if (!setting.choices.some((choice) => choice === value))
      throw new HostbleedError(
        "usage",
        `--${name} ${value}: expected one of ${setting.choices.join(", ")}${suggestion(value, setting.choices)}`,
      );
  }
  return flags as Layer;
}

/**
 * `where` is what the user wrote it as: `--format` or `--report sarf=FILE`.
 * @throws {HostbleedError} `usage`, unless there is a reporter of this name
 */
export function requireReporter(name: string, where: string = `--format ${name}`): ReporterName {
  const known = REPORTER_NAMES.find((each) => each === name);
  if (known !== undefined) return known;
  throw new HostbleedError(
    "usage",
    `${where}: unknown format ${name}${suggestion(name, REPORTER_NAMES)}`,
    `the formats are ${REPORTER_NAMES.join(", ")}`,
  );
}

/** One `--report NAME=FILE`. */
export interface ReportFile {
  readonly name: ReporterName;
  readonly file: string;
}

/**
 * `option` is where the text stood: `--report` or `HOSTBLEED_REPORT`.
 * @throws {HostbleedError} `usage`, for a text without `=`, with an unknown name, or for stdout
 */
export function parseReportFile(text: string, option: string = "--report"): ReportFile {
  const at = text.indexOf("=");
  if (at < 1 || at === text.length - 1) {
    const meant = nearest(text, REPORTER_NAMES) ?? "sarif";
    throw new HostbleedError(
      "usage",
      `${option} ${text}: expected NAME=FILE`,
      `as in --report ${meant}=hostbleed.${meant}`,
    );
  }
  const name = requireReporter(text.slice(0, at), `${option} ${text}`);
  const file = text.slice(at + 1);
  if (file === "-")
    throw new HostbleedError(
      "usage",
      `${option} ${text}: a report is written to a file`,
      `for stdout: --format ${name}; for a file of that name: --report ${name}=./-`,
    );
  return { name, file };
}
