import { baseName } from "../../model/path.ts";
import type { CauseVariable, Group } from "../../model/report.ts";
import { shown } from "../quoted.ts";
import type { Remedy, Site } from "../remedy.ts";
import { settingFor } from "../settings.ts";

/** Sets the variables that a cause lacks, and clears those that lead to the host. */
export function variableRemedies({ cause }: Group, site: Site): readonly Remedy[] {
  return cause.variables.flatMap((variable): readonly Remedy[] => {
    const { state, value } = variable;
    const name = settable(variable.name);
    if (name === null || name === "PATH") return [];
    // Without PKG_CONFIG_LIBDIR pkg-config would search the host's own folders.
    if (state === "wrong" && !REPLACES_DEFAULT.test(name)) return [{ act: "clear", name }];
    if (/^BINDGEN_EXTRA_CLANG_ARGS/.test(name) && state === "unset") return [];
    const setting = state === "lost" && value !== null ? value : settingFor(name, site);
    return setting === null ? [] : [{ act: "set", name, value: setting }];
  });
}

/** Variables without which a tool searches the host: one that leads there must lead elsewhere. */
const REPLACES_DEFAULT = /^PKG_CONFIG_(?:LIBDIR|SYSROOT_DIR)/;

/**
 * The name as every shell can set it: build scripts read `NAME_aarch64_unknown_linux_gnu` as well as the spelling
 * with hyphens. Null for a name that no shell takes, which only a hostile trace has.
 */
export function settable(name: string): string | null {
  const plain = name.replaceAll("-", "_");
  return /^[A-Za-z_]\w*$/.test(plain) ? plain : null;
}

/** A setting that an exec drops helps nobody: whoever dropped it must hand it on. */
export function handedOn({ cause }: Group): readonly Remedy[] {
  const lost = cause.variables.filter(({ state }) => state === "lost");
  const at = lost[0]?.at;
  if (lost.length === 0 || at === null || at === undefined) return [];
  const them = lost.length === 1 ? "it" : "them";
  const to = `${shown(baseName(at.program))}, which was started without ${them} (line ${at.line})`;
  return [{ act: "edit", what: `Hand ${listed(lost)} on to ${to}` }];
}

function listed(variables: readonly CauseVariable[]): string {
  return variables.map(({ name }) => shown(name)).join(" and ");
}
