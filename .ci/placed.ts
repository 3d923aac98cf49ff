import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "esbuild";

export const ROOT: string = fileURLToPath(new URL("..", import.meta.url));

/** Modules of src/ read the package's files from where they lie in dist/: `urlOf` says it, as an expression, of that place. */
export function placed(urlOf: (place: string) => string): Plugin {
  return {
    name: "placed",
    setup({ onLoad }) {
      onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
        const place = relative(join(ROOT, "src"), path).replace(/\.ts$/, ".js");
        const contents = readFileSync(path, "utf8").replaceAll("import.meta.url", urlOf(place));
        return { contents, loader: "ts" };
      });
    },
  };
}
