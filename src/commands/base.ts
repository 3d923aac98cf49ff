import { Command } from "clipanion";
import type { CommandContext } from "./context.ts";
import { fail } from "./failure.ts";
import { print } from "./output.ts";

/**
 * A command that ends with an exit code, whatever happens. Left alone, clipanion prints errors to stdout, where
 * a report may be, and exits with 1, which means leaks.
 */
export abstract class BaseCommand extends Command<CommandContext> {
  /** The usage line's words behind the command's path: `[options] [TRACE...]`. */
  static readonly synopsis: string = "[options]";

  /** Does the work. Errors are told to the user by their kind. */
  abstract run(): Promise<number>;

  override async execute(): Promise<number> {
    try {
      return await this.run();
    } catch (error) {
      return fail(error, this.context);
    }
  }

  /**
   * Writes to stdout; false when nobody reads it any more.
   * @throws {HostbleedError} `report-unwritable`
   */
  protected print(pieces: Iterable<string>): Promise<boolean> {
    return print(this.context.stdout, pieces);
  }
}

/** A command class as the table of commands lists it. */
export type CommandClass = (new () => BaseCommand) &
  Pick<typeof BaseCommand, "synopsis"> & {
    readonly paths?: string[][];
    readonly usage?: NonNullable<typeof BaseCommand.usage>;
  };
