import { describe, expect, test } from "vitest";
import { FolderTree } from "../../src/context/observe/folder-tree.ts";
import { Provenance } from "../../src/context/observe/provenance.ts";
import { PathTable } from "../../src/model/path-table.ts";
import type { Work } from "../../src/model/sighting.ts";

describe("Provenance", () => {
  const paths = new PathTable();
  const work = (line: number) => ({ line }) as unknown as Work;
  const id = (path: string) => paths.intern(path);

  test("finds the maker of what lay in a folder that was renamed, twice, and of nothing beside it", () => {
    const provenance = new Provenance(paths);
    provenance.wrote(id("/w/new.tmp/lib/a.o"), work(1));
    provenance.wrote(id("/w/new.tmp.o"), work(2));
    provenance.renamed(id("/w/new.tmp"), id("/w/new"));
    provenance.wrote(id("/w/new/b.o"), work(3));
    provenance.renamed(id("/w"), id("/v"));
    expect(provenance.makerOf(id("/v/new/lib/a.o"))).toEqual(work(1));
    expect(provenance.makerOf(id("/v/new.tmp.o"))).toEqual(work(2));
    expect(provenance.makerOf(id("/v/new/b.o"))).toEqual(work(3));
    expect([...provenance.products()]).toHaveLength(3);
  });

  test("finds the maker of what lies behind a link to a folder, whichever name it was made by", () => {
    const provenance = new Provenance(paths);
    provenance.symlinked(id("/w/current"), "/w/v12");
    provenance.wrote(id("/w/v12/a.o"), work(1));
    provenance.wrote(id("/w/current/b.o"), work(2));
    expect(provenance.makerOf(id("/w/current/a.o"))).toEqual(work(1));
    expect(provenance.makerOf(id("/w/v12/b.o"))).toEqual(work(2));
  });

  test("follows a link that was made by another name, and no link that is gone or leads elsewhere by now", () => {
    const provenance = new Provenance(paths);
    provenance.wrote(id("/w/v12/a.o"), work(1));
    provenance.wrote(id("/w/v13/a.o"), work(2));
    provenance.symlinked(id("/w/tmp"), "/w/v12");
    provenance.renamed(id("/w/tmp"), id("/w/current"));
    expect(provenance.makerOf(id("/w/current/a.o"))).toEqual(work(1));
    expect(provenance.makerOf(id("/w/tmp/a.o"))).toBeUndefined();
    provenance.symlinked(id("/w/current"), "/w/v13");
    expect(provenance.makerOf(id("/w/current/a.o"))).toEqual(work(2));
    provenance.removed(id("/w/current"));
    expect(provenance.makerOf(id("/w/current/a.o"))).toBeUndefined();
  });

  test("knows the maker behind a link that was made before what it leads to", () => {
    const provenance = new Provenance(paths);
    provenance.symlinked(id("/w/libz.so"), "/w/libz.so.1");
    expect(provenance.makerOf(id("/w/libz.so"))).toBeUndefined();
    provenance.wrote(id("/w/libz.so.1"), work(1));
    expect(provenance.makerOf(id("/w/libz.so"))).toEqual(work(1));
  });
});

test("A folder renamed to and fro without end costs a bounded number of moves", () => {
  const tree = new FolderTree();
  for (let file = 0; file < 100_000; file++) tree.add(`/w/a/${file}`);
  let moved = 0;
  for (let round = 0; round < 200; round++) {
    const files = tree.take("/w/a");
    moved += files.length;
    for (const file of files) tree.add(file);
  }
  expect(moved).toBe(10_000_000);
});
