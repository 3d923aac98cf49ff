import type { ByteString } from "./byte-string.ts";

/** No path that the kernel takes is longer than PATH_MAX, 4096 bytes: what is far longer is somebody's joke. */
export const LONGEST_PATH = 65_536;

/** True for a path that starts at the root. */
export function isAbsolute(path: ByteString): boolean {
  return path.charCodeAt(0) === SLASH;
}

/**
 * Collapses `//`, `.` and `..` of an absolute path by its text alone. `a/link/..` may be elsewhere on a
 * real disk; where the log says so (`-y`), the kernel's own answer is used instead of this one.
 */
export function normalise(path: ByteString): ByteString {
  if (!needsWork(path)) return path;
  const kept: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === "..") kept.pop();
    else kept.push(part);
  }
  return `/${kept.join("/")}`;
}

/** `path` seen from the folder `base`, normalised. */
export function resolvePath(base: ByteString, path: ByteString): ByteString {
  return normalise(isAbsolute(path) ? path : `${base}/${path}`);
}

/** A path as it is seen from a root that it lies in; from any other, the path itself. */
export function below(path: ByteString, root: ByteString): ByteString {
  if (root.length < 2 || path.length <= root.length || !isWithin(path, root)) return path;
  return path.slice(root.length);
}

/** The last component of a path. */
export function baseName(path: ByteString): ByteString {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The folder that a path lies in; `/` for the root's own entries. */
export function parentFolder(path: ByteString): ByteString {
  const slash = path.lastIndexOf("/");
  return slash <= 0 ? "/" : path.slice(0, slash);
}

/** True when `path` is `folder` or lies below it. Both absolute and normalised. */
export function isWithin(path: ByteString, folder: ByteString): boolean {
  if (folder === "/") return true;
  return (
    path.startsWith(folder) &&
    (path.length === folder.length || path.charCodeAt(folder.length) === SLASH)
  );
}

/**
 * One spelling for what merged-/usr systems make one place: `/lib/x` and `/usr/lib/x`.
 * Only for comparison and reports; a tracee is always quoted as it wrote.
 */
export function mergeUsr(path: ByteString): ByteString {
  return USR_MERGED.test(path) ? `/usr${path}` : path;
}

const SLASH = 0x2f;
const USR_MERGED = /^\/(?:lib|lib32|lib64|libx32|bin|sbin)(?:\/|$)/;

function needsWork(path: ByteString): boolean {
  let previous = SLASH;
  for (let at = 1; at < path.length; at++) {
    const code = path.charCodeAt(at);
    if (previous === SLASH && (code === SLASH || code === DOT)) return true;
    previous = code;
  }
  return path.length === 0 || (previous === SLASH && path.length > 1);
}

const DOT = 0x2e;
