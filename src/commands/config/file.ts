import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { Overrides } from "../../findings/overrides.ts";
import type { Layer, SettingName } from "./settings.ts";

/** A configuration file, read. */
export interface ConfigFile {
  readonly file: string;
  readonly layer: Layer;
  readonly overrides: Overrides;
}

const NAMES = ["hostbleed.yaml", "hostbleed.yml"];

/** The configuration of a folder: in it or, going upwards, in the first folder that has one; else null. */
export function findConfig(folder: string): string | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = NAMES.map((name) => join(at, name)).find((file) => existsSync(file));
    if (found !== undefined) return found;
    if (at === dirname(at)) return null;
  }
}

/**
 * Reads a configuration. Its paths are seen from its own folder.
 * @throws {HostbleedError} `config`, with file, line and column of each problem
 */
export async function readConfig(file: string, cwd: string): Promise<ConfigFile> {
  // Loaded here, not above: zod and yaml cost more than judging a small trace, and most runs have no file.
  const [{ configSchema }, { parseYamlText, readTextFile }] = await Promise.all([
    import("./schema.ts"),
    import("./yaml-file.ts"),
  ]);
  const text = readTextFile(file, "config");
  const shown = relative(cwd, file).startsWith("..") ? file : relative(cwd, file) || file;
  const parsed = parseYamlText(text, { file: shown, schema: configSchema, code: "config" });
  const { severity = {}, report = {}, ...rest } = parsed;
  const folder = dirname(file);
  const layer: Record<string, unknown> = { ...rest };
  for (const name of LISTS) if (layer[name] !== undefined) layer[name] = [layer[name]].flat();
  for (const name of PATHS) layer[name] = placed(layer[name], (path) => resolve(folder, path));
  layer.rules = placed(layer.rules, (path) =>
    PACK_NAME.test(path) ? path : resolve(folder, path),
  );
  if (parsed.report !== undefined)
    layer.report = Object.entries(report).map(
      ([name, path]) => `${name}=${resolve(folder, path ?? "")}`,
    );
  return { file, layer, overrides: new Map(Object.entries(severity)) };
}

const ZONES: readonly SettingName[] = ["sysroot", "native-sysroot", "toolchain", "build-dir"];
const LISTS: readonly SettingName[] = [...ZONES, "rules"];
const PATHS: readonly SettingName[] = [...ZONES, "baseline"];
const PACK_NAME = /^[a-z][a-z0-9-]*$/;

function placed(value: unknown, place: (path: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => placed(each, place));
  return typeof value === "string" ? place(value) : value;
}
