import type { ByteString } from "../../model/byte-string.ts";
import { ARTIFACTS, type Artifact } from "../../model/facts.ts";
import { below, isWithin } from "../../model/path.ts";
import type { PathId, PathTable } from "../../model/path-table.ts";
import { artifactOf, isPlugin, isPreprocessed, stemOf } from "../names/artifacts.ts";
import { type Clue, clueOf } from "../names/clues.ts";
import { isConsulted, isPersonal } from "../names/consulted.ts";
import { isForeignHome, placeOf } from "../names/places.ts";
import type { Journal } from "./journal.ts";
import type { Links } from "./links.ts";
import { isLibc, isLoaderFile, isShared, isSign } from "./loader.ts";

const KNOWN = 1;
const FOREIGN = 2;
const BINARY = 4;
const EXISTS = 8;
const MISSING = 16;
const LOADER_KNOWN = 32;
const LOADER_FILE = 64;
const SHARED = 128;
const CLUE_KNOWN = 256;
const COMPILER_CLUE = 512;
const SYSROOT_CLUE = 1024;
const ARTIFACT_KNOWN = 2048;
const PLUGIN = 4096;
const LIBC = 8192;
const SIGN = 16_384;
const EVERYDAY = 32_768;
/** Where the index of the artifact begins. */
const ARTIFACT_SHIFT = 16;
const ARTIFACT_MASK = 15;
const CONSULTED = 1 << 20;

/** A build has a chroot or two; a hostile log has any number. */
const MOST_ROOTS = 16;

const HIERARCHY = /^\/(?:usr|lib|lib32|lib64|libx32|bin|sbin|etc|opt|var|snap|boot|nix|gnu|sw)\//;
/**
 * What every tool reads, and no product holds unless somebody copies it: locales, time zones, resolver files, CA
 * certificates; sssd's and SELinux's files on Fedora, which is where `install` asks for owners and labels; Nix's and
 * Guix's locales.
 */
const NOISE =
  /^\/(?:usr\/(?:lib|share)\/locale\/|usr\/share\/(?:locale|zoneinfo|terminfo|i18n|misc\/magic|crypto-policies\/)|(?:usr|(?:nix|gnu)\/store\/[^/]+)\/lib(?:64)?\/(?:[^/]+\/)?gconv\/|(?:nix|gnu)\/store\/[^/]+\/lib\/locale\/|(?:usr\/)?etc\/(?:localtime|nsswitch\.conf|passwd|group|hosts?(?![a-z])|host\.conf|resolv\.conf|ld\.so\.(?!conf\.d\/)|mtab|ssl\/|pki\/|crypto-policies\/|authselect\/|selinux\/|sandbox\.|krb5\.conf|locale\.alias|os-release|lsb-release|debian_version|magic|mime\.types|inputrc|terminfo|gai\.conf|protocols|services)|usr\/lib\/os-release|usr\/lib\/ssl\/|usr\/local\/cuda[^/]*\/(?:include\/cuda\.h$|version)|var\/(?:cache|log|lib\/sss)\/|var\/tmp\/)/;

/**
 * What is known of each path by its id: computed once per distinct path, five bytes each, since a build opens the
 * same few thousand files millions of times.
 */
export class PathClasses {
  readonly #paths: PathTable;
  #bits: Uint32Array = new Uint32Array(1 << 16);
  #quotes: Uint8Array = new Uint8Array(1 << 16);
  readonly #followed: Map<PathId, PathId> = new Map();
  #linkCount = 0;
  readonly #stems: Map<PathId, string> = new Map();

  /** Roots of processes other than the machine's: what lies there, has its name from there. */
  readonly roots: ByteString[] = [];

  readonly #classify: (text: ByteString) => number;
  readonly #learnClue: (text: ByteString, path: PathId) => number;
  /** Of the paths that are clues. */
  readonly #clues: Map<PathId, Clue> = new Map();

