import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileGlobs } from "../../src/rules/glob.ts";
import { GLOB_LIMIT, GlobError, parseGlob } from "../../src/rules/glob-syntax.ts";

describe.each<[glob: string, matches: string[], refuses: string[]]>([
  ["/usr/lib/libz.so", ["/usr/lib/libz.so"], ["/usr/lib/libz.so.1", "/usr/lib/libz_so"]],
  [
    "/usr/include/**",
    ["/usr/include/a.h", "/usr/include/a/b.h"],
    ["/usr/include", "/usr/includes/a"],
  ],
  [
    "**/openssl.cnf",
    ["/etc/ssl/openssl.cnf", "/openssl.cnf", "openssl.cnf"],
    ["/etc/myopenssl.cnf"],
  ],
  ["**/*.pc", ["/usr/lib/pkgconfig/zlib.pc", "x.pc"], ["/usr/lib/zlib.pcx"]],
  [
    "/usr/**/lib.so",
    ["/usr/lib.so", "/usr/a/lib.so", "/usr/a/b/lib.so"],
    ["/usr/alib.so", "/opt/lib.so"],
  ],
  ["/usr/*/x", ["/usr/a/x", "/usr//x"], ["/usr/a/b/x", "/usr/x"]],
  ["cc1*", ["cc1", "cc1plus"], ["xcc1", "cc1/plus"]],
  ["lib?.so", ["libz.so"], ["lib.so", "libzz.so", "lib/.so"]],
  ["lib{ssl,crypto}.{so,a}", ["libssl.so", "libcrypto.a"], ["libssl.o", "libz.so", "libssl.so.a"]],
  ["{,*-}ld", ["ld", "aarch64-linux-gnu-ld"], ["lld", "ldd"]],
  ["x{a{b,c},d}y", ["xaby", "xacy", "xdy"], ["xay", "xbdy"]],
  ["*.so.[0-9]*", ["libz.so.1", "libz.so.1.2"], ["libz.so.x", "libz.so."]],
  ["[!a]x", ["bx", "-x"], ["ax", "/x"]],
  ["[]a]x", ["]x", "ax"], ["bx"]],
  ["[a-]x", ["-x", "ax"], ["bx"]],
  ["a**b", ["axxb", "ab"], ["ax/b"]],
  ["\\*\\{", ["*{"], ["x{"]],
  ["**", ["/a/b", "", "a"], []],
  ["**/**", ["/a/b", "a"], []],
  ["{**/,}x", ["x", "/a/x"], ["ax"]],
  ["/é/*", ["/\u00c3\u00a9/a"], ["/\u00e9/a"]],
])("the glob %s", (glob, matches, refuses) => {
  const accepts = compileGlobs([glob]);
  test.each(matches)("matches %j", (text) => expect(accepts(text)).toBe(true));
  if (refuses.length > 0) {
    test.each(refuses)("does not match %j", (text) => expect(accepts(text)).toBe(false));
  }
});

test("several globs match what any of them does, and none matches nothing", () => {
  const accepts = compileGlobs(["/a", "/b/**", "**/*.c", "/d/?"]);
  expect(["/a", "/b/x", "/x/y.c", "/d/1", "/d/12"].map(accepts)).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
  expect(compileGlobs([])("")).toBe(false);
});

test.each([
  ["", "cannot be empty"],
  ["a[b", 'no "]"'],
  ["a{b,c", 'no "}"'],
  ["a}b", "closes no brace"],
  ["{a}", "at least two"],
  ["[z-a]", "backwards"],
  ["[é]", "ASCII"],
  ["a\\", "quotes nothing"],
  ["{{{{{a,b},c},d},e},f}", "deep"],
  ["a".repeat(GLOB_LIMIT + 1), "at most"],
])("the glob %j is refused with words", (glob, words) => {
  expect(() => parseGlob(glob)).toThrow(GlobError);
  expect(() => parseGlob(glob)).toThrow(words);
});

/** What a piece of a glob accepts, by trying every way to split the text. */
interface Piece {
  readonly text: string;
  readonly ends: (text: string, from: number) => readonly number[];
}

