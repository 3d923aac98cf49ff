import type { ByteString } from "../../model/byte-string.ts";
import { isForeign } from "../../model/facts.ts";
import { baseName } from "../../model/path.ts";
import type { PathId } from "../../model/path-table.ts";
import type { Sighting } from "../../model/sighting.ts";
import { artifactOf } from "../names/artifacts.ts";
import type { Scene } from "./scene.ts";

/**
 * What compilers and linkers took from outside of the build for host tools, and what they took for anybody else: a
 * kernel or boot loader asks the host's pkg-config for the libcrypto of its own signing tools.
 */
export class HostTools {
  readonly #scene: Scene;
  /** Files that host tools took, and nobody else. */
  readonly #own: Set<PathId> = new Set();
  /** Stems of the libraries among them that were linked, with their zones: host-expat is not the host's own expat. */
  readonly #libraries: Set<string> = new Set();
  /** Stems of the folders of the headers among them. */
  readonly #folders: Set<string> = new Set();
  /** Files that compilers or linkers took which are not surely the host's. */
  readonly #others: Set<PathId> = new Set();
  /** Stems of those, and of their folders. */
  readonly #otherNames: Set<string> = new Set();
  /** Stems of what the target's compilers and linkers took, and nobody else anything of. */
  readonly #targetNames: Set<string> = new Set();

  constructor(scene: Scene) {
    this.#scene = scene;
    const elsewhere = new Set<string>();
    for (const { use, path: id, actor } of scene.observer.sightings.all()) {
      const path = scene.paths.text(id);
      const zone = scene.zones.zoneOf(path);
      if ((use !== "link" && use !== "compile") || !isForeign(zone)) continue;
      const side = scene.sides.sideOf(actor);
      if (side !== "host") {
        this.#others.add(id);
        for (const name of stems(path)) {
          this.#otherNames.add(name);
          (side === "target" ? this.#targetNames : elsewhere).add(name);
        }
        continue;
      }
      this.#own.add(id);
      for (const name of stems(path)) elsewhere.add(name);
      if (use === "link" && artifactOf(path) === "library")
        this.#libraries.add(`${zone} ${stem(path)}`);
      else if (use === "compile")
        for (const name of headerFolders(path)) this.#folders.add(`${zone} ${name}`);
    }
    for (const name of elsewhere) this.#targetNames.delete(name);
    for (const path of this.#others) this.#own.delete(path);
    for (const known of [this.#libraries, this.#folders])
      for (const key of known) if (this.#otherNames.has(nameOf(key))) known.delete(key);
  }

  /** True for a file that host tools took, and nobody else. */
  own(path: PathId): boolean {
    return this.#own.has(path);
  }

  /** True for a file that compilers or linkers took which are not surely the host's. */
  shareWithTarget(path: PathId): boolean {
    return this.#others.has(path);
  }

  /** True when host tools alone linked the library that a .pc file or *-config script describes. */
  linked(described: ByteString): boolean {
    return this.#libraries.has(`${this.#scene.zones.zoneOf(described)} ${stem(described)}`);
  }

  /** The same for a *-config script whose headers alone they took: an extension of the host's Python links no libpython. */
  included(script: ByteString): boolean {
    return this.#folders.has(`${this.#scene.zones.zoneOf(script)} ${stem(script)}`);
  }

  /** True when compilers or linkers that are not surely the host's took a file of what the script describes. */
  areNotAloneWith(script: ByteString): boolean {
    return this.#otherNames.has(stem(script));
  }

  /** True for a .pc file that was read for nothing but their questions: libpng.pc requires zlib.pc. */
  required({ actor, path }: Sighting): boolean {
    const questions = this.#scene.observer.sightings.answers.with(actor, path);
    return questions.length > 0 && questions.every((files) => this.#asked(files));
  }

  /** True for a .pc file of a question that names what the target took and nobody else: one asks for all of it. */
  askedForTarget({ actor, path }: Sighting): boolean {
    const questions = this.#scene.observer.sightings.answers.with(actor, path);
    return questions.some((files) => this.#isTargets(files));
  }

  #isTargets(files: readonly PathId[]): boolean {
    return files.some((file) => this.#targetNames.has(stem(this.#scene.paths.text(file))));
  }

  #asked(files: readonly PathId[]): boolean {
    if (this.#isTargets(files)) return false;
    const named = files.map((file) => this.#scene.paths.text(file));
    // zlib.pc is libz's: as sure as the name is only where nothing else was asked for.
    const alone = named.length === 1 ? named[0]?.replace(/lib\.pc$/, ".pc") : undefined;
    return named.some((file) => this.linked(file)) || (alone !== undefined && this.linked(alone));
  }
}

/** The stem in a key of zone and stem. */
function nameOf(key: string): string {
  return key.slice(key.indexOf(" ") + 1);
}

/** `crypto` of libcrypto.so.3, libcrypto.pc and crypto.pc; `png` of libpng16-config. */
function stem(path: ByteString): string {
  return baseName(path)
    .replace(/\.(?:pc|a|so(?:\.[\d.]+)?)$|-config[-\d.]*$/, "")
    .replace(/^lib/, "")
    .replace(/[-.\d]+$/, "");
}

/** What a leaked file may be called in a .pc file's name: `libpng16/png.h` and `libpng16.so` both belong to libpng16.pc. */
function stems(path: ByteString): readonly string[] {
  return [stem(path.replace(/\.h\w*$/, ".a")), ...headerFolders(path)];
}

/** `png` of /usr/include/libpng16/png.h. */
function headerFolders(path: ByteString): readonly string[] {
  const folders = /\/include\/(?:[^/]+-linux-[^/]+\/)?(.+)\/[^/]+$/.exec(path)?.[1];
  return folders === undefined ? [] : folders.split("/").map(stem);
}
