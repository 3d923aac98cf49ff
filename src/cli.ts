#!/usr/bin/env node
import { processContext } from "./commands/context.ts";
import { main } from "./commands/main.ts";

// Who writes learns of a broken pipe by itself; unheard, the event would end the process with a stack.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

// Not process.exit(): a pipe may still hold what was written.
process.exitCode = await main(process.argv.slice(2), processContext());
