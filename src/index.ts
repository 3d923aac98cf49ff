export { inspect, inspectSources } from "./inspect.ts";
export type { InspectOptions, Progress } from "./inspect-options.ts";
export { type ErrorCode, HostbleedError } from "./model/errors.ts";
export type {
  Artifact,
  FactOutcome,
  Facts,
  Role,
  Side,
  Use,
  Zone,
} from "./model/facts.ts";
export type {
  BuildDescription,
  Cause,
  CauseFlag,
  CauseKind,
  CauseVariable,
  Evidence,
  Finding,
  Group,
  Lack,
  Place,
  Report,
  RuleDescription,
  Summary,
  TraceDescription,
  Undecided,
} from "./model/report.ts";
export type {
  Conditions,
  Judge,
  Judgement,
  Rule,
  RuleId,
  Severity,
  Verdict,
} from "./model/rule.ts";
export type { ReadOptions, TraceSource } from "./model/trace-source.ts";
export { render, reporterNames } from "./render.ts";
export type { ReporterName } from "./report/index.ts";
export {
  builtInPacks,
  compile,
  type ExampleResult,
  loadRulePacks,
  type RulePack,
  testRulePack,
} from "./rules/index.ts";
