import { describe, expect, test } from "vitest";
import { ENDED, NOTES } from "../../src/model/syscall-sink.ts";
import { kindLeft, remainderOf } from "../../src/process/remainder.ts";
import { ANNOTATED, CWD, DO, KINDS, NOTE } from "../../src/process/text-notes.ts";

const PATH = 7;

/** The notes of a call, an absolute look where nothing else is said. */
function notes(fields: Partial<Record<keyof typeof NOTE, number>>): Int32Array {
  const all = new Int32Array(NOTES);
  const said = { do: DO.look, absolute: PATH, requested: PATH, fd: CWD, ...fields };
  for (const [field, value] of Object.entries(said)) all[NOTE[field as keyof typeof NOTE]] = value;
  return all;
}

const READ = KINDS.indexOf("read");

describe("of a call that comes again with the same end", () => {
  test.each([
    ["a look at an absolute path leaves an access", {}, ENDED.done, "probe"],
    ["a failed open leaves an access", { do: DO.open, kind: READ }, ENDED.missing, "read"],
    [
      "a relative path that is annotated leaves one",
      { absolute: 0, bits: ANNOTATED },
      ENDED.failed,
      "probe",
    ],
  ] as const)("%s", (_, fields, ended, kind) => {
    const remainder = remainderOf(notes(fields), 0, ended);
    expect(remainder).toBeGreaterThan(0);
    expect(kindLeft(remainder)).toBe(kind);
  });

  test("what does nothing leaves nothing", () => {
    const remainder = remainderOf(notes({ do: DO.nothing }), 0, ENDED.done);
    expect(remainder).toBeGreaterThan(0);
    expect(kindLeft(remainder)).toBeNull();
  });

  test.each([
    ["a relative path can be another one each time", { absolute: 0 }, ENDED.missing],
    ["an open that succeeded leaves a descriptor", { do: DO.open, kind: READ }, ENDED.done],
    ["a close leaves a descriptor free", { do: DO.close }, ENDED.done],
    ["a call that never returned leaves who knows what", {}, ENDED.unreturned],
  ] as const)("%s: it is not spent", (_, fields, ended) => {
    expect(remainderOf(notes(fields), 0, ended)).toBe(0);
  });
});
