import { withoutEnding } from "./container.ts";

/** What the name of a `strace -ff` file says: `NAME.PID`, compressed or not. */
export interface FfName {
  readonly set: string;
  readonly pid: number;
}

/** Linux gives no pid above PID_MAX_LIMIT, 4194304 (proc(5)): `app-2.20241122` is a date. */
const PID_LIMIT = 4_194_304;

/** Reads `NAME.PID`; null for any other name. */
export function readFfName(path: string): FfName | null {
  const found = /^(?<set>.*[^/])\.(?<pid>[1-9]\d{0,6})$/s.exec(withoutEnding(path));
  const { set, pid } = found?.groups ?? {};
  if (set === undefined || pid === undefined || Number(pid) > PID_LIMIT) return null;
  return { set, pid: Number(pid) };
}
