import type { ByteString } from "../../model/byte-string.ts";
import { mergeUsr } from "../../model/path.ts";
import type { PathId, PathTable } from "../../model/path-table.ts";
import type { Sighting } from "../../model/sighting.ts";
import type { Zones } from "../layout/zones.ts";

/** What the log shows: names, who is there, and what was taken. */
export interface Shown {
  readonly paths: PathTable;
  readonly classes: { seen(path: PathId): boolean | null };
  readonly sightings: { all(): readonly Pick<Sighting, "use" | "path">[] };
}

/**
 * Debian's /usr/include is one folder for all machines: zlib1g-dev:arm64 puts the very zlib.h there that zlib1g-dev:amd64
 * does, and only a package's libraries and .pc files lie below the machine's own name. A build without a sysroot may use
 * such a header where it took something of the target's packages; that only the host's is installed shows by a
 * library that the target's linker found nowhere, or where all that the target has keeps its headers under its own name.
 */
export class SharedHeaders {
  /** Words of the target's libraries and .pc files that were taken: a stat of all that lies in a folder takes nothing. */
  readonly #packages: Set<string> = new Set();
  /** Words of the headers below the target's own name. */
  readonly #own: Set<string> = new Set();
  /** Words of libraries that were looked for below the target's own name, and were not there. */
  readonly #missing: Set<string> = new Set();
  readonly #hasShared: boolean;

  constructor({ paths, classes, sightings }: Shown, zones: Zones) {
    if (zones.layout.sysroots.length === 0) {
      for (const { use, path } of sightings.all())
        if (use === "link" || use === "configure") this.#take(paths.text(path), zones);
      for (let id = 1; id < paths.size; id++) this.#look(paths.text(id), classes.seen(id), zones);
    }
    for (const word of this.#packages) this.#missing.delete(word);
    const own = [...this.#own];
    this.#hasShared = [...this.#packages].some((word) => !own.some((name) => isAkin(word, name)));
  }

  /** True for a header in /usr/include that a package of the target has put there, as far as the log tells. */
  has(path: ByteString): boolean {
    const family = SHARED.exec(path)?.[1];
    if (family === undefined) return false;
    const word = wordOf(family);
    const akin = (name: string) => isAkin(word, name);
    if ([...this.#packages, ...this.#own].some(akin)) return true;
    return this.#hasShared && ![...this.#missing].some(akin);
  }

  #take(text: ByteString, zones: Zones): void {
    const { library, pc } = targets(text, zones);
    if (pc !== undefined || (library !== undefined && !RUNTIME.test(library)))
      this.#packages.add(wordOf(library ?? pc ?? ""));
  }

  #look(text: ByteString, there: boolean | null, zones: Zones): void {
    if (there === null) return;
    const { library, header } = targets(text, zones);
    if (header !== undefined && there) this.#own.add(wordOf(header));
    if (library !== undefined && !there && !RUNTIME.test(library))
      this.#missing.add(wordOf(library));
  }
}

/** What a path below the target's own name is of; nothing for other paths. */
function targets(text: ByteString, zones: Zones): Partial<Record<string, string>> {
  const path = mergeUsr(text);
  const match = TARGETS.exec(path);
  return match !== null && zones.hasTargetTriple(path) ? (match.groups ?? {}) : {};
}

/** Which folder or file of /usr/include it is; a compiler's own C++ headers are no package's. */
const SHARED = /^\/usr\/include\/((?!c\+\+\/|[^/]+-linux-)[^/]+)/;
/** What -dev packages have below a triple: the link that a linker looks for, an archive, a .pc file, headers. */
const TARGETS =
  /^\/usr\/(?:lib\/[^/]+\/(?:lib(?<library>[^/]+)\.(?:so|a)|pkgconfig\/(?<pc>[^/]+)\.pc)$|include\/[^/]+\/(?<header>[^/]+))/;
/** The C library's and the compiler's: each cross compiler brings them along. */
const RUNTIME =
  /^(?:c|m|mvec|pthread|dl|rt|util|resolv|anl|crypt|nsl|c_nonshared|BrokenLocale|gcc\w*|stdc\+\+\w*|supc\+\+|atomic|gomp|[alt]san|hwasan|ubsan|itm|quadmath|ssp\w*|gfortran)$/;

/** What names of one package have in common: `libxml2`, `libxml-2.0`, `xml2.h`. */
function wordOf(name: string): string {
  const word = name
    .toLowerCase()
    .replace(/\.h(?:h|pp|xx)?$/, "")
    .replace(/^lib(?=.)/, "")
    .replace(/(?<![-._\d])[-._\d]+$/, "");
  return word.replace(/(?<=.)lib$/, "");
}

/** `openssl` and `ssl`, `zconf` and `z`: one holds the other, a very short one at its beginning. */
function isAkin(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length < 3 ? long.startsWith(short) : long.includes(short);
}
