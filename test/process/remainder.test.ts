import { describe, expect, test } from "vitest";
import { ENDED, NOTES } from "../../src/model/syscall-sink.ts";
import {
  isAdrift,
  kindLeft,
  remainderOf,
  telling,
  tellingPath,
} from "../../src/process/remainder.ts";
import { ANNOTATED, CWD, DO, EMPTY_PATH, KINDS, NOTE } from "../../src/process/text-notes.ts";

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
    [
      "an fstat leaves one, whatever is open",
      { absolute: 0, fd: 3, bits: EMPTY_PATH },
      ENDED.done,
      "probe",
    ],
    ["a relative path that is not there leaves one", { absolute: 0 }, ENDED.missing, "probe"],
  ] as const)("%s", (_, fields, ended, kind) => {
    const remainder = remainderOf(notes(fields), 0, ended);
    expect(remainder).toBeGreaterThan(0);
    expect(kindLeft(remainder)).toBe(kind);
  });

  test("a relative path is the same each time only for those whose folder nobody knows", () => {
    expect(isAdrift(remainderOf(notes({ absolute: 0 }), 0, ENDED.missing))).toBe(true);
    expect(isAdrift(remainderOf(notes({}), 0, ENDED.missing))).toBe(false);
  });

  test("a path that may tell something can be asked for, where the notes hold it", () => {
    const all = notes({});
    const remainder = remainderOf(all, 0, ENDED.missing);
    expect(tellingPath(remainder, all, 0)).toBe(0);
    expect(tellingPath(telling(remainder, all, 0), all, 0)).toBe(PATH);
    expect(kindLeft(telling(remainder, all, 0))).toBe("probe");
    expect(telling(remainder, notes({ absolute: 0, bits: ANNOTATED }), 0)).toBe(0);
  });

  test("what does nothing leaves nothing", () => {
    const remainder = remainderOf(notes({ do: DO.nothing }), 0, ENDED.done);
    expect(remainder).toBeGreaterThan(0);
    expect(kindLeft(remainder)).toBeNull();
  });

  test.each([
    ["a relative path can be another one each time", { absolute: 0 }, ENDED.done],
    ["so can one below a descriptor", { absolute: 0, fd: 3 }, ENDED.missing],
    [
      "an fstat that failed tells of some descriptor",
      { absolute: 0, fd: 3, bits: EMPTY_PATH },
      ENDED.failed,
    ],
    ["an open that succeeded leaves a descriptor", { do: DO.open, kind: READ }, ENDED.done],
    ["a close leaves a descriptor free", { do: DO.close }, ENDED.done],
    ["a call that never returned leaves who knows what", {}, ENDED.unreturned],
  ] as const)("%s: it is not spent", (_, fields, ended) => {
    expect(remainderOf(notes(fields), 0, ended)).toBe(0);
  });
});
