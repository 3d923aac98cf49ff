import type { ByteString } from "../model/byte-string.ts";
import type {
  FdArgument,
  ListArgument,
  Signature,
  StringArgument,
  Syscall,
} from "../model/syscall.ts";
import { decodeEnvCount, decodeFd, decodeFds, decodeList, decodeString } from "./decode.ts";
import type { ResultReader } from "./result.ts";
import { ArgumentScanner } from "./scan.ts";
import { valueStart } from "./argument-names.ts";

/** Where a call stands in the log. */
export interface CallPlace {
  readonly line: number;
  readonly endLine: number;
  readonly pid: number | null;
  readonly endPid: number | null;
  readonly time: number | null;
  readonly text: ByteString;
}

const splitter = new ArgumentScanner();

/** A call as it was read: what its signature names is decoded, `args` only when somebody asks. */
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
  argv: ListArgument | undefined = undefined;
  env: ListArgument | undefined = undefined;
  envCount: number | undefined = undefined;
  out: StringArgument | undefined = undefined;
  content: StringArgument | undefined = undefined;
  made: readonly FdArgument[] | undefined = undefined;
  result: number | null = null;
  errno: string | null = null;
  resultPath: ByteString | null = null;
  resultPid: number | null = null;
  injected = false;
  restarted = false;
  pending = false;
  readonly #source: ByteString;
  readonly #at: number;
  readonly #skip: number;

  constructor(name: string, place: CallPlace, source: ByteString, at: number, skip: number) {
    this.name = name;
    this.line = place.line;
    this.endLine = place.endLine;
    this.pid = place.pid;
    this.endPid = place.endPid;
    this.time = place.time;
    this.text = place.text;
    this.#source = source;
    this.#at = at;
    this.#skip = skip;
  }

  get args(): readonly ByteString[] {
    splitter.skip = this.#skip;
    splitter.scan(this.#source, this.#at);
    const args: ByteString[] = [];
    for (let index = 0; index < splitter.count; index++) {
      const [from, to] = argument(splitter, index);
      args.push(this.#source.slice(valueStart(this.name, this.#source, from), to));
    }
    return args;
  }

  /** Decodes what `signature` names, out of the arguments that `scanner` just found. */
  decode(signature: Signature, scanner: ArgumentScanner): this {
    const line = this.#source;
    const at = (index: number | undefined): readonly [number, number] | null => {
      if (index === undefined || index >= scanner.count) return null;
      const [from, to] = argument(scanner, index);
      return [valueStart(this.name, line, from), to];
    };
    const string = (index: number | undefined): StringArgument | undefined => {
      const place = at(index);
      return place ? decodeString(line, place[0], place[1]) : undefined;
    };
    const fd = (index: number | undefined): FdArgument | undefined => {
      const place = at(index);
      return place ? decodeFd(line, place[0], place[1], this.#skip) : undefined;
    };
    this.path = string(signature.path);
    this.dirfd = fd(signature.dirfd);
    this.fd = fd(signature.fd);
    const flags = at(signature.flags);
    if (flags) this.flags = line.slice(flags[0], flags[1]);
    if (signature.path2 !== undefined) this.path2 = string(signature.path2);
    if (signature.dirfd2 !== undefined) this.dirfd2 = fd(signature.dirfd2);
    if (signature.target !== undefined) this.target = string(signature.target);
    if (signature.out !== undefined) this.out = string(signature.out);
    if (signature.content !== undefined) this.content = string(signature.content);
    const argv = at(signature.argv);
    if (argv) this.argv = decodeList(line, argv[0], argv[1]);
    const env = at(signature.env);
    if (env) {
      this.envCount = decodeEnvCount(line, env[0], env[1]);
      if (this.envCount === undefined) this.env = decodeList(line, env[0], env[1]);
    }
    const made = at(signature.made);
    if (made) this.made = decodeFds(line, made[0], made[1], this.#skip);
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
}

function argument(scanner: ArgumentScanner, index: number): readonly [number, number] {
  return [scanner.bounds[index * 2] ?? 0, scanner.bounds[index * 2 + 1] ?? 0];
}
