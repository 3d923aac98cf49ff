import { HostbleedError } from "../../model/errors.ts";
import { nearest } from "../suggestion.ts";
import { type Layer, SETTING_NAMES, SETTINGS, type SettingName } from "./settings.ts";

/** Variables that are no settings, and are read elsewhere. */
const OTHER_VARIABLES = ["HOSTBLEED_CONFIG", "HOSTBLEED_DEBUG"];

const PREFIX = "HOSTBLEED_";

/** `HOSTBLEED_FAIL_ON` for `fail-on`. */
function variableName(name: SettingName): string {
  return `${PREFIX}${name.replaceAll("-", "_").toUpperCase()}`;
}

/**
 * Settings from HOSTBLEED_* variables. Lists are separated by `:`, as in PATH; an empty variable is none.
 * @throws {HostbleedError} `config`, for a value that the setting does not know
 */
export function environmentLayer(env: NodeJS.ProcessEnv): Layer {
  const layer: Record<string, unknown> = {};
  for (const name of SETTING_NAMES) {
    const text = env[variableName(name)];
    if (text !== undefined && text !== "") layer[name] = parsedValue(name, text);
  }
  return layer;
}

/** A line for each HOSTBLEED_* variable that nothing reads. */
export function strayVariables(env: NodeJS.ProcessEnv): readonly string[] {
  const known = new Set([...SETTING_NAMES.map(variableName), ...OTHER_VARIABLES]);
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !known.has(name))
    .sort()
    .map((name) => {
      // The prefix, which all of them have, would make any two of them near.
      const meant = nearest(withoutPrefix(name), [...known].map(withoutPrefix));
      return `${name} is no setting${meant === null ? "" : `; did you mean ${PREFIX}${meant}?`}`;
    });
}

function withoutPrefix(name: string): string {
  return name.slice(PREFIX.length);
}

function parsedValue(name: SettingName, text: string): unknown {
  const setting = SETTINGS[name];
  if (setting.kind === "list") return text.split(":").filter((part) => part !== "");
  if (setting.kind === "switch") return switchOf(name, text);
  if (setting.kind === "choice" && !setting.choices.some((choice) => choice === text))
    throw wrong(name, text, setting.choices);
  return text;
}

function switchOf(name: SettingName, text: string): boolean {
  const word = text.toLowerCase();
  if (["1", "true", "yes", "on"].includes(word)) return true;
  if (["0", "false", "no", "off"].includes(word)) return false;
  throw wrong(name, text, ["1", "0", "true", "false", "yes", "no"]);
}

function wrong(name: SettingName, text: string, choices: readonly string[]): HostbleedError {
  return new HostbleedError(
    "config",
    `${variableName(name)}: expected one of ${choices.join(", ")}, not ${text}`,
    "correct or unset the variable",
  );
}
