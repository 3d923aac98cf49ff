#!/usr/bin/env node
import { joinedProgram, start } from "./joined-program.ts";
import { tuneV8 } from "./v8-flags.ts";

// First of all: bytecode that was made with other flags is refused.
tuneV8();
const joined = joinedProgram();
if (joined === null) await import("./program.ts");
else start(joined);
