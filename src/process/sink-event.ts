import type { Syscall } from "../model/syscall.ts";
import type { SyscallSink } from "../model/syscall-sink.ts";

/** One call of a {@link SyscallSink}, kept for later. */
export type SinkEvent =
  | { readonly kind: "entered" | "finished"; readonly call: Syscall }
  | {
      readonly kind: "exited";
      readonly pid: number | null;
      readonly status: number | null;
      readonly line: number;
    }
  | {
      readonly kind: "killed";
      readonly pid: number | null;
      readonly line: number;
    }
  | {
      readonly kind: "superseded";
      readonly pid: number | null;
      readonly by: number;
      readonly line: number;
    }
  | {
      readonly kind: "attached" | "detached";
      readonly pid: number;
      readonly line: number;
    }
  | {
      readonly kind: "lost";
      readonly pid: number | null;
      readonly name: string;
      readonly result: number | null;
      readonly line: number;
    };

/** Makes the call that `event` stands for. */
export function deliver(event: SinkEvent, sink: SyscallSink): void {
  switch (event.kind) {
    case "entered":
      sink.entered(event.call);
      break;
    case "finished":
      sink.finished(event.call);
      break;
    case "exited":
      sink.exited(event.pid, event.status, event.line);
      break;
    case "killed":
      sink.killed(event.pid, event.line);
      break;
    case "superseded":
      sink.superseded(event.pid, event.by, event.line);
      break;
    case "attached":
      sink.attached(event.pid, event.line);
      break;
    case "detached":
      sink.detached(event.pid, event.line);
      break;
    case "lost":
      sink.lost(event.pid, event.name, event.result, event.line);
      break;
  }
}

/** A sink that hands everything on as {@link SinkEvent}s. */
export class EventSink implements SyscallSink {
  readonly #take: (event: SinkEvent) => void;

  constructor(take: (event: SinkEvent) => void) {
    this.#take = take;
  }

  entered(call: Syscall): void {
    this.#take({ kind: "entered", call });
  }

  finished(call: Syscall): void {
    this.#take({ kind: "finished", call });
  }

  exited(pid: number | null, status: number | null, line: number): void {
    this.#take({ kind: "exited", pid, status, line });
  }

  killed(pid: number | null, line: number): void {
    this.#take({ kind: "killed", pid, line });
  }

  superseded(pid: number | null, by: number, line: number): void {
    this.#take({ kind: "superseded", pid, by, line });
  }

  attached(pid: number, line: number): void {
    this.#take({ kind: "attached", pid, line });
  }

  detached(pid: number, line: number): void {
    this.#take({ kind: "detached", pid, line });
  }

  lost(pid: number | null, name: string, result: number | null, line: number): void {
    this.#take({ kind: "lost", pid, name, result, line });
  }
}

/** The pid that an event is about; null where the log does not show it. */
export function pidOf(event: SinkEvent): number | null {
  return "call" in event ? (event.call.endPid ?? event.call.pid) : event.pid;
}
