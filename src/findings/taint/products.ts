import { type ByteString, toText } from "../../model/byte-string.ts";
import { baseName } from "../../model/path.ts";

/** How near to the customer a file is: what is installed or run first, notes of the build system last. */
const RANKS = ["final", "library", "object", "other"] as const;
/** A kind of product, the most important first. */
export type Rank = (typeof RANKS)[number];

const WAYS: readonly RegExp[] = [
  /^\/(?:tmp|var\/tmp|dev|proc|run)\//,
  /\/(?:\.?conftest[^/]*|CMakeScratch|CMakeTmp|meson-private|\.fingerprint|\.ccache|ccache|incremental)(?:\/|$)/,
  /\/(?:config\.(?:log|status|cache)|CMakeError\.log|CMakeOutput\.log|invoked\.timestamp|\.cargo-lock|\.ninja_(?:log|deps)|root-output|stderr)$/,
  /\/go-build\/|\/CMakeFiles\/(?:Progress\/|Makefile2|(?:.*\/)?(?:build\.make|DependInfo\.cmake|depend\.\w+|cmake_clean\w*\.cmake))/,
  /\/CMakeFiles\/\d+\.\d+[^/]*\/|\/CMakeFiles\/[^/]+\.(?:cmake|check_cache|bin|marks|txt)$/,
  /\.(?:d|cmd|marks|lock|log|tmp|swp|dwo|s|i|ii|bc|rmeta|rcgu\.o|stamp|timestamp|pyc)$/,
  /(?:^|\/)(?:\.#|#)|~$|\.tmp\.\w+$|\/rmeta\w+\/|\/st\w{6}$/,
];

const SUFFIXES: readonly (readonly [Rank, RegExp])[] = [
  ["object", /\.(?:o|lo|obj|rs|c|cc|cpp|h|hpp|S|pc)$/],
  ["library", /\.(?:a|la|rlib|lib)$/],
  [
    "final",
    /\.(?:so(?:\.[\d.]+)?|elf|ko|bin|img|hex|efi|dtb|uf2|exe|wic|ext[234]|squashfs|ubifs|cpio(?:\.\w+)?|tar(?:\.\w+)?|tgz|ipk|deb|rpm|apk|swu|raucb|node|itb|fit)$/,
  ],
  ["other", /\.\w*[A-Za-z]\w*$/],
];

/** True for a file that a leak passes through and that nobody ships or looks at. */
export function isWay(path: ByteString): boolean {
  return WAYS.some((pattern) => pattern.test(path));
}

/** What kind of product a file is, by its name. A name without a suffix is a program's. */
export function rankOf(path: ByteString): Rank {
  const name = baseName(path);
  const found = SUFFIXES.find(([, pattern]) => pattern.test(name));
  if (found !== undefined) return found[0];
  return /^(?:Makefile|config|Kconfig|README|cmake_install)/i.test(name) ? "other" : "final";
}

/** A product that a leak reached, and how many works lie between. */
export interface Reached {
  readonly path: ByteString;
  readonly rank: Rank;
  readonly distance: number;
  /** Nobody in the trace made something else of it. */
  readonly last: boolean;
}

/** Products that one finding names. */
const MOST_NAMED = 20;

/**
 * The foremost product paths in the order of a report: final products first, the shortest way first among them. Only
 * the ranks that get a place are sorted: a header of every source file reaches thousands of objects.
 */
export function foremost(reached: Iterable<Reached>): readonly string[] {
  const ranks = new Map<Rank, Reached[]>(RANKS.map((rank) => [rank, []]));
  for (const each of reached) ranks.get(each.rank)?.push(each);
  const named: Reached[] = [];
  for (const each of ranks.values()) {
    if (named.length >= MOST_NAMED) break;
    named.push(...each.sort(byNearness).slice(0, MOST_NAMED - named.length));
  }
  return named.map(({ path }) => toText(path));
}

function byNearness(a: Reached, b: Reached): number {
  return Number(b.last) - Number(a.last) || a.distance - b.distance || (a.path < b.path ? -1 : 1);
}
