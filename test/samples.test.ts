import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { inspect } from "../src/inspect.ts";
import { hostbleed } from "./commands/harness.ts";

/** Samples that hold a trace, its command and the report that it gives. */
const CASES = readdirSync("samples").filter((name) => {
  const files = readdirSync(`samples/${name}`);
  return files.includes("command.txt") && files.includes("expected.txt");
});

/** The arguments of the `$ npx hostbleed` line of a command.txt. */
function argumentsIn(text: string): readonly string[] {
  return /^\$ npx hostbleed (.+)$/m.exec(text)?.[1]?.split(" ") ?? [];
}

describe("a sample's command prints the report beside it", () => {
  test.each(CASES)("%s", async (name) => {
    const command = readFileSync(`samples/${name}/command.txt`, "utf8");
    const { stdout } = await hostbleed(argumentsIn(command), { inspect, cwd: process.cwd() });
    await expect(stdout).toMatchFileSnapshot(`../samples/${name}/expected.txt`);
  });

  test("there are samples", () => expect(CASES.length).toBeGreaterThanOrEqual(4));
});

describe("README shows what the program prints", () => {
  const readme = readFileSync("README.md", "utf8");
  const blocks = [...readme.matchAll(/```console\n\$ npx hostbleed ([^\n]+)\n([\s\S]*?)```/g)];

  test.each(blocks.map(([, command = "", output = ""]) => ({ command, output })))(
    "hostbleed $command",
    async ({ command, output }) => {
      const { stdout } = await hostbleed(command.split(" "), { inspect, cwd: process.cwd() });
      expect(output.trimEnd()).toBe(stdout.trimEnd());
    },
  );

  test("README has such blocks", () => expect(blocks.length).toBeGreaterThan(0));
});
