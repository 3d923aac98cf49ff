import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
// What the build made, so that the bytecode goes where that will look for it.
import { BYTECODE_PLACE, joinedProgram, start } from "../dist/joined-program.js";
import { tuneV8 } from "../dist/v8-flags.js";

/*
 * The last step of the build: keeps V8's bytecode of the joined program, of the functions that a check needs. It checks a
 * sample to know them.
 */

const SAMPLE = fileURLToPath(new URL("../samples/cargo-openssl/build.strace.gz", import.meta.url));

tuneV8();
const program = joinedProgram();
if (program === null) throw new Error("join the program first: tsx .ci/join.ts");
process.argv.splice(2, process.argv.length, "check", "--fail-on", "never", SAMPLE);
process.on("exit", () => writeFileSync(BYTECODE_PLACE, program.createCachedData()));
start(program);
