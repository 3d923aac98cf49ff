import { type AccessKind, OPEN_FLAG } from "../model/access.ts";
import { type PathId, type PathTable, UNKNOWN_PATH } from "../model/path-table.ts";
import type { Syscall } from "../model/syscall.ts";
import type { CallRow } from "./calls.ts";
import { type OpenMode, openMode } from "./flags.ts";
import type { Resolver } from "./resolver.ts";

const NO_MODE: OpenMode = { bits: 0, writes: false, inRoot: false };
/** creat(2) has no flags argument; it is open with O_CREAT, O_WRONLY and O_TRUNC. */
const CREAT: OpenMode = {
  bits: OPEN_FLAG.create | OPEN_FLAG.truncate,
  writes: true,
  inRoot: false,
};

const MAP_DENYWRITE = 0x800;
const PROT_EXEC = 4;

/** What a call's text alone says, whoever makes the call: worked out once where the same text comes again. */
export class CallMemo {
  /** Path as written, and where that is for whom `/` is the root; UNKNOWN_PATH without, and for relative ones. */
  readonly requested: PathId;
  readonly absolute: PathId;
  /** The same for the second path. */
  readonly requestedTo: PathId;
  /** What an annotation says of the descriptor and of the folder descriptor. */
  readonly fdPath: PathId;
  readonly dirfdPath: PathId;
  /** For opens. */
  readonly mode: OpenMode;
  readonly kind: AccessKind | null;
  /** For mappings. */
  readonly denyWrite: boolean;
  readonly executable: boolean;

  constructor(call: Syscall, row: CallRow, paths: PathTable, resolver: Resolver) {
    const { path, path2, fd, dirfd } = call;
    const idOf = (bytes: string | null | undefined): PathId =>
      bytes === undefined || bytes === null ? UNKNOWN_PATH : paths.intern(bytes);
    this.requested = idOf(path?.bytes);
    this.absolute = resolver.absolute(this.requested);
    this.requestedTo = idOf(path2?.bytes);
    this.fdPath = idOf(fd?.path);
    this.dirfdPath = idOf(dirfd?.path);
    this.mode = row.effect === "open" ? modeOf(call) : NO_MODE;
    this.kind = row.effect === "open" ? kindOf(this.mode) : (row.kind ?? null);
    const maps = row.effect === "map";
    this.denyWrite = maps && hasFlag(call.flags ?? "", "MAP_DENYWRITE", MAP_DENYWRITE);
    this.executable = maps && hasFlag(call.args[2] ?? "", "PROT_EXEC", PROT_EXEC);
  }
}

function modeOf(call: Syscall): OpenMode {
  if (call.name === "creat") return CREAT;
  return openMode(call.flags ?? "");
}

/** What an open did with its path. */
function kindOf({ bits, writes }: OpenMode): AccessKind {
  if (bits & OPEN_FLAG.pathOnly) return "probe";
  if (writes || bits & (OPEN_FLAG.create | OPEN_FLAG.truncate)) return "write";
  return bits & OPEN_FLAG.directory ? "list" : "read";
}

function hasFlag(text: string, name: string, bit: number): boolean {
  if (text.includes(name)) return true;
  const raw = /^(?:0x[0-9a-f]+|\d+)/.exec(text)?.[0];
  return raw !== undefined && (Number(raw) & bit) !== 0;
}
