import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { complaints } from "./complaints.ts";
import { measure } from "./measure.ts";
import { SHAPES } from "./shapes.ts";

const USAGE = `usage: npm run soak -- [--only WORDS] [--share 1]

Judges each shape of log (${SHAPES.map(({ name }) => name).join("; ")})
at a quarter of its size and at its size, times the share.
`;
const PROGRAM = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    share: { type: "string", default: "1" },
    help: { type: "boolean", short: "h" },
  },
});
const shapes = SHAPES.filter(({ name }) => name.includes(values.only));
const share = Number(values.share);
if (values.help || shapes.length === 0 || !(share > 0)) {
  process.stderr.write(USAGE);
  process.exitCode = 2;
} else {
  for (const shape of shapes) {
    const sizes = [0.25, 1].map((part) => Math.ceil(shape.large * share * part));
    const runs = [];
    for (const size of sizes) {
      try {
        const run = { size, ...(await measure([PROGRAM], shape, size)) };
        runs.push(run);
        process.stdout.write(
          `${shape.name}: ${size} ${shape.unit}, ${(run.bytes / 1e6).toFixed(0)} MB, ${run.seconds.toFixed(1)} s, ${run.memory.toFixed(0)} MiB, ${run.descriptors} descriptors\n`,
        );
      } catch (error) {
        process.stdout.write(`${shape.name}: ${size} ${shape.unit}: ${(error as Error).message}\n`);
        process.exitCode = 1;
      }
    }
    for (const complaint of complaints(shape, runs)) {
      process.stdout.write(`  ✗ ${complaint}\n`);
      process.exitCode = 1;
    }
  }
}
