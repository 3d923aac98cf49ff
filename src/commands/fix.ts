import { Command, Option } from "clipanion";
import { FORMATS, isFormat } from "../fix/formats/index.ts";
import { prescribe } from "../fix/prescribe.ts";
import { EXIT, HostbleedError } from "../model/errors.ts";
import { BaseCommand } from "./base.ts";
import { readReport } from "./report-file.ts";
import { suggestion } from "./suggestion.ts";

/** `hostbleed fix`. */
export class FixCommand extends BaseCommand {
  static override paths = [["fix"]];
  static override readonly synopsis = "[--format NAME] REPORT.json";
  static override usage = Command.Usage({
    description: "the settings that close a report's causes",
    details: `
      Prints what the report calls for and nothing else, with its own paths and triples; a comment above each line names
      the findings that it closes. What no setting can change is said in words, as a comment. A REPORT of - is stdin.
    `,
    examples: [
      ["Variables for the build's shell", "$0 fix report.json --format shell > fix.sh"],
      [
        "A class for the recipe",
        "$0 fix report.json --format bbclass > classes/hostbleed-fix.bbclass",
      ],
      ["Settings for cargo", "$0 fix report.json --format cargo >> .cargo/config.toml"],
    ],
  });

  format = Option.String("--format", "env", {
    description: `${Object.keys(FORMATS).join(", ")}; env when not given`,
  });

  reports = Option.Rest({ name: "REPORT" });

  override async run(): Promise<number> {
    const { format, reports } = this;
    if (!isFormat(format))
      throw new HostbleedError(
        "usage",
        `--format ${format}: unknown format ${format}${suggestion(format, Object.keys(FORMATS))}`,
        `the formats are ${Object.keys(FORMATS).join(", ")}`,
      );
    const [file, ...others] = reports;
    if (file === undefined || others.length > 0)
      throw new HostbleedError(
        "usage",
        file === undefined ? "no report given" : "more than one report given",
        "hostbleed fix report.json; hostbleed merge makes one of many",
      );
    const { prescriptions, site } = prescribe(await readReport(file, this.context));
    await this.print([FORMATS[format](prescriptions, site)]);
    return EXIT.clean;
  }
}
