import { describe, expect, test } from "vitest";
import type { Circumstances } from "../../src/record/circumstances.ts";
import { refusal } from "../../src/record/permission.ts";

const plain: Circumstances = { traced: false, yamaScope: null, container: false };
const traceme =
  "strace: test_ptrace_get_syscall_info: PTRACE_TRACEME: Operation not permitted\n" +
  "strace: ptrace(PTRACE_TRACEME, ...): Operation not permitted\n";
const seize = "strace: attach: ptrace(PTRACE_SEIZE, 4711): Operation not permitted\n";

describe("a strace that may not trace", () => {
  test.each([
    ["under another tracer", traceme, { ...plain, traced: true }, "one tracer"],
    ["with Yama at 3", traceme, { ...plain, yamaScope: 3 }, "reboot"],
    ["with Yama at 2", traceme, { ...plain, yamaScope: 2 }, "ptrace_scope=1"],
    ["in a container", traceme, { ...plain, container: true }, "--cap-add=SYS_PTRACE"],
    ["for no known reason", traceme, plain, "seccomp filter"],
    ["when it attaches, with Yama at 1", seize, { ...plain, yamaScope: 1 }, "own children"],
    ["when it attaches to another user's process", seize, plain, "another user's"],
    [
      "when it attaches to a process that has ended",
      "strace: attach: ptrace(PTRACE_SEIZE, 4711): No such process\n",
      plain,
      "it has ended",
    ],
    [
      "in a sandbox without ptrace",
      "strace: ptrace(PTRACE_TRACEME, ...): Function not implemented\n",
      plain,
      "no ptrace",
    ],
  ] as const)("%s says why, and what helps", (_, complaint, here, words) => {
    const { code, message, hint, exitCode } = refusal(complaint, here);
    expect([code, exitCode]).toEqual(["strace-refused", 3]);
    expect(`${message} ${hint}`).toContain(words);
    expect(message).not.toContain("\n");
  });

  test("for a reason that nobody foresaw gives strace's own words", () => {
    expect(refusal("strace: exec: Exec format error\n", plain).message).toBe(
      "strace: exec: Exec format error",
    );
  });
});
