import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hostbleed, scratchFolder } from "./harness.ts";

const SUM = "a".repeat(64);
const LOCK = `version = 3

[[package]]
name = "app"
version = "0.1.0"

[[package]]
name = "openssl-sys"
version = "0.9.80+extra"
source = "registry+https://github.com/rust-lang/crates.io-index"
checksum = "${SUM}"

[[package]]
name = "forked"
version = "1.0.0"
source = "git+https://example.org/forked#0123"
`;

function lockFile(text: string): string {
  const cwd = scratchFolder();
  writeFileSync(join(cwd, "Cargo.lock"), text);
  return cwd;
}

test("each crate of crates.io gets a line and its checksum, the project's own none, and git is named", async () => {
  const { code, stdout } = await hostbleed(["crates", "Cargo.lock"], { cwd: lockFile(LOCK) });
  expect(code).toBe(0);
  expect(stdout).toBe(`SRC_URI += " \\
    crate://crates.io/openssl-sys/0.9.80+extra \\
"

SRC_URI[openssl-sys-0.9.80+extra.sha256sum] = "${SUM}"
# forked 1.0.0 comes from git+https://example.org/forked#0123
`);
});

test("a name that BitBake would evaluate never reaches the recipe", async () => {
  const hostile = LOCK.replace('"openssl-sys"', '"x${@os.system(1)}"');
  const { stdout } = await hostbleed(["crates", "Cargo.lock"], { cwd: lockFile(hostile) });
  expect(stdout).not.toContain("${@");
});

test("what is no Cargo.lock ends with 2 and one clear line", async () => {
  const { code, stderr, stdout } = await hostbleed(["crates", "Cargo.lock"], {
    cwd: lockFile("= broken"),
  });
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/Cargo\.lock:1:1: expected TOML/);
});

test("a Cargo.lock that is not there ends with 3, as any other missing input does", async () => {
  const { code, stderr } = await hostbleed(["crates", "none.lock"]);
  expect([code, stderr]).toEqual([
    3,
    expect.stringContaining("No such file or folder: none.lock\n"),
  ]);
});
