import type { Finding } from "../model/report.ts";
import { thousands } from "./words.ts";

/** What is said of a file besides its path, for people. */
export function remarksOf({ count, rejected, side }: Finding): readonly string[] {
  return [
    ...(count > 1 ? [`${thousands(count)} times`] : []),
    ...(rejected ? ["opened, then not used"] : []),
    ...(side === "unknown" ? ["side unknown"] : []),
  ];
}
