import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { REPORTER_NAMES } from "../../src/report/index.ts";
import { CLI, scratchFolder } from "../record/program.ts";

const SAMPLE = fileURLToPath(
  new URL("../../samples/cargo-openssl/build.strace.gz", import.meta.url),
);

/** Another day, for a process that asks Node what day it is. */
const LATER = `data:text/javascript,${encodeURIComponent(
  "const Real = Date; const ahead = 400 * 864e5; globalThis.Date = class extends Real { constructor(...a) { a.length ? super(...a) : super(Real.now() + ahead); } static now() { return Real.now() + ahead; } };",
)}`;

/** Every report of one log, made by a process of its own in a folder of its own. */
async function reportsOf(folder: string, env: NodeJS.ProcessEnv, options: readonly string[]) {
  mkdirSync(folder, { recursive: true });
  copyFileSync(SAMPLE, join(folder, "build.strace.gz"));
  const files = REPORTER_NAMES.flatMap((name) => ["--report", `${name}=out.${name}`]);
  const [node = "", ...words] = CLI;
  const args = [...words, "check", ...files, ...options, "build.strace.gz"];
  const clean = { PATH: process.env.PATH, HOME: process.env.HOME };
  const child = spawn(node, args, { cwd: folder, env: { ...clean, ...env }, stdio: "ignore" });
  expect(await once(child, "close")).toEqual([1, null]);
  return Object.fromEntries(
    REPORTER_NAMES.map((name) => [name, readFileSync(join(folder, `out.${name}`), "utf8")]),
  );
}

describe("the same log gives the same bytes in every format", { timeout: 120_000 }, () => {
  test.each([[[]], [["--redact", "--verbose", "--show", "allowed"]]])(
    "twice, on another day, in another folder, zone and language, with %j",
    async (options) => {
      const root = scratchFolder();
      const first = await reportsOf(join(root, "a"), { TZ: "UTC", LC_ALL: "C" }, options);
      const again = await reportsOf(join(root, "a"), { TZ: "UTC", LC_ALL: "C" }, options);
      const elsewhere = {
        TZ: "Pacific/Kiritimati",
        LC_ALL: "tr_TR.UTF-8",
        LANG: "tr_TR.UTF-8",
        LANGUAGE: "tr",
        NODE_OPTIONS: `--import=${LATER}`,
        COLUMNS: "40",
      };
      const there = await reportsOf(join(root, "deep/er/b"), elsewhere, options);
      expect(again).toEqual(first);
      expect(there).toEqual(first);
      expect(first.text).toContain("leaks:");
    },
  );
});
