import type { ByteString } from "../../model/byte-string.ts";
import { cutLength } from "../../model/cut-arguments.ts";
import type { Tracee } from "../../model/tracee.ts";
import { isForeignHome } from "../names/places.ts";
import type { Observer } from "../observe/observer.ts";

/** True when `strace -s` may have cut the argument that names the sysroot: none of a process is longer than a cut one. */
export function isCut(sysroot: ByteString, tracee: Tracee): boolean {
  const length = cutLength(tracee);
  // The name that is known is normal: a slash at the cut is gone.
  return (
    tracee.argv?.some(
      (word) => word.length === length && (word.endsWith(sysroot) || word.endsWith(`${sysroot}/`)),
    ) === true
  );
}

const BELOW: readonly RegExp[] = [
  /\/usr\/(?:include|lib(?:64|32)?)\//,
  /\/(?:include|lib(?:64|32)?)\//,
];

/**
 * What a sysroot's name was before -s cut it: the folder of that beginning whose /usr/include or /usr/lib is in use, or
 * its /include or /lib where none has a /usr. Nothing when there are several.
 */
export function completionsOf(beginning: ByteString, observer: Observer): readonly ByteString[] {
  const found = BELOW.map(() => new Set<ByteString>());
  for (let id = 1; id < observer.paths.size; id++) {
    const path = observer.paths.text(id);
    if (!path.startsWith(beginning) || observer.classes.seen(id) !== true) continue;
    if (isForeignHome(path)) continue;
    const rest = path.slice(beginning.length);
    BELOW.forEach((pattern, at) => {
      const end = rest.search(pattern);
      if (end >= 0) found[at]?.add(path.slice(0, beginning.length + end));
    });
  }
  const best = found.find(({ size }) => size > 0);
  return best?.size === 1 ? [...best] : [];
}
