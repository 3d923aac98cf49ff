import type { Random } from "../../benchmarks/generator/random.ts";

/** Pieces of a format's own syntax, for where they do not belong. */
export type Vocabulary = readonly Buffer[];

export const STRACE_WORDS: Vocabulary = [
  " <unfinished ...>",
  "<... openat resumed>",
  "<... execve resumed>",
  "strace: Process 5 attached\n",
  "[pid     7] ",
  "8 openat(AT_FDCWD, ",
  "+++ exited with 1 +++\n",
  ") = 3\n",
  " = ? ERESTARTSYS",
  "AT_FDCWD</",
  '"/../..',
  '"...',
  "\\x2",
  "\\177ELF",
  "\x1b[31m",
  "\r\n",
  "\n\n",
  "\0\0",
  "\xff\xfe",
  "/* 35 vars */",
  "99999999999999999999",
  "__proto__",
  " <0.000001>",
  "(INJECTED)",
].map(bytesOf);

export const FILE_WORDS: Vocabulary = [
  "&a ",
  "*a",
  "<<: *a\n",
  "!!js/function ",
  "!!binary ",
  "---\n",
  "...\n",
  "? ",
  "- - - - ",
  "{{{{",
  "[[[[",
  "]}",
  "|+9\n",
  ">-\n",
  "\t",
  "'",
  "# ",
  "%YAML 1.1\n",
  "__proto__: ",
  "constructor: ",
  "@list",
  "**/",
  "{a,{b,",
  "[!a-",
  "*a*a*a*a*a*b",
  "\r\n",
  "\0",
  "\xff",
  "1e999",
  "\ufeff",
  "[[package]]\n",
  '"\\u0000"',
].map((word) => Buffer.from(word, "utf8"));

const BYTES = bytesOf("\"\\<>()[]{}= \n,0123456789ABCaz./\x00\xff\r\x1b:;|+-_*&!#'@");

function bytesOf(text: string): Buffer {
  return Buffer.from(text, "latin1");
}

/** A copy with so many changes at random places: bytes changed, pieces cut out, doubled, moved, words put in. */
export function mutated(
  text: Uint8Array,
  edits: number,
  random: Random,
  words: Vocabulary,
): Buffer {
  const places = Array.from({ length: edits }, () => random.below(text.length + 1)).sort(
    (a, b) => a - b,
  );
  const pieces: Uint8Array[] = [];
  let done = 0;
  for (const place of places) {
    if (place < done) continue;
    pieces.push(text.subarray(done, place));
    done = place;
    const length = random.skewed(200);
    switch (random.below(6)) {
      case 0:
        pieces.push(random.pick(words));
        break;
      case 1:
        done += length;
        break;
      case 2:
        pieces.push(text.subarray(place, place + length));
        break;
      case 3:
        pieces.push(pieceOf(text, length, random));
        break;
      case 4:
        pieces.push(pieceOf(BYTES, 1, random));
        break;
      default:
        pieces.push(pieceOf(BYTES, 1, random));
        done += 1;
    }
  }
  pieces.push(text.subarray(done));
  return Buffer.concat(pieces);
}

function pieceOf(text: Uint8Array, length: number, random: Random): Uint8Array {
  const at = random.below(text.length);
  return text.subarray(at, at + length);
}
