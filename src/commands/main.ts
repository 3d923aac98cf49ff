import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Cli } from "clipanion";
import { EXIT, HostbleedError } from "../model/errors.ts";
import { version } from "../version.ts";
import type { CommandContext } from "./context.ts";
import { fail } from "./failure.ts";
import { commandHelp, generalHelp, knownOptions } from "./help.ts";
import { COMMANDS } from "./index.ts";
import { optionProblem } from "./option-problem.ts";
import { print } from "./output.ts";
import { suggestion } from "./suggestion.ts";

/** The program: arguments in, exit code out. Only the command that is called gets loaded. */
export async function main(argv: readonly string[], context: CommandContext): Promise<number> {
  try {
    return await dispatch(argv, context);
  } catch (error) {
    return fail(error, context);
  }
}

async function dispatch(argv: readonly string[], context: CommandContext): Promise<number> {
  const [name] = argv;
  const entry = name === undefined ? undefined : lookUp(name);
  if (entry !== undefined) return runCommand(argv, await entry.load(), context);
  if (name === "--version" || name === "-V") {
    await print(context.stdout, [`${version()}\n`]);
    return EXIT.clean;
  }
  if (name === "--help" || name === "-h" || name === "help") {
    const about = argv[1] === undefined ? undefined : lookUp(argv[1]);
    if (about !== undefined)
      return runCommand([...argv.slice(1), "--help"], await about.load(), context);
    if (argv[1] !== undefined && !argv[1].startsWith("-")) throw unknownCommand(argv[1], context);
    await print(context.stdout, [generalHelp(COMMANDS)]);
    return EXIT.clean;
  }
  if (name === undefined) {
    context.stderr.write(generalHelp(COMMANDS));
    return EXIT.usage;
  }
  throw unknownCommand(name, context);
}

function unknownCommand(name: string, { cwd }: CommandContext): HostbleedError {
  const isOption = name.startsWith("-");
  const isTrace = !isOption && existsSync(resolve(cwd, name));
  return new HostbleedError(
    "usage",
    `unknown ${isOption ? "option before the command" : "command"} ${name}${suggestion(name, Object.keys(COMMANDS))}`,
    isOption
      ? `options stand behind the command: hostbleed check ${name}`
      : isTrace
        ? `to judge a trace: hostbleed check ${name}`
        : `the commands are ${Object.keys(COMMANDS).join(", ")}`,
  );
}

function lookUp(name: string): (typeof COMMANDS)[string] | undefined {
  return Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
}

type Classes = Awaited<ReturnType<(typeof COMMANDS)[string]["load"]>>;

async function runCommand(
  argv: readonly string[],
  classes: Classes,
  context: CommandContext,
): Promise<number> {
  const { Cli } = await import("clipanion");
  const cli = new Cli<CommandContext>({ binaryName: "hostbleed" });
  for (const each of classes) cli.register(each);
  if (wantsHelp(argv)) {
    await print(context.stdout, [commandHelp(cli, classes, argv)]);
    return EXIT.clean;
  }
  // clipanion lets empty words pass, which then are this folder, or the file of no name.
  if (beforeDashes(argv).some((word) => word === "" || /^-[^=]+=$/.test(word)))
    throw usageError(new Error("an empty word"), argv, { cli, classes });
  let command: ReturnType<typeof cli.process>;
  try {
    command = cli.process([...argv], context);
  } catch (error) {
    throw subcommandError(argv, classes) ?? usageError(error, argv, { cli, classes });
  }
  return (await command.execute()) ?? EXIT.clean;
}

/** For `hostbleed rules`, which needs a second word. */
function subcommandError(argv: readonly string[], classes: Classes): HostbleedError | undefined {
  const [first = "", word = ""] = argv;
  const second = classes.flatMap(({ paths }) => paths?.map((path) => path[1]) ?? []);
  const names = second.filter((name) => name !== undefined);
  if (names.length === 0 || names.includes(word)) return undefined;
  return new HostbleedError(
    "usage",
    `${first}: expected one of ${names.join(", ")}${word === "" ? "" : `, not ${word}`}${suggestion(word, names)}`,
    `see hostbleed ${first} --help`,
  );
}

/** clipanion's own complaint, in one line, with the option that was meant. */
function usageError(
  error: unknown,
  argv: readonly string[],
  { cli, classes }: { readonly cli: Cli<CommandContext>; readonly classes: Classes },
): HostbleedError {
  const hint =
    argv[0] === "run" && !argv.includes("--")
      ? "what stands behind -- is the command's: hostbleed run -- make -j8"
      : `see hostbleed ${argv[0]} --help`;
  const problem = optionProblem(beforeDashes(argv), knownOptions(cli));
  if (problem !== null) return new HostbleedError("usage", problem, hint);
  const { message } = error as Error;
  const called = classes.find(({ paths }) =>
    paths?.some((path) => path.every((word, at) => word === argv[at])),
  );
  // clipanion counts arguments without saying which.
  if (called !== undefined && /positional argument|Command not found/.test(message)) {
    const path = called.paths?.[0]?.join(" ") ?? "";
    return new HostbleedError("usage", `expected: hostbleed ${path} ${called.synopsis}`, hint);
  }
  return new HostbleedError("usage", message.split("\n")[0] ?? message, hint);
}

function wantsHelp(argv: readonly string[]): boolean {
  return beforeDashes(argv).some((word) => word === "--help" || word === "-h");
}

/** What stands before `--`: behind it, nothing is an option of ours. */
function beforeDashes(argv: readonly string[]): readonly string[] {
  const dashes = argv.indexOf("--");
  return dashes < 0 ? argv : argv.slice(0, dashes);
}