  constructor(
    paths: PathTable,
    nativeSysroots: readonly ByteString[],
    sysroots: readonly ByteString[],
  ) {
    this.#paths = paths;
    this.#classify = (text) => classBits(text, nativeSysroots);
    this.#learnClue = (text, path) => {
      const clue = clueOf(text, sysroots);
      const bits = clueBits(clue);
      if (bits !== 0) this.#clues.set(path, clue);
      return bits;
    };
  }

  /** A process has this root, which may be the machine's. */
  isRoot(root: ByteString): void {
    if (root.length < 2 || this.roots.includes(root) || this.roots.length >= MOST_ROOTS) return;
    this.roots.push(root);
    this.roots.sort((a, b) => b.length - a.length);
  }

  /** False for what can be no leak wherever the sysroot lies: sources, build products, /proc, locales. */
  mayBeForeign(path: PathId): boolean {
    return (this.#classBits(path) & FOREIGN) !== 0;
  }

  /** True for the host's files that every tool reads for itself, and only a copier for others. */
  isEveryday(path: PathId): boolean {
    return (this.#classBits(path) & EVERYDAY) !== 0;
  }

  /** True for what decides something where it is merely read. */
  isConsulted(path: PathId): boolean {
    return (this.#classBits(path) & CONSULTED) !== 0;
  }

  /** What kind of file it is, by its name and place. */
  artifact(path: PathId): Artifact {
    return ARTIFACTS[(this.#artifactBits(path) >>> ARTIFACT_SHIFT) & ARTIFACT_MASK] ?? "other";
  }

  /** True for what programs load into themselves, and link to nothing. */
  isPlugin(path: PathId): boolean {
    return (this.#artifactBits(path) & PLUGIN) !== 0;
  }

  /** What libraries have in common that one search tries: see {@link stemOf}. */
  stem(path: PathId): string {
    let stem = this.#stems.get(path);
    if (stem === undefined) {
      stem = stemOf(this.#paths.text(path));
      this.#stems.set(path, stem);
    }
    return stem;
  }

  /** True for libraries, object files and preprocessed sources. */
  isBinary(path: PathId): boolean {
    return (this.#classBits(path) & BINARY) !== 0;
  }

  /** True for what the dynamic loader reads besides libraries. */
  isLoaderFile(path: PathId): boolean {
    return (this.#loaderBits(path) & LOADER_FILE) !== 0;
  }

  /** True for a name that a shared library has. */
  isShared(path: PathId): boolean {
    return (this.#loaderBits(path) & SHARED) !== 0;
  }

  /** True for the C library. */
  isLibc(path: PathId): boolean {
    return (this.#loaderBits(path) & LIBC) !== 0;
  }

  /** True for a library that tells which program loads it. */
  isSign(path: PathId): boolean {
    return (this.#loaderBits(path) & SIGN) !== 0;
  }

  /** True when the path tells something new of a tracee whose program is unknown. */
  isClue(path: PathId, { tracee, compilerTriple, sysroot }: Journal): boolean {
    if (tracee.program !== null) return false;
    const bits = this.#clueBits(path);
    return (
      ((bits & COMPILER_CLUE) !== 0 && compilerTriple === null) ||
      ((bits & SYSROOT_CLUE) !== 0 && sysroot === null)
    );
  }

  /** True when it tells something of a tracee of which nothing else is known. */
  mayBeClue(path: PathId): boolean {
    return (this.#clueBits(path) & (COMPILER_CLUE | SYSROOT_CLUE)) !== 0;
  }

  /** What a path tells that {@link isClue}; undefined for any other. */
  clue(path: PathId): Clue | undefined {
    return this.#clues.get(path);
  }

  exists(path: PathId): void {
    this.#room(path);
    this.#bits[path] = ((this.#bits[path] ?? 0) & ~MISSING) | EXISTS;
  }

  isMissing(path: PathId): void {
    this.#room(path);
    const bits = this.#bits[path] ?? 0;
    if ((bits & EXISTS) === 0) this.#bits[path] = bits | MISSING;
  }

  /** Whether the trace saw a file there: true, false, or null when nobody looked. */
  seen(path: PathId): boolean | null {
    const bits = this.#bits[path] ?? 0;
    return (bits & EXISTS) !== 0 ? true : (bits & MISSING) !== 0 ? false : null;
  }

  /** How many lines were quoted for a path before this one. */
  quotes(path: PathId): number {
    this.#room(path);
    const before = this.#quotes[path] ?? 0;
    if (before < 255) this.#quotes[path] = before + 1;
    return before;
  }

  /** Where symlinks made or read in this trace lead a path; 0 when nowhere else. Kept per path until another link is known. */
  followed(path: PathId, links: Links): PathId {
    if (links.count === 0) return 0;
    if (links.count !== this.#linkCount) {
      this.#linkCount = links.count;
      this.#followed.clear();
    }
    let real = this.#followed.get(path);
    if (real === undefined) {
      const text = this.#paths.text(path);
      const far = links.follow(text);
      real = far === text ? 0 : this.#paths.intern(far);
      this.#followed.set(path, real);
    }
    return real;
  }

  #classBits(path: PathId): number {
    return this.#learnt(path, KNOWN, this.#classify);
  }

  #artifactBits(path: PathId): number {
    return this.#learnt(path, ARTIFACT_KNOWN, artifactBits);
  }

  #clueBits(path: PathId): number {
    return this.#learnt(path, CLUE_KNOWN, this.#learnClue);
  }

  #loaderBits(path: PathId): number {
    return this.#learnt(path, LOADER_KNOWN, loaderBits);
  }

  /** The bits of a path, with those behind the `known` one looked up the first time. */
  #learnt(path: PathId, known: number, look: (text: ByteString, path: PathId) => number): number {
    const before = this.#bits[path] ?? 0;
    if ((before & known) !== 0) return before;
    this.#room(path);
    const bits = before | known | look(this.#inside(this.#paths.text(path)), path);
    this.#bits[path] = bits;
    return bits;
  }

  #inside(path: ByteString): ByteString {
    for (const root of this.roots) if (isWithin(path, root)) return below(path, root);
    return path;
  }

  #room(path: PathId): void {
    if (path < this.#bits.length) return;
    const size = 2 ** Math.ceil(Math.log2(path + 1));
    const bits = new Uint32Array(size);
    bits.set(this.#bits);
    this.#bits = bits;
    const quotes = new Uint8Array(size);
    quotes.set(this.#quotes);
    this.#quotes = quotes;
  }
}

function classBits(path: ByteString, nativeSysroots: readonly ByteString[]): number {
  const artifact = artifactOf(path);
  const holdsCode = artifact === "library" || artifact === "object" || isPreprocessed(path);
  const binary = holdsCode ? BINARY : 0;
  const everyday = NOISE.test(path);
  const foreign =
    (HIERARCHY.test(path) && !everyday) ||
    isForeignHome(path) ||
    isPersonal(path) ||
    placeOf(path)?.zone === "native-sysroot" ||
    nativeSysroots.some((root) => isWithin(path, root));
  const consulted = foreign && isConsulted(path) ? CONSULTED : 0;
  return binary | consulted | (foreign ? FOREIGN : everyday ? EVERYDAY : 0);
}

function artifactBits(path: ByteString): number {
  const artifact = ARTIFACTS.indexOf(artifactOf(path)) << ARTIFACT_SHIFT;
  return artifact | (isPlugin(path) ? PLUGIN : 0);
}

function clueBits({ compilerTriple, sysroot }: Clue): number {
  return (compilerTriple === null ? 0 : COMPILER_CLUE) | (sysroot === null ? 0 : SYSROOT_CLUE);
}

function loaderBits(path: ByteString): number {
  const shared = isShared(path) ? SHARED : 0;
  const libc = isLibc(path) ? LIBC : 0;
  return shared | libc | (isSign(path) ? SIGN : 0) | (isLoaderFile(path) ? LOADER_FILE : 0);
}
