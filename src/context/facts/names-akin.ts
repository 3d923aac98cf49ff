/** What names of one package have in common: `libxml2`, `libxml-2.0`, `xml2.h`. */
export function wordOf(name: string): string {
  const word = name
    .toLowerCase()
    .replace(/\.h(?:h|pp|xx)?$/, "")
    .replace(/^lib(?=.)/, "")
    .replace(/(?<![-._\d])[-._\d]+$/, "");
  return word.replace(/(?<=.)lib$/, "");
}

/** `openssl` and `ssl`, `zconf` and `z`: one holds the other, a very short one at its beginning. */
export function isAkin(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length < 3 ? long.startsWith(short) : long.includes(short);
}
