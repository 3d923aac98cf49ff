import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

/*
 * The last step of the build: joins the modules of the command line into a few files below dist/cli/. Node takes a
 * third of a millisecond to find, read and link a module, and a check has 240 of them.
 */

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const JOINED = join(ROOT, "dist/cli");

/** Modules that read files of the package find them from where they would lie in dist/. */
const placed: Plugin = {
  name: "placed",
  setup({ onLoad }) {
    onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
      const place = relative(join(ROOT, "src"), path).replace(/\.ts$/, ".js");
      const url = `new URL("../${place}", import.meta.url)`;
      const contents = readFileSync(path, "utf8").replaceAll("import.meta.url", url);
      return { contents, loader: "ts" };
    });
  },
};

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
  plugins: [placed],
});
const program = join(ROOT, "dist/cli.js");
writeFileSync(program, '#!/usr/bin/env node\nimport "./cli/cli.js";\n');
chmodSync(program, 0o755);
