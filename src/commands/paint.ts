import type { Writable } from "node:stream";
import { type Paint, plainPaint } from "../report/paint.ts";
import { isTerminal } from "./context.ts";

/**
 * Whether a stream gets colours: as asked for; else by NO_COLOR (no-color.org) and FORCE_COLOR, which both may
 * be set but empty; else only on a terminal that knows them.
 */
export function wantsColor(
  asked: "auto" | "always" | "never",
  stream: Writable,
  env: NodeJS.ProcessEnv,
): boolean {
  if (asked !== "auto") return asked === "always";
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return isTerminal(stream) && env.TERM !== "dumb";
}

/** Colours that any terminal has, or none. */
export async function paintFor(color: boolean): Promise<Paint> {
  if (!color) return plainPaint;
  const { Chalk } = await import("chalk");
  const { red, yellow, blue, green, bold, dim } = new Chalk({ level: 1 });
  return { error: red, warning: yellow, note: blue, good: green, strong: bold, faint: dim };
}
