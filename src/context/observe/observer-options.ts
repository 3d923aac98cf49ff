import type { Transfer } from "../../model/access.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { PathTable } from "../../model/path-table.ts";

/** What the observer is told before the trace begins. */
export interface ObserverOptions {
  readonly paths: PathTable;
  /** Folders given as sysroots. */
  readonly sysroots: readonly ByteString[];
  /** Folders given as native sysroots: foreign whatever their names. */
  readonly nativeSysroots: readonly ByteString[];
  /** The line of the log that is being read, valid during each event. */
  readonly lineText: () => string;
  /** The name of the log that holds the lines of a pid. */
  readonly source: (pid: number | null) => string;
  /** Told of each write whose content the log shows. */
  readonly written?: (transfer: Transfer) => void;
}
