import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Overrides } from "../../findings/overrides.ts";
import { HostbleedError } from "../../model/errors.ts";
import { isWithin } from "../../model/path.ts";
import { REPORTER_NAMES } from "../../report/index.ts";
import { type Layer, SETTING_NAMES, type SettingName } from "./settings.ts";

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
 * Reads a configuration. Its paths are seen from its own folder. One that was found, and not named, comes with
 * whatever was checked out: it may not make hostbleed read or write files elsewhere.
 * @throws {HostbleedError} `config`, with file, line and column of each problem
 */
export async function readConfig(
  file: string,
  cwd: string,
  trust: "named" | "found",
): Promise<ConfigFile> {
  // Loaded here, not above: zod and yaml cost more than judging a small trace, and most runs have no file.
  const [{ configSchema }, { parseYamlText, readTextFile }] = await Promise.all([
    import("./schema.ts"),
    import("./yaml-file.ts"),
  ]);
  if (trust === "found") requireRegular(file);
  const text = readTextFile(file, "config");
  const shown = relative(cwd, file).startsWith("..") ? file : relative(cwd, file) || file;
  const parsed = parseYamlText(text, {
    file: shown,
    schema: configSchema,
    code: "config",
    keysAt: (path) => (path === "" ? KEYS : path === "report" ? REPORTER_NAMES : []),
  });
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
  if (trust === "found") requireInside(layer, folder, shown);
  return { file, layer, overrides: new Map(Object.entries(severity)) };
}

/** What was only found is not waited for: a pipe of that name would be. */
function requireRegular(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile() && !found.isDirectory())
    throw new HostbleedError(
      "config",
      `${file}: no regular file`,
      `name it to read it: --config ${file}`,
    );
}

/** Zones are only compared with the paths of a trace, and may lie anywhere. */
function requireInside(
  { report, rules, baseline }: { readonly [name: string]: unknown },
  folder: string,
  shown: string,
): void {
  const reports = texts(report).map((text) => text.slice(text.indexOf("=") + 1));
  const packs = texts(rules).filter((path) => !PACK_NAME.test(path));
  for (const path of [...reports, ...packs, ...texts(baseline)]) {
    if (isWithin(realPlace(path), realpathSync(folder))) continue;
    throw new HostbleedError(
      "config",
      `${shown}: ${path} lies outside of the configuration's folder`,
      `name the configuration, if you trust it: --config ${shown}`,
    );
  }
}

/** Where a path leads, symlinks followed as far as there is anything. */
function realPlace(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPlace(parent), basename(path));
  }
}

function texts(value: unknown): readonly string[] {
  return [value].flat().filter((each) => typeof each === "string");
}

const KEYS: readonly string[] = [...SETTING_NAMES, "severity"];
const ZONES: readonly SettingName[] = ["sysroot", "native-sysroot", "toolchain", "build-dir"];
const LISTS: readonly SettingName[] = [...ZONES, "rules"];
const PATHS: readonly SettingName[] = [...ZONES, "baseline"];
const PACK_NAME = /^[a-z][a-z0-9-]*$/;

function placed(value: unknown, place: (path: string) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => placed(each, place));
  return typeof value === "string" ? place(value) : value;
}
