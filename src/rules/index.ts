export { builtInPacks, loadRulePacks } from "./built-in.ts";
export { compile } from "./compile.ts";
export { type ExampleResult, situation, type TestOptions, testRulePack } from "./examples.ts";
export type { Example, RulePack, World } from "./pack.ts";
