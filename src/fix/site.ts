import { parentFolder } from "../model/path.ts";
import type { Report } from "../model/report.ts";
import type { Idiom, Site } from "./remedy.ts";
import { rustTargetOf } from "./rust-target.ts";

/** What a report tells of the place where its remedies apply. */
export function siteOf({ build, findings }: Pick<Report, "build" | "findings">): Site {
  const expected = findings.flatMap(({ expected: each }) => (each === null ? [] : [each.path]));
  const sysroot = mostNamed(build.sysroots, expected);
  return {
    sysroot,
    pkgConfigFolders:
      sysroot === null
        ? foldersBesideHosts(findings)
        : pkgConfigFolders(sysroot, build.target, findings),
    target: build.target,
    rustTarget: rustTargetOf(build.target, findings),
    idiom: idiomOf(build.sysroots.concat(build.buildDirs, build.nativeSysroots)),
  };
}

/** The sysroot that most of the expected files lie in. */
function mostNamed(sysroots: readonly string[], expected: readonly string[]): string | null {
  const amount = (root: string) => expected.filter((path) => path.startsWith(`${root}/`)).length;
  return sysroots.toSorted((a, b) => amount(b) - amount(a) || a.length - b.length)[0] ?? null;
}

/**
 * Where the report expected .pc files and saw them, then where every sysroot has them. A folder below the triple is
 * expected only where the sysroot is seen to have it.
 */
function pkgConfigFolders(
  sysroot: string,
  target: string | null,
  findings: Report["findings"],
): readonly string[] {
  const tripled = `${sysroot}/usr/lib/${target}/pkgconfig`;
  const seen = findings.flatMap(({ expected, kind }) => {
    if (kind !== "pkgconfig" || expected === null) return [];
    const folder = parentFolder(expected.path);
    return folder === tripled || (expected.exists && folder.startsWith(`${sysroot}/`))
      ? [folder]
      : [];
  });
  return [...new Set([...seen, `${sysroot}/usr/lib/pkgconfig`, `${sysroot}/usr/share/pkgconfig`])];
}

/** Without a sysroot, .pc files are expected where Debian keeps the target's, and what all machines share beside them. */
function foldersBesideHosts(findings: Report["findings"]): readonly string[] {
  const own = findings.flatMap(({ expected, kind }) =>
    kind === "pkgconfig" && expected !== null ? [parentFolder(expected.path)] : [],
  );
  return own.length === 0 ? [] : [...new Set([...own, "/usr/share/pkgconfig"])];
}

const IDIOMS: readonly (readonly [Idiom, RegExp])[] = [
  ["yocto", /\/recipe-sysroot(?:-native)?(?:\/|$)|\/tmp(?:-[^/]+)?\/work\/[^/]+-linux/],
  ["buildroot", /\/output\/(?:host|staging|build)(?:\/|$)|-buildroot-linux-/],
];

function idiomOf(folders: readonly string[]): Idiom {
  return IDIOMS.find(([, shape]) => folders.some((folder) => shape.test(folder)))?.[0] ?? "plain";
}
