import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const read = (name: string) => readFileSync(join(ROOT, name), "utf8");
const manifest = JSON.parse(read("package.json"));

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const { "": root, ...locked }: Readonly<Record<string, Locked>> = JSON.parse(
  read("package-lock.json"),
).packages;

/** What users get with the program, and what it brings along. */
function shipped(): readonly string[] {
  const found = new Set<string>(Object.keys(manifest.dependencies));
  for (const name of found)
    for (const own of Object.keys(locked[`node_modules/${name}`]?.dependencies ?? {}))
      found.add(own);
  return [...found].sort();
}

describe("the dependencies", () => {
  test("are few, and each is justified in the README", () => {
    const table = read("README.md").split("## Dependencies")[1]?.split("\n## ")[0] ?? "";
    const rows = [...table.matchAll(/^\| ([\w-]+) \| (\S.{20,}) \|$/gm)].map(([, name]) => name);
    expect(rows.filter((name) => name !== "package").sort()).toEqual(
      Object.keys(manifest.dependencies).sort(),
    );
  });

  test("bring one more along, clipanion's own", () => {
    expect(shipped()).toEqual(["chalk", "clipanion", "smol-toml", "typanion", "yaml", "zod"]);
  });

  test("have exact versions, in the manifest and in the lock", () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    for (const [name, version] of Object.entries(all)) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(locked[`node_modules/${name}`]?.version, name).toBe(version);
    }
    expect(root?.version).toBe(manifest.version);
  });

  test("run no scripts when they are installed; of the tools, esbuild alone does", () => {
    const scripted = Object.entries(locked).filter(([, { hasInstallScript }]) => hasInstallScript);
    expect(scripted.map(([name, { dev }]) => [name, dev])).toEqual([
      ["node_modules/esbuild", true],
    ]);
  });

  test("are locked by their hashes, biome's programs for other platforms apart", () => {
    for (const [name, { integrity, resolved }] of Object.entries(locked)) {
      if (!name.includes("/@biomejs/cli-")) expect(integrity, name).toMatch(/^sha512-/);
      // No git repository, no tarball from elsewhere.
      expect(resolved ?? "https://registry.npmjs.org/", name).toMatch(
        /^https:\/\/registry\.npmjs\.org\//,
      );
    }
  });

  test("of the lock are all there", () => {
    const names = Object.keys(locked).map((path) => path.replace(/^.*node_modules\//, ""));
    for (const [path, { dependencies = {} }] of Object.entries(locked))
      for (const name of Object.keys(dependencies)) expect(names, path).toContain(name);
  });
});

test("the package itself runs nothing where it is installed", () => {
  for (const name of ["preinstall", "install", "postinstall"])
    expect(manifest.scripts).not.toHaveProperty(name);
});

describe("the sources", () => {
  const files = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [name, read(join("src", name))] as const);

  test.each([
    ["the network", /from "node:(?:https?|http2|tls|dgram|dns)"|\bfetch\(|WebSocket/],
    ["code that is made of text", /\beval\(|new Function\(|runIn(?:New)?Context/],
    ["a shell", /shell: true|\bexecSync\(/],
  ])("do without %s", (_, pattern) => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter(([, text]) => pattern.test(text)).map(([name]) => name)).toEqual([]);
  });

  test("hand V8 no script but the one that the build joined", () => {
    const compiling = files.filter(([, text]) => /from "node:vm"/.test(text));
    expect(compiling.map(([name]) => name)).toEqual(["joined-program.ts"]);
    expect(compiling[0]?.[1].match(/new Script\(/g)).toHaveLength(1);
    expect(compiling[0]?.[1]).toContain(
      'const PLACE = new URL("./cli/program.cjs", import.meta.url)',
    );
  });

  test("start programs for input, recording and permissions alone", () => {
    const starting = files.filter(([, text]) => /from "node:child_process"/.test(text));
    for (const [name] of starting) expect(name).toMatch(/^(?:input|record)\//);
  });
});
