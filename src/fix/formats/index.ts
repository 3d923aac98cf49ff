import type { Format } from "../remedy.ts";
import { bbclass } from "./bbclass.ts";
import { cargo } from "./cargo.ts";
import { cmake } from "./cmake.ts";
import { env } from "./env.ts";
import { meson } from "./meson.ts";
import { shell } from "./shell.ts";

/** Every kind of file that remedies can be printed as, by its name on the command line. */
export const FORMATS = { env, bbclass, cargo, cmake, meson, shell } as const satisfies Readonly<
  Record<string, Format>
>;

export type FormatName = keyof typeof FORMATS;

/** True for the name of a format. */
export function isFormat(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}
