import { Command, Option } from "clipanion";
import { parse } from "smol-toml";
import { z } from "zod";
import { commented } from "../fix/comments.ts";
import { EXIT, HostbleedError } from "../model/errors.ts";
import { BaseCommand } from "./base.ts";
import { readInput } from "./read-input.ts";

/** `hostbleed crates`. */
export class CratesCommand extends BaseCommand {
  static override paths = [["crates"]];
  static override readonly synopsis = "Cargo.lock";
  static override usage = Command.Usage({
    description: "the BitBake lines that fetch each crate with its checksum",
    details: `
      A cargo that may not use the network builds from what the recipe fetched. Prints the SRC_URI entries and checksums
      of all crates of a Cargo.lock that come from crates.io; those from git are named in a comment, for their own fetcher.
    `,
    examples: [["For a recipe", "$0 crates Cargo.lock > recipes/app/app-crates.inc"]],
  });

  lock = Option.String({ name: "Cargo.lock" });

  override async run(): Promise<number> {
    const text = readInput(this.lock, this.context.cwd);
    const Lock = z.object({
      package: z.array(
        z.object({
          name: z.string(),
          version: z.string(),
          source: z.string().optional(),
          checksum: z
            .string()
            .regex(/^[0-9a-f]{64}$/)
            .optional(),
        }),
      ),
    });
    let lock: ReturnType<typeof Lock.safeParse>;
    try {
      lock = Lock.safeParse(parse(text));
    } catch (error) {
      const { line, column } = error as { readonly line?: number; readonly column?: number };
      throw new HostbleedError(
        "config",
        `${this.lock}${line === undefined ? "" : `:${line}:${column}`}: expected TOML`,
        "give a Cargo.lock, as cargo writes it",
      );
    }
    if (!lock.success)
      throw new HostbleedError(
        "config",
        `${this.lock}: no list of packages`,
        "give a Cargo.lock, as cargo writes it",
      );
    await this.print(bitbakeLines(lock.data.package));
    return EXIT.clean;
  }
}

interface LockedCrate {
  readonly name: string;
  readonly version: string;
  readonly source?: string | undefined;
  readonly checksum?: string | undefined;
}

const CRATES_IO =
  /^(?:registry\+https:\/\/github\.com\/rust-lang\/crates\.io-index|sparse\+https:\/\/index\.crates\.io\/)$/;
/** What a crate's name and version may hold: the lines go into a recipe, which BitBake evaluates. */
const PLAIN = /^[\w.+-]+$/;

function* bitbakeLines(crates: readonly LockedCrate[]): Iterable<string> {
  const fetched = crates.filter(
    ({ name, version, source = "", checksum }) =>
      CRATES_IO.test(source) && checksum !== undefined && PLAIN.test(name) && PLAIN.test(version),
  );
  yield 'SRC_URI += " \\\n';
  for (const { name, version } of fetched) yield `    crate://crates.io/${name}/${version} \\\n`;
  yield '"\n\n';
  for (const { name, version, checksum } of fetched)
    yield `SRC_URI[${name}-${version}.sha256sum] = "${checksum}"\n`;
  for (const { name, version, source } of crates) {
    if (source !== undefined && !CRATES_IO.test(source))
      yield `${commented(`${name} ${version} comes from ${source}`)}\n`;
  }
}
