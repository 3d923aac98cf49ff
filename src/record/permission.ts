import { spawn } from "node:child_process";
import { HostbleedError } from "../model/errors.ts";
import { type Circumstances, circumstancesHere } from "./circumstances.ts";

/**
 * Tries strace, with the arguments of the recording, on a command that does nothing: better than to learn
 * from the build's own failure that tracing is forbidden here.
 * @throws HostbleedError `strace-refused`, with the remedy
 */
export async function rehearse(program: string, args: readonly string[]): Promise<void> {
  const { status, complaint } = await outcomeOf(program, [...args, "true"]);
  if (status !== 0) throw refusal(complaint || `strace ended with ${status}`);
}

/** The error for what strace says when it may not trace. */
export function refusal(
  complaint: string,
  here: Circumstances = circumstancesHere(),
): HostbleedError {
  const last = complaint.trim().split("\n").at(-1) ?? "";
  const remedy = REMEDIES.find(({ says, where }) => says.test(complaint) && where(here));
  if (remedy === undefined) return new HostbleedError("strace-refused", last);
  return new HostbleedError("strace-refused", `${last} (${remedy.reason})`, remedy.hint);
}

interface Remedy {
  /** What strace says. */
  readonly says: RegExp;
  readonly where: (here: Circumstances) => boolean;
  readonly reason: string;
  readonly hint: string;
}

const DENIED = /Operation not permitted|Permission denied/;
const DENIED_ATTACH = /attach: .*(?:Operation not permitted|Permission denied)/;

/** Why ptrace is refused, the surest sign first. */
const REMEDIES: readonly Remedy[] = [
  {
    says: /No such process/,
    where: () => true,
    reason: "it has ended",
    hint: "hostbleed run -- COMMAND traces a build from its start",
  },
  {
    says: DENIED,
    where: ({ traced }) => traced,
    reason: "this process is traced already, and a process has one tracer",
    hint: "do not start hostbleed run under strace, gdb or another hostbleed run",
  },
  {
    says: DENIED,
    where: ({ yamaScope }) => yamaScope === 3,
    reason: "Yama forbids all tracing",
    hint: "kernel.yama.ptrace_scope is 3, which only a reboot with another setting changes",
  },
  {
    says: DENIED,
    where: ({ yamaScope }) => yamaScope === 2,
    reason: "Yama leaves tracing to root",
    hint: "run as root, or let root do: sysctl kernel.yama.ptrace_scope=1",
  },
  {
    says: DENIED_ATTACH,
    where: ({ yamaScope }) => yamaScope === 1,
    reason: "Yama lets a process trace only its own children",
    hint: "hostbleed run -- COMMAND needs no permission; to attach, run as root",
  },
  {
    says: DENIED,
    where: ({ container }) => container,
    reason: "the container may not use ptrace",
    hint: "docker run --cap-add=SYS_PTRACE, or securityContext.capabilities.add: [SYS_PTRACE] in a pod",
  },
  {
    says: DENIED_ATTACH,
    where: () => true,
    reason: "it is another user's, or traced already",
    hint: "run as root, or as the user who builds, and end the other tracer",
  },
  {
    says: DENIED,
    where: () => true,
    reason: "ptrace is forbidden here",
    hint: "a seccomp filter or a security module denies it; in a container: --cap-add=SYS_PTRACE",
  },
  {
    says: /Function not implemented/,
    where: () => true,
    reason: "this kernel or sandbox has no ptrace",
    hint: "qemu-user and some sandboxes cannot trace: build on a real kernel",
  },
];

function outcomeOf(
  program: string,
  args: readonly string[],
): Promise<{ readonly status: number | string; readonly complaint: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint += text;
    });
    child.on("error", reject);
    child.on("close", (status, signal) =>
      resolve({ status: status ?? signal ?? "an unknown end", complaint }),
    );
  });
}
