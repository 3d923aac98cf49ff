import {
  closeSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { basename, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { HostbleedError } from "../model/errors.ts";
import { systemReason } from "../model/system-reason.ts";
import type { RulePack } from "./pack.ts";
import { inOrder } from "./pack-order.ts";
import { PACK_SIZE_LIMIT, parsePack } from "./parse-pack.ts";
import { problemText } from "./problem-text.ts";

/** Folder of the built-in packs. From `src/rules/` and from `dist/rules/` alike it is `../../rules`. */
export const BUILT_IN_FOLDER = fileURLToPath(new URL("../../rules/", import.meta.url));

/**
 * Loads packs: each source is the name of a built-in pack, a YAML file, or a folder of them.
 * @throws {HostbleedError} `rule-pack`, one line for each problem: `file:line:column: path: what was expected`
 */
export function readRulePacks(sources: readonly string[]): readonly RulePack[] {
  const packs = new Map<string, RulePack>();
  for (const { file, builtIn } of sources.flatMap(filesOf)) {
    const pack = readPack(file, builtIn);
    const other = packs.get(pack.name);
    if (other && other.source !== pack.source) {
      throw new HostbleedError(
        "rule-pack",
        `${file}:1:1: pack: expected a name of its own, ${other.source} is "${pack.name}" too`,
      );
    }
    packs.set(pack.name, pack);
  }
  return [...packs.values()];
}

/** Every built-in pack, from its YAML, with examples, in the order in which they are asked. */
export function readBuiltInPacks(): readonly RulePack[] {
  return inOrder(packFiles(BUILT_IN_FOLDER).map((file) => readPack(file, true)));
}

interface PackSource {
  readonly file: string;
  readonly builtIn: boolean;
}

function filesOf(source: string): readonly PackSource[] {
  if (NAME.test(source)) {
    const file = join(BUILT_IN_FOLDER, `${source}.yaml`);
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) return [{ file, builtIn: true }];
  }
  const found = look(source);
  if (!found) {
    const names = packFiles(BUILT_IN_FOLDER).map((file) => basename(file, ".yaml"));
    throw new HostbleedError(
      "rule-pack",
      `${source}: no such file, folder or built-in pack`,
      `the built-in packs are ${names.join(", ")}`,
    );
  }
  const files = found.isDirectory() ? packsInside(source) : [source];
  if (files.length === 0) throw new HostbleedError("rule-pack", `${source}: holds no *.yaml`);
  return files.map((file) => ({ file, builtIn: false }));
}

/** What lies at a path; undefined when nothing does. */
function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw new HostbleedError("rule-pack", `${path}: ${systemReason(error)}`);
  }
}

function packsInside(folder: string): readonly string[] {
  let at = folder;
  try {
    const files = packFiles(folder);
    for (const file of files) {
      at = file;
      requireInside(file, folder);
    }
    return files;
  } catch (error) {
    if (error instanceof HostbleedError) throw error;
    throw new HostbleedError("rule-pack", `${at}: ${systemReason(error)}`);
  }
}

/** The user named the folder, and not what a symlink in it leads to; a pipe in it would be waited for. */
function requireInside(file: string, folder: string): void {
  const place = realpathSync(file);
  if (!place.startsWith(`${realpathSync(folder)}${sep}`))
    throw new HostbleedError(
      "rule-pack",
      `${file} leads out of its folder, to ${place}`,
      `name it to use it: --rules ${file}`,
    );
  const found = statSync(place);
  if (!found.isFile() && !found.isDirectory())
    throw new HostbleedError("rule-pack", `${file}: no regular file`);
}

const NAME = /^[a-z][a-z0-9-]*$/;

/** The packs of a folder; files that begin with `_` are templates and drafts. */
function packFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name) && !name.startsWith("_") && !name.startsWith("."))
    .sort()
    .map((name) => join(folder, name));
}

/** Reads one file. */
export function readPack(file: string, builtIn: boolean): RulePack {
  const pack = parsePack(readText(file, builtIn), { source: file, builtIn });
  if ("rules" in pack) return pack;
  throw new HostbleedError("rule-pack", problemText(file, pack));
}

/** A file's bytes, or null when there are more than that: a device has no size, and may have no end. */
export function readAtMost(file: string, most: number): Buffer | null {
  const fd = openSync(file, "r");
  try {
    const parts: Buffer[] = [];
    for (let length = 0; length <= most; ) {
      const part = Buffer.alloc(PART_BYTES);
      const read = readSync(fd, part, 0, PART_BYTES, null);
      if (read === 0) return Buffer.concat(parts);
      parts.push(part.subarray(0, read));
      length += read;
    }
    return null;
  } finally {
    closeSync(fd);
  }
}

const PART_BYTES = 1 << 16;

function readText(file: string, builtIn: boolean): string {
  let bytes: Buffer | null;
  try {
    bytes = builtIn ? readFileSync(file) : readAtMost(file, PACK_SIZE_LIMIT);
  } catch (error) {
    throw new HostbleedError("rule-pack", `${file}: ${systemReason(error)}`);
  }
  if (bytes === null)
    throw new HostbleedError("rule-pack", `${file}:1:1: expected at most ${PACK_SIZE_LIMIT} bytes`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new HostbleedError("rule-pack", `${file}:1:1: expected UTF-8`);
  }
}
