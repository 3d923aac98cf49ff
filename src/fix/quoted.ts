const PLAIN = /^[\w@%+=:,./-]+$/;

/** One word of a POSIX shell, whatever is in it; bindgen splits its variable by the same rules. */
export function quoted(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
