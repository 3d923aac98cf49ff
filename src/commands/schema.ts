import { Command, Option } from "clipanion";
import { EXIT, HostbleedError } from "../model/errors.ts";
import { BaseCommand } from "./base.ts";
import { suggestion } from "./suggestion.ts";

/** The JSON schemas, each loaded when asked for. */
const SCHEMAS: Readonly<Record<string, () => Promise<object>>> = {
  report: async () => (await import("../report/schema.ts")).reportJsonSchema(),
  config: async () => (await import("./config/schema.ts")).configJsonSchema(),
  baseline: async () => (await import("./config/baseline-file.ts")).baselineJsonSchema(),
  "rule-pack": async () => (await import("../rules/schema.ts")).packJsonSchema(),
};

/** `hostbleed schema`. */
export class SchemaCommand extends BaseCommand {
  static override paths = [["schema"]];
  static override readonly synopsis = "report | config | baseline | rule-pack";
  static override usage = Command.Usage({
    description: "prints the JSON schema of a file that hostbleed reads or writes, for editors",
    details: `
      An editor checks hostbleed.yaml as it is written when the file's first line names the schema:
      # yaml-language-server: $schema=hostbleed.schema.json
    `,
    examples: [["For an editor", "$0 schema config > hostbleed.schema.json"]],
  });

  name = Option.String({ name: "NAME" });

  override async run(): Promise<number> {
    const load = Object.hasOwn(SCHEMAS, this.name) ? SCHEMAS[this.name] : undefined;
    const names = Object.keys(SCHEMAS);
    if (load === undefined)
      throw new HostbleedError(
        "usage",
        `no schema ${this.name}${suggestion(this.name, names)}`,
        `the schemas are ${names.join(", ")}`,
      );
    await this.print([`${JSON.stringify(await load(), null, 2)}\n`]);
    return EXIT.clean;
  }
}
