import { expect, test } from "vitest";
import { SharedHeaders } from "../../src/context/facts/shared-headers.ts";
import { type Layout, Zones } from "../../src/context/layout/zones.ts";
import type { Use } from "../../src/model/facts.ts";
import { type PathId, PathTable } from "../../src/model/path-table.ts";

const LAYOUT: Layout = {
  host: "x86_64-linux-gnu",
  hostMachine: "x86_64",
  target: "aarch64-linux-gnu",
  targetMachine: "aarch64",
  sysroots: [],
  nativeSysroots: [],
  toolchains: [],
  buildDirs: [],
  compilerPrefixes: [],
};
const LIB = "/usr/lib/aarch64-linux-gnu";
const INCLUDE = "/usr/include/aarch64-linux-gnu";

/** The headers that the target's packages own, in a log where others were taken for it, were seen or are missing. */
function owned(
  headers: readonly string[],
  taken: readonly string[],
  missing: readonly string[] = [],
  layout = LAYOUT,
  use: Use = "link",
): readonly string[] {
  const paths = new PathTable();
  const known = new Map<number, boolean>();
  for (const path of taken) known.set(paths.intern(path), true);
  for (const path of missing) known.set(paths.intern(path), false);
  const seen = (path: PathId) => known.get(path) ?? null;
  const all = () => taken.map((path) => ({ use, path: paths.intern(path) }));
  const shared = new SharedHeaders(
    { paths, classes: { seen }, sightings: { all } },
    new Zones(layout),
  );
  return headers.filter((path) => shared.has(path));
}

test("a package of the target shares its headers with the host's", () => {
  const headers = ["/usr/include/zlib.h", "/usr/include/zconf.h"];
  expect(owned(headers, [`${LIB}/libz.so`])).toEqual(headers);
  expect(owned(headers, [`${LIB}/pkgconfig/zlib.pc`], [], LAYOUT, "configure")).toEqual(headers);
  expect(owned(headers, ["/lib/aarch64-linux-gnu/libz.a"])).toEqual(headers);
});

test("a library that somebody merely looked at, as who lists a folder does, shares nothing", () => {
  expect(owned(["/usr/include/zlib.h"], [`${LIB}/libz.so`], [], LAYOUT, "probe")).toEqual([]);
});

test("what is only needed at run time, or is the C library's, tells of no -dev package", () => {
  const headers = ["/usr/include/zlib.h"];
  expect(owned(headers, [])).toEqual([]);
  expect(owned(headers, [`${LIB}/libz.so.1`, `${LIB}/libc.so`, `${LIB}/libstdc++.so`])).toEqual([]);
  expect(owned(headers, ["/usr/lib/x86_64-linux-gnu/libz.so"])).toEqual([]);
});

test("a library with names of its own may own any header, one with headers below the triple only its own", () => {
  const headers = ["/usr/include/term.h", "/usr/include/openssl/ssl.h"];
  expect(owned(headers, [`${LIB}/libtinfo.so`])).toEqual(headers);
  expect(owned(headers, [`${LIB}/libgmp.so`, `${INCLUDE}/gmp.h`])).toEqual([]);
  expect(owned(headers, [`${LIB}/libcrypto.so`, `${INCLUDE}/openssl/opensslconf.h`])).toEqual(
    headers,
  );
});

test("a library that the target's linker found nowhere leaves its headers to the host", () => {
  const headers = ["/usr/include/zlib.h", "/usr/include/expat.h", "/usr/include/expat_external.h"];
  const missing = [`${LIB}/libexpat.so`, `${LIB}/libexpat.a`];
  expect(owned(headers, [`${LIB}/libz.so`], missing)).toEqual(["/usr/include/zlib.h"]);
});

test("neither a compiler's own headers nor another machine's are shared", () => {
  const headers = ["/usr/include/c++/12/vector", "/usr/include/x86_64-linux-gnu/zconf.h"];
  expect(owned(headers, [`${LIB}/libz.so`])).toEqual([]);
});

test("a build with a sysroot, or for the host's machine, shares nothing", () => {
  const there = [`${LIB}/libz.so`];
  const zlib = ["/usr/include/zlib.h"];
  expect(owned(zlib, there, [], { ...LAYOUT, sysroots: ["/sysroot"] })).toEqual([]);
  const host = "/usr/lib/x86_64-linux-gnu/libz.so";
  const same: Layout = { ...LAYOUT, target: "x86_64-linux-gnu", targetMachine: "x86_64" };
  expect(owned(zlib, [host], [], same)).toEqual([]);
});
