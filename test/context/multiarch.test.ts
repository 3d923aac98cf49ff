import { expect, test } from "vitest";
import { expectedOf } from "../../src/context/layout/expected.ts";
import { isBesideHosts } from "../../src/context/layout/multiarch.ts";
import { type Layout, Zones } from "../../src/context/layout/zones.ts";

const BARE: Layout = {
  host: "x86_64-linux-gnu",
  hostMachine: "x86_64",
  target: "aarch64-linux-gnu",
  targetMachine: "aarch64",
  sysroots: [],
  nativeSysroots: [],
  toolchains: [],
  buildDirs: [],
  sources: [],
  compilerPrefixes: [],
  targetSettings: [],
};
const DEBIAN: Layout = { ...BARE, toolchains: ["/usr/lib/gcc-cross/aarch64-linux-gnu/12"] };
const HOSTS = "/usr/lib/x86_64-linux-gnu";
const OWN = "/usr/lib/aarch64-linux-gnu";

function expected(path: string, there: readonly string[] = [], layout = DEBIAN): string {
  const found = expectedOf(path, layout, (candidate) => there.includes(candidate) || null);
  return found === null ? "none" : `${found.path}${found.exists ? " (exists)" : ""}`;
}

test("the target's files lie below its triple where the host's lie below another", () => {
  expect(expected(`${HOSTS}/pkgconfig/zlib.pc`)).toBe(`${OWN}/pkgconfig/zlib.pc`);
  expect(expected("/lib/x86_64-linux-gnu/libz.so.1")).toBe(`${OWN}/libz.so.1`);
  expect(expected("/usr/include/x86_64-linux-gnu/openssl/opensslconf.h")).toBe(
    "/usr/include/aarch64-linux-gnu/openssl/opensslconf.h",
  );
  expect(expected(`${HOSTS}/libz.so`, [`${OWN}/libz.so`])).toBe(`${OWN}/libz.so (exists)`);
});

test("what all machines share, and what is nobody's package, has no other place", () => {
  for (const path of [
    "/usr/include/zlib.h",
    "/usr/share/pkgconfig/bash-completion.pc",
    "/usr/lib/pkgconfig/acme.pc",
    "/usr/local/lib/libacme.so",
    "/opt/acme/lib/x86_64-linux-gnu/libacme.so",
    "/usr/lib/gcc/x86_64-linux-gnu/12/crtbegin.o",
  ])
    expect(expected(path)).toBe("none");
});

test("the C library's is the cross compiler's own, unless the target's is installed beside the host's", () => {
  expect(expected("/usr/include/x86_64-linux-gnu/bits/wordsize.h")).toBe(
    "/usr/aarch64-linux-gnu/include/bits/wordsize.h",
  );
  expect(expected(`${HOSTS}/Scrt1.o`)).toBe("/usr/aarch64-linux-gnu/lib/Scrt1.o");
  expect(expected(`${HOSTS}/Scrt1.o`, [`${OWN}/Scrt1.o`])).toBe(`${OWN}/Scrt1.o (exists)`);
});

test("a script has its counterpart where one with the target's name is there", () => {
  const own = "/usr/bin/aarch64-linux-gnu-python3.11-config";
  expect(expected("/usr/bin/python3.11-config", [own])).toBe(`${own} (exists)`);
  expect(expected("/usr/bin/x86_64-linux-gnu-python3.11-config", [own])).toBe(`${own} (exists)`);
  expect(expected("/usr/bin/curl-config")).toBe("none");
});

test("i386 is what Debian calls the folders of i686's compiler", () => {
  const i686 = {
    ...BARE,
    target: "i686-linux-gnu",
    targetMachine: "i386",
    toolchains: ["/usr/lib/gcc-cross/i686-linux-gnu/12"],
  } as const;
  expect(expected(`${HOSTS}/libz.so`, [], i686)).toBe("/usr/lib/i386-linux-gnu/libz.so");
});

test("another compiler tells of no such root, unless the target's folder is seen", () => {
  expect(expected(`${HOSTS}/libz.so`, [], BARE)).toBe("none");
  expect(expected(`${HOSTS}/libz.so`, [OWN], BARE)).toBe(`${OWN}/libz.so`);
  expect(expected(`${HOSTS}/libz.so`, [OWN], { ...BARE, target: null })).toBe("none");
});

test("of two cross compilers, the target's counts", () => {
  const arm = "/usr/lib/gcc-cross/arm-linux-gnueabihf/12";
  const both = { ...DEBIAN, toolchains: [arm, ...DEBIAN.toolchains] };
  expect(expected(`${HOSTS}/libz.so`, [], both)).toBe(`${OWN}/libz.so`);
  expect(expected(`${HOSTS}/libz.so`, [], { ...both, target: null })).toBe("none");
});

test("a build with a sysroot has its files there", () => {
  const unseen = () => null;
  expect(isBesideHosts(DEBIAN, unseen)).toBe(true);
  expect(isBesideHosts({ ...DEBIAN, sysroots: ["/sysroot"] }, unseen)).toBe(false);
  expect(isBesideHosts(BARE, unseen)).toBe(false);
});

test("a script with the target's name before its own is the target's", () => {
  const zones = new Zones(DEBIAN);
  expect(zones.zoneOf("/usr/bin/aarch64-linux-gnu-python3.11-config")).toBe("sysroot");
  expect(zones.zoneOf("/usr/bin/x86_64-linux-gnu-python3.11-config")).toBe("host");
  expect(zones.zoneOf("/usr/bin/python3.11-config")).toBe("host");
  expect(zones.zoneOf("/usr/bin/aarch64-linux-gnu-pkg-config")).toBe("host");
});