const literal = (text: string): Piece => ({
  text,
  ends: (given, from) => (given.startsWith(text, from) ? [from + text.length] : []),
});
const oneOf = (text: string, members: string): Piece => ({
  text,
  ends: (given, from) =>
    from < given.length && members.includes(given.charAt(from)) ? [from + 1] : [],
});
const star: Piece = {
  text: "*",
  ends: (given, from) => {
    const slash = given.indexOf("/", from);
    return range(from, slash < 0 ? given.length : slash);
  },
};
const deep: Piece = { text: "**", ends: (given, from) => range(from, given.length) };
const folders: Piece = {
  text: "**/",
  ends: (given, from) => [
    from,
    ...range(from, given.length - 1)
      .filter((at) => given[at] === "/")
      .map((at) => at + 1),
  ],
};
const choice = (branches: readonly (readonly Piece[])[]): Piece => ({
  text: `{${branches.map(textOf).join(",")}}`,
  ends: (given, from) => branches.flatMap((branch) => endsOf(branch, given, from)),
});

function range(low: number, high: number): number[] {
  return Array.from({ length: Math.max(0, high - low + 1) }, (_, index) => low + index);
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => piece.text).join("");
}

function endsOf(pieces: readonly Piece[], given: string, from: number): readonly number[] {
  const [first, ...others] = pieces;
  if (!first) return [from];
  return [...new Set(first.ends(given, from).flatMap((end) => endsOf(others, given, end)))];
}

const simple = fc.constantFrom(
  literal("a"),
  literal("b"),
  literal("."),
  oneOf("?", "ab."),
  oneOf("[ab]", "ab"),
  oneOf("[!a]", "b."),
  star,
);
const sequence = fc.array(simple, { maxLength: 4 });
const piece = fc.oneof(
  { weight: 5, arbitrary: simple },
  { weight: 1, arbitrary: fc.array(sequence, { minLength: 2, maxLength: 3 }).map(choice) },
);
const component = fc
  .array(piece, { maxLength: 4 })
  .filter((pieces) => !textOf(pieces).includes("**"));
const globPieces = fc
  .tuple(
    fc.array(
      fc.oneof(
        component.map((pieces) => [...pieces, literal("/")]),
        fc.constant([folders]),
      ),
      {
        maxLength: 3,
      },
    ),
    fc.oneof({ weight: 4, arbitrary: component }, { weight: 1, arbitrary: fc.constant([deep]) }),
  )
  .map(([front, back]) => [...front.flat(), ...back])
  .filter((pieces) => pieces.length > 0);
const text = fc.string({ unit: fc.constantFrom("a", "b", ".", "/"), maxLength: 10 });

test("any glob agrees with a slow reading of its parts, alone and beside another", async () => {
  await fc.assert(
    fc.property(
      globPieces,
      globPieces,
      fc.array(text, { minLength: 5, maxLength: 20 }),
      (one, two, texts) => {
        const accepts = compileGlobs([textOf(one)]);
        const both = compileGlobs([textOf(one), textOf(two)]);
        for (const given of texts) {
          const expected = endsOf(one, given, 0).includes(given.length);
          expect(accepts(given)).toBe(expected);
          expect(both(given)).toBe(expected || endsOf(two, given, 0).includes(given.length));
        }
      },
    ),
    { numRuns: 500 },
  );
});

test.each([
  ["stars", `${"*a".repeat(60)}b`],
  ["folders", `/${"**/a/".repeat(40)}b`],
  ["choices", "{a,aa}".repeat(40)],
  ["classes after a star", `*${"[ab]".repeat(100)}x`],
])("hostile %s take time in proportion to the text", (_, glob) => {
  const accepts = compileGlobs([glob]);
  const hostile = "a/aa".repeat(1000);
  const before = process.cpuUsage().user;
  for (const given of [hostile, "a".repeat(4000)]) expect(accepts(given)).toBe(false);
  expect((process.cpuUsage().user - before) / 1000).toBeLessThan(3000);
});
