import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWith } from "../tools.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
const LOG =
  '41 execve("/usr/bin/cat", ["cat", "x"], 0x7ffd /* 2 vars */) = 0\n' +
  '41 openat(AT_FDCWD, "/build/x", O_RDONLY) = 3\n';

/** One of each command but `run`, which takes strace. */
const COMMANDS = [
  "check t.strace --report json=r.json",
  "events t.strace",
  "explain pkgconfig/host-pc-file",
  "rules list",
  "rules test own.yaml",
  "fix r.json --format cargo",
  "merge r.json r.json",
  "diff r.json r.json",
  "crates Cargo.lock",
  "init",
  "schema report",
];

/** Runs a program to its end, which must be a good one; returns its stdout. */
function ran(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", ...env },
  });
  expect(status, `${error ?? ""}${stdout}${stderr}`).toBe(0);
  return stdout;
}

/** For a process that writes down which orders its threads were given. */
const WITNESS = `--import=data:text/javascript,${encodeURIComponent(
  'import threads from "node:worker_threads"; import { appendFileSync } from "node:fs"; import { syncBuiltinESMExports } from "node:module"; threads.Worker = class extends threads.Worker { constructor(text, options) { super(text, options); appendFileSync(process.env.ORDERS, Object.keys(options.workerData).join(" ") + "\\n"); } }; syncBuiltinESMExports();',
)}`;

/** What a program says of a compressed log that is long enough for a thread, and which orders its threads got. */
function judgedLong(program: string, folder: string) {
  const log = join(folder, "long.strace");
  writeFileSync(log, LOG + LOG.slice(LOG.indexOf("\n") + 1).repeat(100_000));
  writeFileSync(`${log}.gz`, gzipSync(readFileSync(log), { level: 0 }));
  const orders = join(folder, "orders");
  const env = { NODE_OPTIONS: WITNESS, ORDERS: orders };
  const [plain, packed] = [log, `${log}.gz`].map((file) =>
    ran(program, ["check", file], folder, env).replaceAll(".strace.gz", ".strace"),
  );
  return { plain, packed, orders: existsSync(orders) ? readFileSync(orders, "utf8") : "" };
}

