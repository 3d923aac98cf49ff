import { UNKNOWN_PATH } from "../model/path-table.ts";
import type { Syscall } from "../model/syscall.ts";
import type { CallRow } from "./calls.ts";
import { closeFd, makesFd } from "./effects.ts";
import type { Population } from "./population.ts";
import { outcomeOf } from "./telling.ts";
import type { Trust } from "./trust.ts";

/** A terminal's log with so many processes, and lines that could be any one's, tells nothing. */
const MOST_DOUBTED = 256;

/** A call of nobody knows whom: forgets, for every task, what that one might have changed by it. */
export function doubt(call: Syscall, row: CallRow, population: Population, trust: Trust): void {
  const moves = row.effect === "chdir" || row.effect === "fchdir";
  const closes = row.effect === "close";
  if (outcomeOf(call) !== "done" || !(moves || closes || makesFd(row))) return;
  if (population.size > MOST_DOUBTED) trust.giveUp();
  if (trust.isLost) return;
  for (const task of population.all()) {
    if (moves) task.folder.learn(UNKNOWN_PATH);
    if (makesFd(row) && call.result !== null) task.files.forget(call.result);
    if (closes) closeFd(task, call);
  }
}
