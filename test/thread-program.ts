import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** The program of a thread as the build joins it, from its place below src/. */
export async function threadProgram(place: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`../src/${place}.ts`, import.meta.url))],
    bundle: true,
    format: "cjs",
    platform: "node",
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
