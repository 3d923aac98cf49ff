import { describe, expect, test } from "vitest";
import { situation, testRulePack } from "../../src/rules/examples.ts";
import { readBuiltInPacks } from "../../src/rules/load.ts";

const packs = readBuiltInPacks();

for (const pack of packs) {
  describe(`the pack ${pack.name}`, async () => {
    for (const { example, ok, text } of await testRulePack(pack, { among: packs })) {
      const rule = example.rule.slice(pack.name.length + 1);
      const title = example.because
        ? `${rule} stays silent for ${situation(example)}, because ${example.because}`
        : `${rule} speaks for ${situation(example)}`;
      test(title, () => expect(ok, text).toBe(true));
    }
  });
}
