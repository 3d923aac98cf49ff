/** The named lists of a pack. */
export type Lists = ReadonlyMap<string, readonly string[]>;

/** What an entry of a condition stands for: itself, or with `@name` the items of a list. Undefined: no such list. */
export function itemsOf(entry: string, lists: Lists): readonly string[] | undefined {
  return entry.startsWith("@") ? lists.get(entry.slice(1)) : [entry];
}
