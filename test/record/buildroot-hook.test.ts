import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { Report } from "../../src/model/report.ts";
import { describeWith } from "../tools.ts";
import { CLI, project } from "./program.ts";

const HOOK = fileURLToPath(new URL("../../samples/buildroot/hostbleed-hook", import.meta.url));

/** Builds the project of `make/` in steps, with the hook called as Buildroot's pkg-generic.mk calls it. */
function build(name: string, more: Readonly<Record<string, string>>) {
  const folder = project("make");
  const steps = [
    "all:",
    `\t@${HOOK} "start" "configure" "${name}"`,
    "\t@true",
    `\t@${HOOK} "end" "configure" "${name}"`,
    `\t@${HOOK} "start" "build" "${name}"`,
    "\t$(MAKE) -f Makefile libsum.a",
    `\t@${HOOK} "end" "build" "${name}"`,
    "\ttouch built",
  ];
  writeFileSync(join(folder, "steps.mk"), `${steps.join("\n")}\n`);
  const sysroot = project("sysroot");
  const ended = spawnSync("make", ["-f", "steps.mk"], {
    cwd: folder,
    encoding: "utf8",
    timeout: 100_000,
    env: {
      ...process.env,
      BASE_DIR: join(folder, "output"),
      STAGING_DIR: sysroot,
      HOST_DIR: join(folder, "output/host"),
      HOSTBLEED: CLI.join(" "),
      ...(more.clean ? { SUM_SYSROOT: sysroot } : {}),
      ...more,
    },
  });
  const report = (step: string): Report =>
    JSON.parse(readFileSync(join(folder, `output/hostbleed/${name}/${step}.json`), "utf8"));
  return { ...ended, report };
}

const SLOW = { timeout: 120_000 };

describeWith(["strace", "make", "aarch64-linux-gnu-gcc"], "Buildroot's hook", () => {
  test("fails the step that leaks, and no step before it", SLOW, () => {
    const { status, stderr, stdout, report } = build("sum", {});
    expect(report("configure").findings, stderr).toEqual([]);
    expect(report("build").findings.map(({ path }) => path)).toContain("/usr/include/zlib.h");
    expect(report("build").traces[0]?.source).toBe("sum:build");
    expect(stderr).toContain("/usr/include/zlib.h");
    expect(stdout).not.toContain("touch built");
    expect(status).toBe(2);
  });

  test("lets a clean package pass", SLOW, () => {
    const { status, stderr, report } = build("sum", { clean: "1" });
    expect(report("build").verdict, stderr).toBe("clean");
    expect(status).toBe(0);
  });

  test("lets a leak pass that shall not fail", SLOW, () => {
    const { status, stderr, report } = build("sum", { HOSTBLEED_ARGS: "--fail-on never" });
    expect(report("build").verdict, stderr).toBe("leaks");
    expect(status).toBe(0);
  });

  test("leaves host packages alone", SLOW, () => {
    const { status, report } = build("host-sum", {});
    expect(status).toBe(0);
    expect(() => report("build")).toThrow();
  });
});
