import { beforeAll, expect, test } from "vitest";
import { examine } from "../../src/examine.ts";
import type { Judge } from "../../src/model/rule.ts";
import { builtInPacks, compile } from "../../src/rules/index.ts";

let judge: Judge;
beforeAll(async () => {
  judge = compile(await builtInPacks());
});

const GIVEN = {
  target: "aarch64-poky-linux",
  host: "x86_64-linux-gnu",
  sysroots: ["/s"],
  nativeSysroots: [],
  toolchains: [],
  buildDirs: ["/b"],
};

function foundIn(lines: readonly string[]): readonly string[] {
  return [...examine(`${lines.join("\n")}\n`, GIVEN)].flatMap((facts) => {
    const { rule } = judge.judge(facts);
    return rule === null || rule.verdict === "allowed" ? [] : [facts.path];
  });
}

const open = (path: string) => `11 openat(AT_FDCWD, "${path}", O_RDONLY) = 3`;
const walk = Array.from({ length: 200 }, (_, n) => open(`/usr/lib/x86_64-linux-gnu/libw${n}.so`));

test("ldconfig -N, which walks through all libraries in a log of opens alone, links none of them", () => {
  expect(foundIn(walk)).toEqual([]);
});

test("what took an object beside them is a link", () => {
  expect(foundIn([open("/b/app.o"), ...walk]).length).toBe(200);
});
