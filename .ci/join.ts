import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { placed, ROOT } from "./placed.ts";

/*
 * The last step of the build: joins the modules of the command line into a few files below dist/cli/. Node takes a
 * third of a millisecond to find, read and link a module, and a check has 240 of them.
 */

const JOINED = join(ROOT, "dist/cli");

rmSync(JOINED, { recursive: true, force: true });
await build({
  entryPoints: [join(ROOT, "src/cli.ts")],
  bundle: true,
  splitting: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20",
  outdir: JOINED,
  absWorkingDir: ROOT,
  plugins: [placed((place) => `new URL("../${place}", import.meta.url)`)],
});
// Threads are started from text: a URL of a module would not do where all is one file.
for (const thread of ["strace/fast/scan-thread", "input/decompress-thread"]) {
  await build({
    entryPoints: [join(ROOT, `src/${thread}.ts`)],
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    outfile: join(ROOT, `dist/${thread}.cjs`),
    absWorkingDir: ROOT,
  });
}
const program = join(ROOT, "dist/cli.js");
writeFileSync(program, '#!/usr/bin/env node\nimport "./cli/cli.js";\n');
chmodSync(program, 0o755);
