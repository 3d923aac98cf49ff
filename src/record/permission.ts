import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { HostbleedError } from "../model/errors.ts";
import { statusField } from "./tracees.ts";

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
export function refusal(complaint: string): HostbleedError {
  const last = complaint.trim().split("\n").at(-1) ?? "";
  const remedy = REMEDIES.find(({ applies }) => applies(complaint));
  if (remedy === undefined) return new HostbleedError("strace-refused", last);
  return new HostbleedError("strace-refused", `${last} (${remedy.reason})`, remedy.hint);
}

interface Remedy {
  readonly applies: (complaint: string) => boolean;
  readonly reason: string;
  readonly hint: string;
}

const forbidden = (complaint: string) =>
  /Operation not permitted|Permission denied/.test(complaint);

/** Why ptrace is refused, the surest sign first. */
const REMEDIES: readonly Remedy[] = [
  {
    applies: (complaint) => forbidden(complaint) && (statusField("self", "TracerPid") ?? 0) > 0,
    reason: "this process is traced already, and a process has one tracer",
    hint: "do not run hostbleed run under strace, gdb or another hostbleed run",
  },
  {
    applies: (complaint) => forbidden(complaint) && yamaScope() === 3,
    reason: "Yama forbids all tracing",
    hint: "kernel.yama.ptrace_scope is 3, which only a reboot with another setting changes",
  },
  {
    applies: (complaint) => forbidden(complaint) && yamaScope() === 2,
    reason: "Yama leaves tracing to root",
    hint: "sysctl kernel.yama.ptrace_scope=1, or run as root",
  },
  {
    applies: (complaint) =>
      complaint.includes("attach") && forbidden(complaint) && yamaScope() === 1,
    reason: "Yama lets a process trace only its own children",
    hint: "start the build with hostbleed run -- COMMAND, run as root, or sysctl kernel.yama.ptrace_scope=0",
  },
  {
    applies: (complaint) => forbidden(complaint) && inContainer(),
    reason: "the container may not use ptrace",
    hint: "start it with --cap-add=SYS_PTRACE (docker, podman), or give the pod securityContext.capabilities.add: [SYS_PTRACE]",
  },
  {
    applies: forbidden,
    reason: "ptrace is forbidden here",
    hint: "a seccomp filter or a security module denies it: allow ptrace for this user",
  },
  {
    applies: (complaint) => complaint.includes("Function not implemented"),
    reason: "this kernel or sandbox has no ptrace",
    hint: "gVisor without ptrace and qemu-user cannot trace: build on a real kernel",
  },
];

/** The setting of the Yama security module; null where it is not loaded. */
export function yamaScope(): number | null {
  try {
    return Number(readFileSync("/proc/sys/kernel/yama/ptrace_scope", "latin1"));
  } catch {
    return null;
  }
}

function inContainer(): boolean {
  if (existsSync("/.dockerenv") || existsSync("/run/.containerenv")) return true;
  return process.env.KUBERNETES_SERVICE_HOST !== undefined || process.env.container !== undefined;
}

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
