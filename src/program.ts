import { processContext } from "./commands/context.ts";
import { main } from "./commands/main.ts";
import { EXIT } from "./model/errors.ts";
import { tuneV8 } from "./v8-flags.ts";

// In the single file, nobody did before.
tuneV8();
// Who writes learns of a broken pipe by itself; unheard, the event would end the process with a stack.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

// clipanion asks Node for colours, which then says on stderr that it ignores NO_COLOR. We do not.
if (process.env.NO_COLOR && process.env.FORCE_COLOR) process.removeAllListeners("warning");

// Should nothing be left to wait for before there is an answer: none must not pass for a clean one.
process.exitCode = EXIT.input;
// Not process.exit(): a pipe may still hold what was written.
void main(process.argv.slice(2), processContext()).then((code) => {
  process.exitCode = code;
});
