import type { ByteString } from "../../model/byte-string.ts";
import type { Use } from "../../model/facts.ts";
import { mergeUsr } from "../../model/path.ts";
import type { PathId, PathTable } from "../../model/path-table.ts";
import type { Sighting } from "../../model/sighting.ts";
import type { Zones } from "../layout/zones.ts";
import { isAkin, wordOf } from "./names-akin.ts";

/** What is asked of a log. */
export interface Witnesses {
  readonly paths: PathTable;
  readonly sightings: Iterable<Pick<Sighting, "path" | "use">>;
  /** True for what was looked for, and was not there. */
  isMissing(path: PathId): boolean;
  /** True for what was looked for, and was there. */
  isFound(path: PathId): boolean;
}

/**
 * Debian's /usr/include is one folder for all machines: zlib1g-dev:arm64 puts the very zlib.h there that zlib1g-dev:amd64
 * does, and only a package's libraries and .pc files lie below the machine's own name. A build without a sysroot may use
 * such a header where its tools took files of the target's packages; that only the host's is installed shows by a
 * library that the target's linker found nowhere, or where all that the target has keeps its headers under its own name.
 */
export class SharedHeaders {
  /** Words of the target's libraries and .pc files. */
  readonly #packages: Set<string> = new Set();
  /** Words of the headers below the target's own name. */
  readonly #own: Set<string> = new Set();
  /** Words of libraries that were looked for below the target's own name, and were not there. */
  readonly #missing: Set<string> = new Set();
  /** Words of the scripts that have the target's own name before theirs. */
  readonly #scripts: Set<string> = new Set();
  readonly #hasShared: boolean;

  constructor({ paths, sightings, isMissing, isFound }: Witnesses, zones: Zones) {
    if (zones.layout.sysroots.length === 0) {
      // What was merely listed or looked at says nothing: clang-sys looks at every library in search of libclang.
      for (const { path, use } of sightings)
        if (TAKEN.has(use)) this.#take(namesIn(paths.text(path), zones));
      for (let id = 1; id < paths.size; id++) {
        if (isMissing(id)) this.#miss(namesIn(paths.text(id), zones));
        else if (isFound(id)) this.#find(namesIn(paths.text(id), zones));
      }
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

  /**
   * True for a -config script that a package of the target may have put into /usr/bin, the same for all machines: the
   * target has its library, and no script that answers by the target's own name, beside which the short one is the host's.
   */
  hasScript(path: ByteString): boolean {
    const script = SCRIPT.exec(path)?.[1];
    if (script === undefined) return false;
    const word = wordOf(script);
    return this.#packages.has(word) && !this.#scripts.has(word);
  }

  #take({ library, pc, header }: Names): void {
    if (header !== undefined) this.#own.add(wordOf(header));
    const name = library ?? pc;
    if (name !== undefined) this.#packages.add(wordOf(name));
  }

  #find({ script }: Names): void {
    if (script !== undefined) this.#scripts.add(wordOf(script));
  }

  #miss({ library }: Names): void {
    if (library !== undefined) this.#missing.add(wordOf(library));
  }
}

/** Of a file below the target's triple: what it is named by, if it is of a -dev package. */
interface Names {
  readonly library?: string | undefined;
  readonly pc?: string | undefined;
  readonly header?: string | undefined;
  readonly script?: string | undefined;
}

function namesIn(text: ByteString, zones: Zones): Names {
  const path = mergeUsr(text);
  const names: Names | undefined = TARGETS.exec(path)?.groups;
  if (names === undefined || !zones.hasTargetTriple(path)) return {};
  return names.library !== undefined && RUNTIME.test(names.library) ? {} : names;
}

/** The script of a library, and none that has some machine's name before its own. */
const SCRIPT = /^\/usr\/bin\/((?![^/]+-linux-)[^/]+)-config(?:-[\d.]+)?$/;
/** Uses that tell that a package is there to build with. */
const TAKEN: ReadonlySet<Use> = new Set(["compile", "link", "configure"]);
/** Which folder or file of /usr/include it is; a compiler's own C++ headers are no package's. */
const SHARED = /^\/usr\/include\/((?!c\+\+\/|[^/]+-linux-)[^/]+)/;
/** What -dev packages have below or behind a triple: the link that a linker looks for, an archive, a .pc file, headers, a script. */
const TARGETS =
  /^\/usr\/(?:lib\/[^/]+\/(?:lib(?<library>[^/]+)\.(?:so|a)|pkgconfig\/(?<pc>[^/]+)\.pc)$|include\/[^/]+\/(?<header>[^/]+)|bin\/[^/]+-linux-[^/-]+-(?<script>[^/]+)-config(?:-[\d.]+)?$)/;
/** The C library's and the compiler's: each cross compiler brings them along. */
const RUNTIME =
  /^(?:c|m|mvec|pthread|dl|rt|util|resolv|anl|crypt|nsl|c_nonshared|BrokenLocale|gcc\w*|stdc\+\+\w*|supc\+\+|atomic|gomp|[alt]san|hwasan|ubsan|itm|quadmath|ssp\w*|gfortran)$/;