/** A checkout of its own, to build in: other tests use the one that they run from. */
function checkout(): string {
  const folder = mkdtempSync(join(tmpdir(), "hostbleed-checkout-"));
  const leftOut = ["node_modules", "dist", ".git", "test", "benchmarks"];
  for (const name of readdirSync(ROOT))
    if (!leftOut.includes(name)) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

describeWith(["npm"], "the package", () => {
  const folder = mkdtempSync(join(tmpdir(), "hostbleed-package-"));
  const prefix = join(folder, "prefix");
  const installed = join(prefix, "lib/node_modules/hostbleed");
  let files: readonly string[] = [];
  let source = "";

  beforeAll(() => {
    source = checkout();
    const packed = ran("npm", ["pack", "--json", "--pack-destination", folder], source);
    // What `prepare` says comes before the JSON.
    const [archive] = JSON.parse(packed.slice(packed.indexOf("[\n")));
    files = archive.files.map(({ path }: { path: string }) => path);
    mkdirSync(prefix);
    const tarball = join(folder, archive.filename);
    const args = [
      "install",
      "--global",
      "--prefix",
      prefix,
      "--ignore-scripts",
      "--prefer-offline",
    ];
    ran("npm", [...args, "--no-audit", "--no-fund", tarball], folder);
  }, 300_000);
  afterAll(() => {
    for (const made of [folder, source]) rmSync(made, { recursive: true, force: true });
  });

  test("runs by npx in a checkout that was built", () => {
    expect(ran("npx", ["hostbleed", "--version"], source)).toBe(`${version}\n`);
  });

  test("starts from bytecode in a checkout that was built, and does without where that is cut", () => {
    const joined = JSON.stringify(pathToFileURL(join(source, "dist/joined-program.js")));
    const tuned = JSON.stringify(pathToFileURL(join(source, "dist/v8-flags.js")));
    const asked = `(await import(${tuned})).tuneV8(); const { joinedProgram, BYTECODE_PLACE } = await import(${joined}); console.log(joinedProgram().cachedDataRejected, BYTECODE_PLACE.pathname);`;
    const [refused, bytecode = ""] = ran(
      process.execPath,
      ["--input-type=module", "-e", asked],
      source,
    )
      .trim()
      .split(" ");
    expect(refused).toBe("false");
    truncateSync(bytecode, 100_000);
    expect(ran(process.execPath, ["dist/cli.js", "rules", "list"], source)).toContain("pkgconfig/");
  });

  test("holds what it needs to run and no more", () => {
    const kinds = new Set(files.map((file) => file.replace(/^(dist|rules)\/.*/, "$1/")));
    expect([...kinds].sort()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist/",
      "package.json",
      "rules/",
    ]);
    expect(files).not.toContain("dist/hostbleed.mjs");
    // Of the Node that packed it; whose users have has made none.
    expect(files.filter((file) => file.endsWith(".bytecode"))).toEqual([]);
    // Joined into dist/cli/.
    expect(files.filter((file) => /^dist\/(?:commands|record)\//.test(file))).toEqual([]);
    expect(files.filter((file) => /\.(?:test|fixture)\./.test(file))).toEqual([]);
  });

  test("runs where it was installed globally, without a build step", () => {
    const program = join(prefix, "bin/hostbleed");
    expect(ran(program, ["--version"], folder)).toBe(`${version}\n`);
    writeFileSync(join(folder, "t.strace"), LOG);
    expect(ran(program, ["check", "t.strace"], folder)).toContain("t.strace");
    expect(ran(program, ["rules", "list"], folder)).toContain("pkgconfig/host-pc-file");
  });

  test.each(["from bytecode, in a checkout that was built", "without, where it was installed"])(
    "does the work of each command %s, and warns of nothing",
    (place) => {
      const program = place.startsWith("from")
        ? [process.execPath, join(source, "dist/cli.js")]
        : [join(prefix, "bin/hostbleed")];
      const asked = mkdtempSync(join(folder, "asked-"));
      writeFileSync(join(asked, "t.strace"), LOG);
      cpSync(join(ROOT, "rules/perl.yaml"), join(asked, "own.yaml"));
      writeFileSync(join(asked, "Cargo.lock"), '[[package]]\nname = "app"\nversion = "1.0.0"\n');
      const [first = "", ...rest] = program;
      for (const command of COMMANDS) {
        const { status, stderr } = spawnSync(first, [...rest, ...command.split(" ")], {
          cwd: asked,
          encoding: "utf8",
        });
        expect([command, status]).toEqual([command, 0]);
        expect(stderr).not.toMatch(/error|warning/i);
      }
    },
  );

  test.skipIf(availableParallelism() < 2)(
    "decompresses a long log by a thread that came along, to the same report",
    () => {
      const { plain, packed, orders } = judgedLong(join(prefix, "bin/hostbleed"), folder);
      expect(packed).toBe(plain);
      expect(orders).toContain("container fd from ring");
    },
  );

  test("judges without loading zod and yaml, which take longer than a small log", () => {
    const away = join(folder, "away");
    mkdirSync(away);
    const libraries = ["zod", "yaml"];
    for (const name of libraries)
      renameSync(join(installed, "node_modules", name), join(away, name));
    expect(ran(join(prefix, "bin/hostbleed"), ["check", "t.strace"], folder)).toContain("t.strace");
    for (const name of libraries)
      renameSync(join(away, name), join(installed, "node_modules", name));
  });

  test("is one that publint has nothing against", { timeout: 60_000 }, async () => {
    const { messages, pkg } = await publint({ pkgDir: installed, pack: false });
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
  });

  test.each(["node16", "nodenext", "bundler"])(
    "has types that a %s project finds",
    { timeout: 120_000 },
    (resolution) => {
      const consumer = join(folder, `consumer-${resolution}`);
      mkdirSync(consumer);
      writeFileSync(
        join(consumer, "use.mts"),
        [
          'import { inspect, type Report } from "hostbleed";',
          'import * as strace from "hostbleed/strace";',
          'export const report: Promise<Report> = inspect(["build.strace"]);',
          "export const names: readonly string[] = Object.keys(strace);",
          "// @ts-expect-error: a report is no number, so the types are really there",
          'export const wrong: number = await inspect(["build.strace"]);',
        ].join("\n"),
      );
      const module = resolution === "bundler" ? "esnext" : resolution;
      const options = { module, moduleResolution: resolution, target: "es2023", lib: ["es2023"] };
      // No types of Node either: the package's own stand alone.
      const compilerOptions = { ...options, strict: true, noEmit: true, types: [] };
      writeFileSync(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions }));
      ran("ln", ["-s", join(prefix, "lib/node_modules"), "node_modules"], consumer);
      ran(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", "."], consumer);
    },
  );

  test("exports its schemas", () => {
    const { exports } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
    const names = Object.keys(exports).filter((name) => name.endsWith(".schema.json"));
    expect(names).toContain("./report.schema.json");
    for (const name of names) expect(existsSync(join(installed, exports[name]))).toBe(true);
  });
});

describeWith(["npm"], "the single file", () => {
  const folder = mkdtempSync(join(tmpdir(), "hostbleed-single-"));
  const program = join(folder, "hostbleed.mjs");
  const judge = (args: readonly string[]) => ran(program, args, folder, { NODE_PATH: "" });

  beforeAll(() => {
    const source = checkout();
    ran("npm", ["run", "bundle", "--silent"], source);
    cpSync(join(source, "dist/hostbleed.mjs"), program);
    rmSync(source, { recursive: true, force: true });
    writeFileSync(join(folder, "t.strace"), LOG);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("judges a log from another folder, with nothing beside it", () => {
    expect(judge(["check", "t.strace"])).toContain("t.strace");
  });

  test.skipIf(availableParallelism() < 2)("brings the thread that decompresses along", () => {
    const { plain, packed, orders } = judgedLong(program, folder);
    expect(packed).toBe(plain);
    expect(orders).toContain("container fd from ring");
  });

  test("brings its rules along, with their examples", { timeout: 60_000 }, () => {
    expect(judge(["rules", "list"])).toContain("pkgconfig/host-pc-file");
    expect(judge(["rules", "test", "pkgconfig"])).toMatch(/0 failed/);
  });

  test("writes every report", () => {
    expect(judge(["--version"])).toBe(`${version}\n`);
    for (const format of [
      "json",
      "ndjson",
      "sarif",
      "junit",
      "github",
      "gitlab",
      "markdown",
      "html",
    ])
      judge(["check", "--format", format, "--fail-on", "never", "t.strace"]);
  });

  test("names the licences of what it holds", () => {
    const text = readFileSync(program, "utf8");
    for (const name of ["chalk", "clipanion", "yaml", "zod"])
      expect(text).toContain(`\n${name}\n\n`);
  });
});
