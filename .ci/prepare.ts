import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/*
 * Builds where something changed since the last build. npm asks for this not only after an install: the first
 * `npx hostbleed` in a checkout does it as well, and its user waits.
 */

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = ["src", "rules", ".ci", "package.json", "package-lock.json", "tsconfig.json"];
/** The last file that a build writes. */
const PRODUCT = "dist/cli.js";

/** When a file, or anything below a folder, changed; a folder itself changes when a file in it goes. */
function changed(path: string): number {
  const { mtimeMs, isDirectory } = lookAt(path);
  if (!isDirectory) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => changed(join(path, name))));
}

function lookAt(path: string) {
  const found = statSync(path, { throwIfNoEntry: false });
  return { mtimeMs: found?.mtimeMs ?? 0, isDirectory: found?.isDirectory() ?? false };
}

const newest = Math.max(...SOURCES.map((name) => changed(join(ROOT, name))));
if (lookAt(join(ROOT, PRODUCT)).mtimeMs <= newest)
  process.exitCode =
    spawnSync("npm", ["run", "build"], { cwd: ROOT, stdio: "inherit" }).status ?? 1;
