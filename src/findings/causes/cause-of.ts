import type { Leak } from "../../model/leak.ts";
import type { BuildContext } from "../build-context.ts";
import { bindgenCause } from "./bindgen.ts";
import { compiledOrLinked } from "./compiled.ts";
import { configurationOf } from "./configuration.ts";
import { copied } from "./copied.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { pkgConfigCause } from "./pkg-config.ts";
import { hostCompiler, hostProgram } from "./programs.ts";
import { symlinkCause } from "./symlinks.ts";

/** Asked in this order; the first that knows its own kind of leak speaks. */
const EXPERTS: readonly ((leak: Leak, context: BuildContext) => Diagnosis | null)[] = [
  symlinkCause,
  hostProgram,
  hostCompiler,
  copied,
  pkgConfigCause,
  configurationOf,
  bindgenCause,
  compiledOrLinked,
];

/** What went wrong with a leak, seen by itself; null when its own processes do not show it. */
export function causeOf(leak: Leak, context: BuildContext): Diagnosis | null {
  for (const expert of EXPERTS) {
    const diagnosis = expert(leak, context);
    if (diagnosis !== null) return diagnosis;
  }
  return null;
}
