import { resolve } from "node:path";
import { machineOfTriple } from "../../context/names/machines.ts";
import type { Overrides } from "../../findings/overrides.ts";
import { HostbleedError } from "../../model/errors.ts";
import type { Severity } from "../../model/rule.ts";
import type { ReporterName } from "../../report/index.ts";
import { environmentLayer, strayVariables } from "./environment.ts";
import { findConfig, readConfig } from "./file.ts";
import { flagLayer, parseReportFile, type ReportFile, requireReporter } from "./flags.ts";
import { type Layer, mergeLayers } from "./settings.ts";

/** Everything that a run needs to know, from flags, environment and file. Folders are absolute. */
export interface Settings {
  readonly target?: string;
  readonly host?: string;
  readonly sysroots: readonly string[];
  readonly nativeSysroots: readonly string[];
  readonly toolchains: readonly string[];
  readonly buildDirs: readonly string[];
  readonly rulePacks: readonly string[];
  readonly defaultRules: boolean;
  readonly format: ReporterName;
  readonly reports: readonly ReportFile[];
  readonly failOn: Severity | "never";
  readonly baseline: string | null;
  readonly show?: "allowed" | "suppressed";
  readonly redact: boolean;
  readonly strict: boolean;
  readonly color: "auto" | "always" | "never";
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly progress: boolean;
  readonly overrides: Overrides;
  /** For stderr: what in the settings is of no use. */
  readonly warnings: readonly string[];
}

/** Where settings are looked for. */
export interface SettingSources {
  readonly flags: { readonly [Name in keyof Layer]: unknown };
  /** The `--config` option. */
  readonly config: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/**
 * The settings of a run: flags, else HOSTBLEED_* variables, else `hostbleed.yaml`, else the defaults.
 * @throws {HostbleedError} `usage` for flags, `config` for the rest
 */
export async function settle({ flags, config, env, cwd }: SettingSources): Promise<Settings> {
  const fromFlags = flagLayer(flags);
  const fromEnvironment = environmentLayer(env);
  const named = config ?? env.HOSTBLEED_CONFIG;
  const file = named === undefined ? findConfig(cwd) : resolve(cwd, named);
  const fromFile =
    file === null ? null : await readConfig(file, cwd, named === undefined ? "found" : "named");
  const layer = mergeLayers(fromFlags, fromEnvironment, fromFile?.layer ?? {});
  const absolute = (folders: readonly string[] = []) =>
    folders.map((folder) => resolve(cwd, folder));
  const reports = (layer.report ?? []).map((text) =>
    parseReportFile(text, fromFlags.report === undefined ? "HOSTBLEED_REPORT" : "--report"),
  );
  requireDistinct(reports, cwd);
  const rulePacks = layer.rules ?? [];
  const defaultRules = layer["default-rules"] ?? true;
  if (!defaultRules && rulePacks.length === 0)
    throw new HostbleedError(
      "usage",
      "no rules to judge by, so nothing could be found",
      "--no-default-rules goes with --rules PACK",
    );
  return {
    ...(layer.target === undefined ? {} : { target: layer.target }),
    ...(layer.host === undefined ? {} : { host: layer.host }),
    sysroots: absolute(layer.sysroot),
    nativeSysroots: absolute(layer["native-sysroot"]),
    toolchains: absolute(layer.toolchain),
    buildDirs: absolute(layer["build-dir"]),
    rulePacks,
    defaultRules,
    format: requireReporter(layer.format ?? "text"),
    reports: reports.map(({ name, file: path }) => ({ name, file: resolve(cwd, path) })),
    failOn: layer["fail-on"] ?? "error",
    baseline: layer.baseline === undefined ? null : resolve(cwd, layer.baseline),
    ...(layer.show === undefined ? {} : { show: layer.show }),
    redact: layer.redact ?? false,
    strict: layer.strict ?? false,
    color: layer.color ?? "auto",
    quiet: layer.quiet ?? false,
    verbose: layer.verbose ?? false,
    progress: layer.progress ?? true,
    overrides: fromFile?.overrides ?? new Map(),
    warnings: [...strayVariables(env), ...unknownMachines(layer)],
  };
}

/** A name is kept whatever it is, but of most mistakes in one comes a processor that nobody makes. */
function unknownMachines({ target, host }: Layer): readonly string[] {
  return Object.entries({ target, host }).flatMap(([name, triple]) =>
    triple === undefined || machineOfTriple(triple) !== null
      ? []
      : [`${name} ${triple}: no processor that hostbleed knows; the log alone tells the machine`],
  );
}

function requireDistinct(reports: readonly ReportFile[], cwd: string): void {
  const seen = new Set<string>();
  for (const { file } of reports) {
    const place = resolve(cwd, file);
    if (seen.has(place))
      throw new HostbleedError("usage", `two reports would be written to ${file}`);
    seen.add(place);
  }
}
