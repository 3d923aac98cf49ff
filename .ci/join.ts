import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { licences } from "./licences.ts";
import { placed, ROOT } from "./placed.ts";

/*
 * Joins the modules of the command line into one script, dist/cli/program.cjs. Node takes a third of a millisecond to
 * find, read and link a module, and a check has 240 of them; and of a script alone, V8's bytecode can be kept.
 */

const { outputFiles, metafile } = await build({
  entryPoints: [join(ROOT, "src/program.ts")],
  bundle: true,
  // Whoever reads a pack, a configuration or a Cargo.lock has time to load them.
  external: ["smol-toml", "yaml", "zod"],
  format: "cjs",
  platform: "node",
  target: "node20",
  write: false,
  metafile: true,
  legalComments: "none",
  absWorkingDir: ROOT,
  banner: { js: "(function (require, here) {" },
  footer: { js: "})" },
  plugins: [placed((place) => `new URL("../${place}", here)`)],
});
const imported = Object.values(metafile.outputs)
  .flatMap(({ imports }) => imports)
  .find(({ kind }) => kind === "dynamic-import");
// V8 forgets of bytecode who is to load for it, and Node says that its own way to tell is experimental.
if (imported !== undefined) throw new Error(`a script cannot import() ${imported.path}`);
const text = `${outputFiles[0]?.text}${licences(metafile)}`;
const stranger = /[^\0-\x7f].*/.exec(text);
if (stranger !== null) throw new Error(`not ASCII, which the program must be: ${stranger[0]}`);
mkdirSync(join(ROOT, "dist/cli"), { recursive: true });
writeFileSync(join(ROOT, "dist/cli/program.cjs"), text);

// Threads are started from text: a URL of a module would not do where all is one file.
for (const thread of ["strace/fast/scan-thread", "input/read-thread"]) {
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
chmodSync(join(ROOT, "dist/cli.js"), 0o755);
