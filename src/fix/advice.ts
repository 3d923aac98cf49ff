import type { Finding, Group, Report } from "../model/report.ts";
import { blocksFor, type Vocabulary } from "./document.ts";
import { BITBAKE } from "./formats/bbclass.ts";
import { SHELL } from "./formats/shell.ts";
import { remediesFor } from "./prescribe.ts";
import { prose } from "./prose.ts";
import { providerOf } from "./providers.ts";
import type { Idiom, Site } from "./remedy.ts";
import { siteOf } from "./site.ts";

const MOST_LINES = 8;

/** How a Buildroot package says what is not an environment variable's business (its manual, "adding packages"). */
const BUILDROOT: Vocabulary = {
  ...SHELL.vocabulary,
  set: (remedy, site) =>
    remedy.name.startsWith("PKG_CONFIG_")
      ? lines(
          "<PKG>_DEPENDENCIES += host-pkgconf",
          "$(TARGET_MAKE_ENV) $(TARGET_CONFIGURE_OPTS) in front of the command that asks",
        )
      : (SHELL.vocabulary.set?.(remedy, site) ?? null),
  sysroot: () => lines("$(MAKE) $(TARGET_CONFIGURE_OPTS) in the package's build commands"),
  depend: ({ file }) => {
    const provider = providerOf(file);
    return provider === null ? null : lines(`<PKG>_DEPENDENCIES += ${provider.recipe}`);
  },
  replace: ({ program }) =>
    /\/(?:pkg-config|pkgconf)$/.test(program)
      ? lines('PKG_CONFIG="$(PKG_CONFIG_HOST_BINARY)"', "<PKG>_DEPENDENCIES += host-pkgconf")
      : null,
};

const IDIOMS: Readonly<Record<Idiom, Vocabulary>> = {
  yocto: BITBAKE.vocabulary,
  buildroot: BUILDROOT,
  plain: SHELL.vocabulary,
};

/** The groups of a report with the lines that close each, in the words of its build system. */
export function advised(
  groups: readonly Group[],
  report: Pick<Report, "build" | "findings" | "rules">,
): readonly Group[] {
  const site = siteOf(report);
  return groups.map((group) => {
    const findings = report.findings.filter((finding) => finding.group === group.id);
    return { ...group, fix: linesFor(group, findings, report, site) };
  });
}

function linesFor(
  group: Group,
  findings: readonly Finding[],
  report: Pick<Report, "rules">,
  site: Site,
): readonly string[] {
  const said = new Set<string>();
  for (const remedy of remediesFor(group, findings, report, site)) {
    const blocks = blocksFor(remedy, site, IDIOMS[site.idiom]);
    if (blocks === null) said.add(prose(remedy, site));
    else for (const block of blocks) for (const line of block.lines) said.add(line);
  }
  return [...said].slice(0, MOST_LINES);
}

function lines(
  ...all: readonly string[]
): readonly { section: string; lines: readonly string[] }[] {
  return all.map((line) => ({ section: "", lines: [line] }));
}
