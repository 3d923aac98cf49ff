/** What the system's refusals mean, by their codes: its own words differ from one system to the next. */
const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EAGAIN: "nothing can be read from it now",
  EBADF: "its descriptor is closed",
  EBUSY: "it is in use",
  ECONNRESET: "the other end broke the connection",
  EDQUOT: "the quota of disk space is used up",
  EEXIST: "it is there already",
  EFBIG: "the file would be too large",
  EINVAL: "it cannot be used so",
  EIO: "the disk, or what is behind it, failed",
  EISDIR: "it is a folder",
  ELOOP: "its symlinks lead in a circle",
  EMFILE: "this process has too many files open",
  EMLINK: "too many links",
  ENAMETOOLONG: "its name is too long",
  ENFILE: "this machine has too many files open",
  ENODEV: "no such device",
  ENOENT: "no such file or folder",
  ENOMEM: "there is not enough memory",
  ENOSPC: "no space left on device",
  ENOTDIR: "what stands before a / in it is no folder",
  ENOTSUP: "its file system cannot do that",
  ENXIO: "nothing is behind it",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  ESTALE: "the file server does not know it any more",
  ETIMEDOUT: "the other end does not answer",
  ETXTBSY: "it is a program that runs",
  ERR_FS_FILE_TOO_LARGE: "it is larger than 2 GiB",
  ERR_STRING_TOO_LONG: "it is larger than 512 MB",
  ERR_INVALID_ARG_VALUE: "its name holds a NUL byte",
};

/**
 * Why the system refused, without its code, the call, and the paths, one of which may be a temporary file's that nobody
 * asked for. A code that is not in the table keeps the system's words.
 */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, message, syscall, path } = error as NodeJS.ErrnoException;
  if (code === undefined) return message;
  if (code === "ENOENT" && syscall?.startsWith("spawn")) return `${path} is not installed`;
  const known = REFUSALS[code];
  if (known !== undefined) return known;
  const words = message.startsWith(`${code}: `) ? message.slice(code.length + 2) : message;
  const at = syscall === undefined ? -1 : words.lastIndexOf(`, ${syscall}`);
  return at < 0 ? words : words.slice(0, at);
}
