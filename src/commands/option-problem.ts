import { suggestion } from "./suggestion.ts";

/** What is known of a command's option. */
export interface KnownOption {
  /** What its value is called; null for a switch. */
  readonly value: string | null;
}

/** The first mistake among the options of a call, in our words; null when there is none. */
export function optionProblem(
  words: readonly string[],
  known: ReadonlyMap<string, KnownOption>,
): string | null {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "") return "an argument is empty: is a variable of the shell unset?";
    if (!/^-./.test(word) || isBundle(word, known)) continue;
    const [, name = "", given] = /^([^=]+)(?:=(.*))?$/s.exec(word) ?? [word, word];
    const option = known.get(name);
    if (option === undefined) return `unknown option ${name}${suggestion(name, known.keys())}`;
    if (option.value === null) {
      if (given !== undefined) return `${name} is a switch and takes no value, as in =${given}`;
      continue;
    }
    const next = given ?? words[at + 1];
    if (next === "") return `${name}: expected a word, not an empty one`;
    if (given !== undefined) continue;
    if (next === undefined) return `${name}: expected ${option.value} behind it`;
    if (/^-./.test(next))
      return `${name}: expected ${option.value} behind it, not ${next}; what begins with - is given as ${name}=${next}`;
    at += 1;
  }
  return null;
}

/** `-qv`, for `-q -v`. */
function isBundle(word: string, known: ReadonlyMap<string, KnownOption>): boolean {
  return (
    /^-\w{2,}$/.test(word) &&
    [...word.slice(1)].every((letter) => known.get(`-${letter}`)?.value === null)
  );
}
