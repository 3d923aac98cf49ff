import { expect, test } from "vitest";
import { SharedHeaders } from "../../src/context/facts/shared-headers.ts";
import { type Layout, Zones } from "../../src/context/layout/zones.ts";
import type { Use } from "../../src/model/facts.ts";
import { PathTable } from "../../src/model/path-table.ts";

const LAYOUT: Layout = {
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
const LIB = "/usr/lib/aarch64-linux-gnu";
const INCLUDE = "/usr/include/aarch64-linux-gnu";

/** What a log tells in which tools took some files, others were missing, and others again were merely there. */
function told(
  taken: readonly string[],
  missing: readonly string[],
  found: readonly string[],
  layout: Layout,
  use: Use,
): SharedHeaders {
  const paths = new PathTable();
  const sightings = taken.map((path) => ({ path: paths.intern(path), use }));
  const gone = new Set(missing.map((path) => paths.intern(path)));
  const there = new Set(found.map((path) => paths.intern(path)));
  return new SharedHeaders(
    {
      paths,
      sightings,
      isMissing: (path) => gone.has(path),
      isFound: (path) => there.has(path),
    },
    new Zones(layout),
  );
}

/** Those of `headers` that the target's packages own. */
function owned(
  headers: readonly string[],
  taken: readonly string[],
  missing: readonly string[] = [],
  layout = LAYOUT,
  use: Use = "link",
): readonly string[] {
  const shared = told(taken, missing, [], layout, use);
  return headers.filter((path) => shared.has(path));
}

/** Those of `scripts` that may be the target's. */
function ownScripts(
  scripts: readonly string[],
  taken: readonly string[],
  found: readonly string[] = [],
): readonly string[] {
  const shared = told(taken, [], found, LAYOUT, "link");
  return scripts.filter((path) => shared.hasScript(path));
}

test("a package of the target shares its headers with the host's", () => {
  const headers = ["/usr/include/zlib.h", "/usr/include/zconf.h"];
  expect(owned(headers, [`${LIB}/libz.so`])).toEqual(headers);
  expect(owned(headers, [`${LIB}/pkgconfig/zlib.pc`])).toEqual(headers);
  expect(owned(headers, ["/lib/aarch64-linux-gnu/libz.a"])).toEqual(headers);
});

test("what is only needed at run time, or is the C library's, tells of no -dev package", () => {
  const headers = ["/usr/include/zlib.h"];
  expect(owned(headers, [])).toEqual([]);
  expect(owned(headers, [`${LIB}/libz.so.1`, `${LIB}/libc.so`, `${LIB}/libstdc++.so`])).toEqual([]);
  expect(owned(headers, ["/usr/lib/x86_64-linux-gnu/libz.so"])).toEqual([]);
});

test("what nobody built with tells of nothing", () => {
  const headers = ["/usr/include/zlib.h"];
  expect(owned(headers, [`${LIB}/libz.so`], [], LAYOUT, "probe")).toEqual([]);
  expect(owned(headers, [`${LIB}/pkgconfig/zlib.pc`], [], LAYOUT, "configure")).toEqual(headers);
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

test("a script may be the target's where the target has the library of that very name", () => {
  const curl = ["/usr/bin/curl-config"];
  expect(ownScripts(curl, [`${LIB}/libcurl.so`])).toEqual(curl);
  expect(ownScripts(["/usr/bin/wx-config-3.2"], [`${LIB}/pkgconfig/wx.pc`])).toHaveLength(1);
  expect(ownScripts(curl, [`${LIB}/libcurl-gnutls.so`, `${LIB}/libz.so`])).toEqual([]);
  expect(ownScripts(["/usr/local/bin/curl-config"], [`${LIB}/libcurl.so`])).toEqual([]);
  expect(ownScripts(["/usr/bin/x86_64-linux-gnu-curl-config"], [`${LIB}/libcurl.so`])).toEqual([]);
});

test("beside a script with the target's name before its own, the one of the short name is the host's", () => {
  const python = ["/usr/bin/python3-config", "/usr/bin/python3.11-config"];
  const taken = [`${LIB}/libpython3.11.so`];
  expect(ownScripts(python, taken)).toEqual(python);
  for (const own of ["python3-config", "python3.11-config"])
    expect(ownScripts(python, taken, [`/usr/bin/aarch64-linux-gnu-${own}`])).toEqual([]);
});
