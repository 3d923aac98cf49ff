import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { ROOT } from "./placed.ts";

/** A comment with the licences of all packages in a bundle, as their terms ask. */
export function licences({ inputs }: Metafile): string {
  const packages = new Set(
    Object.keys(inputs).flatMap((file) => /node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []),
  );
  const texts = [...packages].sort().map((folder) => {
    const file = readdirSync(join(ROOT, folder)).find((name) => /^licen[cs]e/i.test(name));
    const text = file === undefined ? "" : readFileSync(join(ROOT, folder, file), "utf8").trim();
    return `${folder.replace("node_modules/", "")}\n\n${text}`.replaceAll("*/", "* /");
  });
  return `/*\n${texts.join("\n\n")}\n*/\n`;
}
