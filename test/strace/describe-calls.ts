import { toText } from "../../src/model/byte-string.ts";
import type { FdArgument, ListArgument, StringArgument, Syscall } from "../../src/model/syscall.ts";
import type { SyscallSink } from "../../src/model/syscall-sink.ts";

/** A sink that writes one line for each thing that it is told. */
export class DescribingSink implements SyscallSink {
  readonly lines: string[] = [];

  entered(call: Syscall): void {
    this.lines.push(`${describe(call)} ...`);
  }

  finished(call: Syscall): void {
    const result = call.pending ? "= never" : `= ${call.result ?? "?"}`;
    const notes = [
      call.errno,
      call.resultPath === null ? null : `at ${quoted(call.resultPath)}`,
      call.resultPid === null ? null : `pid ${call.resultPid}`,
      call.injected ? "injected" : null,
      call.restarted ? "restarted" : null,
    ].filter((note) => note !== null);
    this.lines.push([describe(call), result, ...notes].join(" "));
  }

  exited(pid: number | null, status: number | null, line: number): void {
    this.lines.push(`${line}: ${pid ?? "-"} exited ${status}`);
  }

  killed(pid: number | null, line: number): void {
    this.lines.push(`${line}: ${pid ?? "-"} killed`);
  }

  superseded(pid: number | null, by: number, line: number): void {
    this.lines.push(`${line}: ${pid ?? "-"} superseded by ${by}`);
  }

  attached(pid: number, line: number): void {
    this.lines.push(`${line}: ${pid} attached`);
  }

  detached(pid: number, line: number): void {
    this.lines.push(`${line}: ${pid} detached`);
  }

  lost(pid: number | null, name: string, result: number | null, line: number): void {
    this.lines.push(`${line}: ${pid ?? "-"} lost ${name} = ${result ?? "?"}`);
  }
}

function describe(call: Syscall): string {
  const lines = call.endLine === call.line ? `${call.line}` : `${call.line}-${call.endLine}`;
  const pid = call.endPid === null ? `${call.pid ?? "-"}` : `${call.pid}>${call.endPid}`;
  const time = call.time === null ? [] : [`@${call.time}`];
  const fields: [string, string | undefined][] = [
    ["dirfd", fd(call.dirfd)],
    ["path", text(call.path)],
    ["dirfd2", fd(call.dirfd2)],
    ["path2", text(call.path2)],
    ["target", text(call.target)],
    ["fd", fd(call.fd)],
    ["flags", call.flags],
    ["argv", list(call.argv)],
    ["env", call.envCount === undefined ? list(call.env) : `${call.envCount}`],
    ["out", text(call.out)],
    ["content", text(call.content)],
    ["size", call.size === undefined ? undefined : `${call.size}`],
    ["address", call.address],
    ["made", call.made?.map(fd).join(" ")],
  ];
  const known = fields.flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  return [`${lines}:`, pid, ...time, call.name, ...known].join(" ");
}

function text(argument: StringArgument | undefined): string | undefined {
  return argument && quoted(argument.bytes) + (argument.truncated ? "..." : "");
}

function quoted(bytes: string): string {
  return JSON.stringify(toText(bytes));
}

function fd(argument: FdArgument | undefined): string | undefined {
  if (!argument) return undefined;
  if (!argument.annotated) return `${argument.fd ?? "?"}`;
  return `${argument.fd}<${argument.path === null ? "" : toText(argument.path)}>`;
}

function list(argument: ListArgument | undefined): string | undefined {
  return argument && `[${argument.items.map(text).join(" ")}${argument.truncated ? " ..." : ""}]`;
}
