import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { build, type Plugin } from "esbuild";
import { licences } from "./licences.ts";
import { placed, ROOT } from "./placed.ts";

/*
 * Makes dist/hostbleed.mjs: the whole program in one file, for build containers that have Node and no npm.
 *
 * What the program reads of its own package (rule packs, version, wasm) lies in the file too: its modules see
 * themselves in a folder that no machine has, and `node:fs` answers from a table for names in there.
 */

const NOWHERE = "/proc/hostbleed.mjs";
const ASSETS = ["package.json", "rules", "dist"];
/** The program itself, which is not to be in there twice. */
const JOINED = join(ROOT, "dist/cli/");

/** `node:fs`, with the package's own files in front. */
const furnished: Plugin = {
  name: "furnished",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:fs$/ }, ({ namespace, path }) =>
      namespace === "furnished" ? { path, external: true } : { path, namespace: "furnished" },
    );
    onLoad({ filter: /.*/, namespace: "furnished" }, () => ({
      contents: `
        import * as real from "node:fs";
        import { fileURLToPath } from "node:url";
        export * from "node:fs";
        const files = ${JSON.stringify(ownFiles())};
        const nameOf = (path) => {
          const name = path instanceof URL ? fileURLToPath(path) : path;
          return typeof name === "string" && name.startsWith("${NOWHERE}/") ? name.slice(${NOWHERE.length + 1}) : undefined;
        };
        export function readFileSync(path, options) {
          const name = nameOf(path);
          if (name === undefined || files[name] === undefined) return real.readFileSync(path, options);
          const bytes = Buffer.from(files[name], "base64");
          const encoding = typeof options === "string" ? options : options?.encoding;
          return encoding ? bytes.toString(encoding) : bytes;
        }
        export function readdirSync(path, options) {
          const folder = nameOf(path)?.replace(/\\/*$/, "/");
          if (folder === undefined) return real.readdirSync(path, options);
          const below = Object.keys(files).filter((file) => file.startsWith(folder));
          return [...new Set(below.map((file) => file.slice(folder.length).split("/")[0]))].sort();
        }
        export function statSync(path, options) {
          const name = nameOf(path)?.replace(/\\/*$/, "");
          if (name === undefined) return real.statSync(path, options);
          const isFile = files[name] !== undefined;
          const isFolder = Object.keys(files).some((file) => file.startsWith(name + "/"));
          if (!isFile && !isFolder) return real.statSync(path, options);
          return { isFile: () => isFile, isDirectory: () => isFolder };
        }
      `,
      loader: "js",
    }));
  },
};

/** The files of the package that the program may read, by path; base64, since wasm is no text. */
function ownFiles(): Record<string, string> {
  const found: Record<string, string> = {};
  const visit = (path: string): void => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path)) visit(join(path, name));
    } else if (/\.(?:json|yaml|wasm|cjs)$/.test(path) && !path.startsWith(JOINED)) {
      found[relative(ROOT, path)] = readFileSync(path).toString("base64");
    }
  };
  for (const asset of ASSETS) visit(join(ROOT, asset));
  return found;
}

const { outputFiles, metafile } = await build({
  entryPoints: [join(ROOT, "src/program.ts")],
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  write: false,
  metafile: true,
  absWorkingDir: ROOT,
  legalComments: "none",
  plugins: [placed((place) => JSON.stringify(`file://${NOWHERE}/dist/${place}`)), furnished],
  // CommonJS packages inside an ES module ask for Node's own modules by `require`.
  banner: {
    js: '#!/usr/bin/env node\nimport { createRequire as hostbleedRequire } from "node:module"; const require = hostbleedRequire(import.meta.url);',
  },
});
const [bundle] = outputFiles;
if (bundle === undefined) throw new Error("esbuild made nothing");
const text = `${bundle.text}\n${licences(metafile)}`;
writeFileSync(join(ROOT, "dist/hostbleed.mjs"), text, { mode: 0o755 });
