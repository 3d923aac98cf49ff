import { expect, test } from "vitest";
import { expectedOf } from "../../src/context/layout/expected.ts";
import type { Layout } from "../../src/context/layout/zones.ts";

const S = "/home/builder/yocto/build/tmp/sysroots/aarch64-poky-linux";
const LAYOUT: Layout = {
  host: "x86_64-linux-gnu",
  hostMachine: "x86_64",
  target: "aarch64-poky-linux",
  targetMachine: "aarch64",
  sysroots: [S],
  nativeSysroots: ["/n/recipe-sysroot-native"],
  toolchains: [],
  buildDirs: [],
  sources: [],
  compilerPrefixes: [],
  targetSettings: [],
};

function expected(path: string, there: readonly string[] = []): string {
  const found = expectedOf(path, LAYOUT, (candidate) => there.includes(candidate));
  return found === null ? "none" : `${found.path}${found.exists ? " (exists)" : ""}`;
}

test("the multiarch folder and the soname's version are dropped where the sysroot cannot be seen", () => {
  expect(expected("/usr/lib/x86_64-linux-gnu/pkgconfig/openssl.pc")).toBe(
    `${S}/usr/lib/pkgconfig/openssl.pc`,
  );
  expect(expected("/usr/lib/x86_64-linux-gnu/libssl.so.1.1")).toBe(`${S}/usr/lib/libssl.so`);
  expect(expected("/lib/x86_64-linux-gnu/libz.so")).toBe(`${S}/usr/lib/libz.so`);
});

test("what is there is preferred to what is likely", () => {
  expect(expected("/usr/lib/x86_64-linux-gnu/libssl.so.1.1", [`${S}/usr/lib/libssl.so.1.1`])).toBe(
    `${S}/usr/lib/libssl.so.1.1 (exists)`,
  );
  expect(expected("/usr/lib64/libz.so", [`${S}/usr/lib/aarch64-poky-linux/libz.so`])).toBe(
    `${S}/usr/lib/aarch64-poky-linux/libz.so (exists)`,
  );
});

test("the triple's folder is kept where the sysroot is seen to have one", () => {
  const found = expectedOf("/usr/lib/x86_64-linux-gnu/Scrt1.o", LAYOUT, (candidate) =>
    candidate === `${S}/usr/include/aarch64-poky-linux` ? true : null,
  );
  expect(found).toEqual({
    path: `${S}/usr/lib/aarch64-poky-linux/Scrt1.o`,
    exists: false,
    known: false,
  });
});

test("is looked for below the host's triple too where the target is of the host's kind", () => {
  const layout = { ...LAYOUT, target: "x86_64-acme-linux-gnu" };
  const place = `${S}/usr/lib/x86_64-linux-gnu`;
  for (const there of [place, `${place}/crti.o`])
    expect(
      expectedOf("/usr/lib/x86_64-linux-gnu/crti.o", layout, (path) => path === there)?.path,
    ).toBe(`${place}/crti.o`);
});

test("a .pc file is looked for below the triple only where that folder of .pc files is seen", () => {
  const pc = (folder: string) =>
    expectedOf("/usr/lib/x86_64-linux-gnu/pkgconfig/zlib.pc", LAYOUT, (candidate) =>
      candidate === S + folder ? true : null,
    )?.path;
  expect(pc("/usr/lib/aarch64-poky-linux")).toBe(`${S}/usr/lib/pkgconfig/zlib.pc`);
  expect(pc("/usr/lib/aarch64-poky-linux/pkgconfig")).toBe(
    `${S}/usr/lib/aarch64-poky-linux/pkgconfig/zlib.pc`,
  );
});

test("asm/types.h is found among the headers that all machines share", () => {
  expect(expected("/usr/include/asm/types.h", [`${S}/usr/include/asm-generic/types.h`])).toBe(
    `${S}/usr/include/asm-generic/types.h (exists)`,
  );
  expect(expected("/usr/include/asm/types.h")).toBe(`${S}/usr/include/asm/types.h`);
});

test("prefixes of other worlds are taken off", () => {
  expect(expected("/home/linuxbrew/.linuxbrew/include/zlib.h")).toBe(`${S}/usr/include/zlib.h`);
  expect(expected("/n/recipe-sysroot-native/usr/lib/libcrypto.so")).toBe(
    `${S}/usr/lib/libcrypto.so`,
  );
  expect(expected("/usr/local/include/zlib.h")).toBe(`${S}/usr/include/zlib.h`);
});

test("Android's sysroot keeps libraries below the triple without its API level, and below that the level's folder", () => {
  const inside = (target: string, folder: string) => {
    const layout = { ...LAYOUT, target };
    const own = `${S}/usr/lib/${folder}/libz.so`;
    const found = expectedOf("/usr/lib/x86_64-linux-gnu/libz.so", layout, (path) => path === own);
    return found?.path === own && found.exists;
  };
  expect(inside("aarch64-linux-android21", "aarch64-linux-android/21")).toBe(true);
  expect(inside("armv7a-linux-androideabi24", "arm-linux-androideabi/24")).toBe(true);
  expect(inside("aarch64-linux-android34", "aarch64-linux-android")).toBe(true);
});
