import fc from "fast-check";

/** Names that somebody could give a file so that whoever prints it does something else. */
export const HOSTILE_NAMES = [
  "\x1b[2J\x1b[1;1H\x07",
  "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
  "\x9b31m\x85\x7f\b\r",
  "\u202egnp.exe\u2066\u061c",
  "zero\u200bwidth\u200d\ufeff\u2060\u00ad\u034f\u3164\ufe0f\u{e0041}",
  "a\nb\r\n::error::x",
  "::error file=a,line=1::forged",
  "\u00a0 ::set-output name=a::b",
  "##[error]forged ##vso[task.setvariable variable=PATH]/evil ##teamcity[buildStop]",
  '"><script>alert(1)</script>&amp;&#x41;',
  "<img src=x onerror=alert(1)>",
  "`code` ``more`` | pipe \\| [link](javascript:x) ![i](x) @someone #1 <b>",
  "[text](https://evil.example) https://evil.example www.evil.example",
  "]]>\u0000\u0085\u2028\ufeff\ufffe",
  "\ud800 lone \udc00",
  "%0A%25 100%, a:b,c",
  "--> <!-- ```\n```",
  "=1+1|'@SUM(1)",
  "__proto__",
  "constructor",
  "toString",
  "{0} {{x}} $(z)",
  "- [ ] - x: |\n  y\n# z",
  "\\",
  " ",
];

/** Pieces that put together make most of what was ever tried. */
const FRAGMENTS = [
  ...HOSTILE_NAMES,
  "a",
  "/",
  "..",
  "::",
  "##",
  "[",
  "|",
  "`",
  "'",
  '"',
  "\n",
  " ",
];

/** Any name at all: bytes at random, and the known tricks one behind the other. */
export const anyName: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 5 }).map((pieces) => pieces.join("")),
);
