import type { ByteString } from "../../model/byte-string.ts";
import { isWithin } from "../../model/path.ts";
import type { Observer } from "../observe/observer.ts";

/** A folder of /opt or /var that holds what a build begins with, so that its headers are a project's and not the host's. */
const PROJECT =
  /^(\/(?:opt\/[^/]+|var\/[^/]+\/[^/]+)(?:\/[^/]+)*)\/(?:(?:GNUm|M|m)akefile(?:\.(?:in|am))?|CMakeLists\.txt|meson\.build|configure(?:\.ac)?|Cargo\.toml|SConstruct|setup\.py|go\.mod|Kbuild)$/;

/** Folders of projects in /opt and /var. */
export function projectsOf({ paths, classes }: Observer): readonly ByteString[] {
  const found = new Set<ByteString>();
  for (let id = 1; id < paths.size; id++) {
    const project = PROJECT.exec(paths.text(id))?.[1];
    if (project !== undefined && classes.seen(id) === true) found.add(project);
  }
  return [...found].sort();
}

/** Where the build began: the work folder of a Yocto recipe, else the first working folder; and projects outside of it. */
export function buildDirsOf(observer: Observer): readonly ByteString[] {
  const found = new Set(projectsOf(observer));
  for (let id = 1; id < observer.paths.size; id++) {
    const path = observer.paths.text(id);
    const recipe = /^(.*\/tmp(?:-[^/]+)?\/work\/[^/]+\/[^/.][^/]*\/[^/.][^/]*)\//.exec(path)?.[1];
    if (recipe !== undefined) found.add(recipe);
  }
  const first = observer.paths.text(observer.features.firstCwd);
  if (
    first !== "" &&
    !/^\/(?:usr|lib|etc|opt|var|home|root|tmp|bin)?$|^\/usr\/(?:lib|include|local|share|bin)$|^\/home\/[^/]+$/.test(
      first,
    )
  ) {
    if (![...found].some((root) => isWithin(first, root))) found.add(first);
  }
  return [...found].sort();
}
