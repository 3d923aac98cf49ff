import { spawnSync } from "node:child_process";
import { describe } from "vitest";

/** A program that tests need, and how to see that it works here. */
const PROBES: Readonly<Record<string, readonly string[]>> = {
  strace: ["strace", "-o", "/dev/null", "true"],
  make: ["make", "--version"],
  cmake: ["cmake", "--version"],
  ninja: ["ninja", "--version"],
  meson: ["meson", "--version"],
  // Its libclang is another package, and only looked for when it is needed.
  bindgen: ["sh", "-c", 't=$(mktemp -d) && echo "int f(void);" >"$t/a.h" && bindgen "$t/a.h"'],
  "pkg-config": ["pkg-config", "--exists", "zlib"],
  "aarch64-linux-gnu-gcc": ["aarch64-linux-gnu-gcc", "--version"],
  "cargo for aarch64": [
    "sh",
    "-c",
    'PATH=/usr/bin:$PATH; cargo --version && ls "$(rustc --print sysroot)"/lib/rustlib/aarch64-unknown-linux-gnu/lib',
  ],
  zstd: ["zstd", "--version"],
  xz: ["xz", "--version"],
  npm: ["npm", "--version"],
};

/** Those that do not work here. */
export function lacking(tools: readonly (keyof typeof PROBES)[]): readonly string[] {
  return tools.filter((tool) => {
    const [program = "", ...args] = PROBES[tool] ?? [tool];
    return spawnSync(program, args, { stdio: "ignore" }).status !== 0;
  });
}

/**
 * Tests that need programs of the system. Where one lacks, they are skipped and their title says so; with
 * TEST_TOOLS=required, as CI has it, they run all the same, and fail.
 */
export function describeWith(tools: readonly string[], title: string, body: () => void): void {
  const missing = lacking(tools);
  const required = process.env.TEST_TOOLS === "required";
  if (missing.length === 0 || required) describe(title, body);
  else describe.skip(`${title} (skipped: no ${missing.join(", ")})`, body);
}
