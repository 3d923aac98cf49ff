import type { Finding, Group, Report } from "../model/report.ts";
import { blocksFor, type Vocabulary } from "./document.ts";
import { BITBAKE } from "./formats/bbclass.ts";
import { SHELL } from "./formats/shell.ts";
import { prose } from "./prose.ts";
import { providerOf } from "./providers.ts";
import { remediesFor } from "./remedies/index.ts";
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

/** What Debian calls the machines that its cross compilers build for (dpkg's tupletable). */
const DEBIAN_MACHINES: Readonly<Record<string, string>> = {
  "aarch64-linux-gnu": "arm64",
  "arm-linux-gnueabi": "armel",
  "arm-linux-gnueabihf": "armhf",
  "i686-linux-gnu": "i386",
  "mips64el-linux-gnuabi64": "mips64el",
  "powerpc64le-linux-gnu": "ppc64el",
  "riscv64-linux-gnu": "riscv64",
  "s390x-linux-gnu": "s390x",
  "x86_64-linux-gnu": "amd64",
};

/** Without a sysroot, a cross compiler of Debian's finds what is installed beside the host's own packages. */
const PLAIN: Vocabulary = {
  ...SHELL.vocabulary,
  depend: ({ file }, { sysroot, target }) => {
    const machine = DEBIAN_MACHINES[target ?? ""];
    const name = providerOf(file)?.debian ?? null;
    if (sysroot !== null || machine === undefined || name === null) return null;
    return lines(`apt-get install ${name}:${machine}`);
  },
};

const IDIOMS: Readonly<Record<Idiom, Vocabulary>> = {
  yocto: BITBAKE.vocabulary,
  buildroot: BUILDROOT,
  plain: PLAIN,
};

/** The groups of a report with the lines that close each, in the words of its build system. */
export function advised(
  groups: readonly Group[],
  report: Pick<Report, "build" | "findings" | "rules">,
): readonly Group[] {
  const site = siteOf(report);
  return groups.map((group) => {
    const findings = report.findings.filter((finding) => finding.group === group.id);
    return { ...group, ...linesFor(group, findings, report, site) };
  });
}

function linesFor(
  group: Group,
  findings: readonly Finding[],
  report: Pick<Report, "rules">,
  site: Site,
): Pick<Group, "fix" | "words"> {
  // By blocks, since functions of a recipe have lines in common.
  const said = new Map<string, readonly string[]>();
  const words = new Set<string>();
  for (const remedy of remediesFor(group, findings, report, site)) {
    const blocks = blocksFor(remedy, site, IDIOMS[site.idiom]);
    const inWords = blocks === null ? [prose(remedy, site)] : [];
    for (const each of inWords) words.add(each);
    const texts = blocks?.map((block) => block.lines) ?? [inWords];
    for (const text of texts) said.set(text.join("\n"), text);
  }
  const fix: string[] = [];
  for (const text of said.values()) {
    if (fix.length > 0 && fix.length + text.length > MOST_LINES) break;
    fix.push(...text);
  }
  const inWords = fix.filter((line) => words.has(line));
  return inWords.length === 0 ? { fix } : { fix, words: inWords };
}

function lines(
  ...all: readonly string[]
): readonly { section: string; lines: readonly string[] }[] {
  return all.map((line) => ({ section: "", lines: [line] }));
}
