import type { ByteString } from "../model/byte-string.ts";
import type { FdArgument, ListArgument, StringArgument, Syscall } from "../model/syscall.ts";
import { decodeAddress, decodeSocketPath } from "./address.ts";
import { valueStart } from "./argument-names.ts";
import {
  decodeEnvCount,
  decodeFd,
  decodeFds,
  decodeList,
  decodePath,
  decodeString,
} from "./decode.ts";
import type { Plan } from "./plan.ts";
import type { ResultReader } from "./result.ts";
import { ArgumentScanner } from "./scan.ts";

const splitter = new ArgumentScanner();

/**
 * A call as it was read: what its plan names is decoded. File content, the lists of an exec and the bare arguments
 * are decoded when somebody asks: most execs of a search along PATH fail, and each that is split comes twice.
 */
export class ParsedCall implements Syscall {
  readonly line: number;
  readonly endLine: number;
  readonly pid: number | null;
  readonly endPid: number | null;
  readonly time: number | null;
  readonly text: ByteString;
  readonly name: string;
  dirfd: FdArgument | undefined = undefined;
  path: StringArgument | undefined = undefined;
  dirfd2: FdArgument | undefined = undefined;
  path2: StringArgument | undefined = undefined;
  target: StringArgument | undefined = undefined;
  fd: FdArgument | undefined = undefined;
  flags: string | undefined = undefined;
  envCount: number | undefined = undefined;
  out: StringArgument | undefined = undefined;
  address: string | undefined = undefined;
  size: number | undefined = undefined;
  made: readonly FdArgument[] | undefined = undefined;
  result: number | null = null;
  errno: string | null = null;
  resultPath: ByteString | null = null;
  resultPid: number | null = null;
  injected = false;
  restarted = false;
  pending = false;
  /** The text of the call, both halves joined; its arguments begin at `#at`. */
  readonly #source: ByteString;
  readonly #at: number;
  readonly #skip: number;
  #contentFrom = -1;
  #contentTo = -1;
  #argvFrom = -1;
  #argvTo = -1;
  #argv: ListArgument | undefined = undefined;
  #envFrom = -1;
  #envTo = -1;
  #env: ListArgument | undefined = undefined;

  constructor(
    name: string,
    line: number,
    endLine: number,
    pid: number | null,
    endPid: number | null,
    time: number | null,
    text: ByteString,
    source: ByteString,
    at: number,
    skip: number,
  ) {
    this.name = name;
    this.line = line;
    this.endLine = endLine;
    this.pid = pid;
    this.endPid = endPid;
    this.time = time;
    this.text = text;
    this.#source = source;
    this.#at = at;
    this.#skip = skip;
  }

  get args(): readonly ByteString[] {
    splitter.skip = this.#skip;
    splitter.scan(this.#source, this.#at);
    const args: ByteString[] = [];
    for (let index = 0; index < splitter.count; index++) {
      const from = valueStart(this.name, this.#source, splitter.begin(index));
      args.push(this.#source.slice(from, splitter.close(index)));
    }
    return args;
  }

  get content(): StringArgument | undefined {
    if (this.#contentFrom < 0) return undefined;
    return decodeString(this.#source, this.#contentFrom, this.#contentTo);
  }

  get argv(): ListArgument | undefined {
    if (this.#argvFrom >= 0) this.#argv ??= decodeList(this.#source, this.#argvFrom, this.#argvTo);
    return this.#argv;
  }

  get env(): ListArgument | undefined {
    if (this.#envFrom >= 0) this.#env ??= decodeList(this.#source, this.#envFrom, this.#envTo);
    return this.#env;
  }

  /** Decodes what `plan` names, out of the arguments that `scanner` just found. */
  decode(plan: Plan, scanner: ArgumentScanner): this {
    this.path = this.#string(plan.path, scanner);
    this.dirfd = this.#fd(plan.dirfd, scanner);
    this.fd = this.#fd(plan.fd, scanner);
    this.flags = this.#bare(plan.flags, scanner);
    if (plan.rich) this.#decodeRare(plan, scanner);
    return this;
  }

  /** Takes over what stood behind the arguments. */
  conclude(result: ResultReader): this {
    this.result = result.value;
    this.errno = result.errno;
    this.resultPath = result.path;
    this.resultPid = result.pid;
    this.injected = result.injected;
    this.restarted = result.restarted;
    return this;
  }

  #decodeRare(plan: Plan, scanner: ArgumentScanner): void {
    this.path2 = this.#string(plan.path2, scanner);
    this.dirfd2 = this.#fd(plan.dirfd2, scanner);
    this.target = this.#string(plan.target, scanner);
    this.out = this.#string(plan.out, scanner);
    if (has(plan.content, scanner)) {
      this.#contentFrom = this.#begin(plan.content, scanner);
      this.#contentTo = scanner.close(plan.content);
    }
    const size = Number(this.#bare(plan.size, scanner));
    if (Number.isSafeInteger(size)) this.size = size;
    const address = this.#bare(plan.address, scanner);
    if (address !== undefined) {
      this.path = decodeSocketPath(address);
      this.address = decodeAddress(address);
    }
    if (has(plan.argv, scanner)) {
      this.#argvFrom = this.#begin(plan.argv, scanner);
      this.#argvTo = scanner.close(plan.argv);
    }
    if (has(plan.env, scanner)) {
      const from = this.#begin(plan.env, scanner);
      const to = scanner.close(plan.env);
      // `[/* 24 vars */]` until 4.11: a bracket alone makes no list.
      const spelt = this.#source.startsWith('["', from);
      this.envCount = spelt ? undefined : decodeEnvCount(this.#source, from, to);
      if (this.envCount === undefined) {
        this.#envFrom = from;
        this.#envTo = to;
      }
    }
    if (has(plan.made, scanner)) {
      const from = this.#begin(plan.made, scanner);
      this.made = decodeFds(this.#source, from, scanner.close(plan.made), this.#skip);
    }
  }

  #begin(index: number, scanner: ArgumentScanner): number {
    return valueStart(this.name, this.#source, scanner.begin(index));
  }

  #string(index: number, scanner: ArgumentScanner): StringArgument | undefined {
    if (!has(index, scanner)) return undefined;
    return decodePath(this.#source, this.#begin(index, scanner), scanner.close(index));
  }

  #fd(index: number, scanner: ArgumentScanner): FdArgument | undefined {
    if (!has(index, scanner)) return undefined;
    const from = this.#begin(index, scanner);
    return decodeFd(this.#source, from, scanner.close(index), this.#skip);
  }

  #bare(index: number, scanner: ArgumentScanner): string | undefined {
    if (!has(index, scanner)) return undefined;
    return this.#source.slice(this.#begin(index, scanner), scanner.close(index));
  }
}

function has(index: number, scanner: ArgumentScanner): boolean {
  return index >= 0 && index < scanner.count;
}
