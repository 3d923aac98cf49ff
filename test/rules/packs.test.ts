import { describe, expect, test } from "vitest";
import { examine } from "../../src/examine.ts";
import { situation, type TraceFacts, testRulePack } from "../../src/rules/examples.ts";
import { BUILT_IN_FOLDER, readBuiltInPacks, readPack } from "../../src/rules/load.ts";

const packs = readBuiltInPacks();

const trace: TraceFacts = async (strace, world) =>
  examine(strace, {
    target: world.target,
    host: world.host,
    sysroots: world.sysroot,
    nativeSysroots: world.nativeSysroot,
    toolchains: world.toolchain,
    buildDirs: [...world.build, ...world.source],
  });

for (const pack of [...packs, readPack(`${BUILT_IN_FOLDER}/_template.yaml`, false)]) {
  describe(`the pack ${pack.name}`, async () => {
    for (const { example, ok, status, text } of await testRulePack(pack, { among: packs, trace })) {
      const rule = example.rule.slice(pack.name.length + 1);
      const title = example.because
        ? `${rule} stays silent for ${situation(example)}, because ${example.because}`
        : `${rule} speaks for ${situation(example)}`;
      test(title, () => {
        expect(ok, text).toBe(true);
        expect(status).not.toBe("untraced");
      });
    }
  });
}
