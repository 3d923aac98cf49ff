/** Which part may know which. Run by layers.test.ts through dependency-cruiser. */
const STAGES = ["input", "strace", "process", "context", "rules", "findings", "report", "record", "fix"];
/** The parts of src/context, in the order in which they work: each may know those before it. */
const CONTEXT = ["names", "observe", "layout", "facts"];

module.exports = {
  forbidden: [
    {
      name: "model-imports-nothing",
      comment: "the nouns of the field know no stage; everything else may know them",
      severity: "error",
      from: { path: "^src/model/" },
      to: { pathNot: "^src/model/" },
    },
    ...STAGES.map((stage) => ({
      name: `${stage}-knows-no-other-stage`,
      comment: "stages meet in inspect.ts and in commands/, so that each can be read, tested and replaced alone",
      severity: "error",
      from: { path: `^src/${stage}/` },
      to: { path: "^src/", pathNot: `^src/(?:${stage}|model)/` },
    })),
    ...CONTEXT.map((part, at) => ({
      name: `context-${part}-knows-what-comes-before`,
      comment: "names mean the same in every log; facts wait for the whole one",
      severity: "error",
      from: { path: `^src/context/${part}/` },
      to: { path: "^src/context/", pathNot: `^src/context/(?:${CONTEXT.slice(0, at + 1).join("|")})/` },
    })),
    {
      name: "only-commands-speak-to-the-terminal",
      comment: "colour, usage and exit codes are decided once; a library prints nothing",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(?:commands/|program\\.ts$)" },
      to: { path: "^(?:node_modules/)?(?:chalk|clipanion)" },
    },
    {
      name: "nobody-imports-commands",
      comment: "the command line stands on top",
      severity: "error",
      from: { pathNot: "^src/(?:commands/|program\\.ts$)" },
      to: { path: "^src/commands/" },
    },
    {
      name: "few-touch-files",
      comment: "a judgement must not depend on a disk that the trace was not made on",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(?:input|record|config|commands)/|^src/rules/(?:load|built-in|bundle)\\.ts$|^src/findings/baseline|^src/strace/fast/|^src/(?:disk|version|joined-program)\\.ts$" },
      to: { path: "^(?:node:)?fs(?:/promises)?$" },
    },
    {
      name: "schemas-stay-at-the-door",
      comment: "zod and yaml cost 60 ms of start-up: only what reads an outside shape loads them",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(?:rules|commands/config)/|^src/report/schema|^src/findings/baseline|^src/fix/|^src/commands/crates\\.ts$" },
      to: { path: "^(?:node_modules/)?(?:zod|yaml)(?:/|$)" },
    },
    {
      name: "no-cycles",
      comment: "data flows one way; two types may know each other, since types are gone when data flows",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { extensions: [".ts", ".js", ".json"] },
  },
};
