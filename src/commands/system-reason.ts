/**
 * Why the system refused, in its own words: without its code, the call, and the paths, one of which may be a
 * temporary file's that nobody asked for.
 */
export function systemReason(error: unknown): string {
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined) return message;
  const words = message.startsWith(`${code}: `) ? message.slice(code.length + 2) : message;
  const at = syscall === undefined ? -1 : words.lastIndexOf(`, ${syscall}`);
  return at < 0 ? words : words.slice(0, at);
}
