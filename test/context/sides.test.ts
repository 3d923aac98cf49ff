import { describe, expect, test } from "vitest";
import { Sides } from "../../src/context/facts/sides.ts";
import { type Layout, Zones } from "../../src/context/layout/zones.ts";
import { NO_EVIDENCE } from "../../src/context/names/evidence.ts";
import { toolOf } from "../../src/context/names/tools.ts";
import { LogFeatures } from "../../src/context/observe/log-features.ts";
import type { Actor, Evidence, Tool } from "../../src/model/actor.ts";
import type { Tracee } from "../../src/model/tracee.ts";

const SYSROOT = "/srv/sdk/x86_64-acme-linux-gnu/sysroot";
const CC1 = "/usr/lib/gcc/x86_64-linux-gnu/12/cc1";
const UNKNOWN: Tool = { name: "unknown", triple: null, role: "unknown", driver: false };

const BOARD: Layout = {
  host: "x86_64-linux-gnu",
  hostMachine: "x86_64",
  target: "x86_64-acme-linux-gnu",
  targetMachine: "x86_64",
  sysroots: [SYSROOT],
  nativeSysroots: [],
  toolchains: [],
  buildDirs: ["/srv/app"],
  sources: [],
  compilerPrefixes: [],
  targetSettings: [],
};

/** A build on a board of the host's own kind, whose log shows programs but no forks. */
class Build {
  readonly all: Actor[] = [];
  readonly features = Object.assign(new LogFeatures(), {
    showsExecs: true,
    beginsWithExec: true,
  });

  actor(program: string | null, parent: Actor | null, evidence: Partial<Evidence> = {}): Actor {
    const tool = program === null ? UNKNOWN : toolOf(program);
    const actor: Actor = {
      id: this.all.length,
      parent,
      program,
      tool,
      role: tool.role,
      evidence: { ...NO_EVIDENCE, ...evidence },
      place: null,
      first: { pid: 100 + this.all.length } as Tracee,
      children: [],
    };
    this.all.push(actor);
    parent?.children.push(actor);
    return actor;
  }

  sides(layout: Partial<Layout> = {}): Sides {
    return new Sides(new Zones({ ...BOARD, ...layout }), {
      actors: { all: this.all } as unknown as ConstructorParameters<typeof Sides>[1]["actors"],
      features: this.features,
    });
  }
}

describe("where the log shows no forks", () => {
  test("what one stray program is told is not the answer for another of the same nameless parent", () => {
    const build = new Build();
    const nobody = build.actor(null, null);
    build.actor("/bin/sh", nobody);
    const installer = build.actor("/usr/bin/install", nobody);
    const compiler = build.actor(CC1, nobody, { machine: "x86_64", triple: "x86_64-linux-gnu" });
    const sides = build.sides();
    expect(sides.sideOf(installer)).toBe("target");
    expect(sides.sideOf(compiler)).toBe("unknown");
    expect(sides.sideOf(installer)).toBe("target");
  });

  test("a compiler that ran beside the target's is not its parent", () => {
    const build = new Build();
    const shell = build.actor("/bin/sh", null);
    const gcc = build.actor("/usr/bin/gcc", shell, { plain: true });
    const cc1 = build.actor(CC1, gcc, { machine: "x86_64", triple: "x86_64-linux-gnu" });
    build.actor("/srv/sdk/bin/x86_64-acme-linux-gnu-gcc", gcc, { sysroot: SYSROOT });
    expect(build.sides().sideOf(cc1)).toBe("host");
  });

  test("a compiler asks its children where the log shows forks", () => {
    const build = new Build();
    build.features.showsForks = true;
    const wrapper = build.actor("/usr/bin/cc", build.actor("/bin/sh", null), { plain: true });
    build.actor("/usr/bin/gcc", wrapper, { plain: true, sysroot: SYSROOT });
    expect(build.sides().sideOf(wrapper)).toBe("target");
  });

  test("nothing tells whom a pkg-config without a parent answers, on a board of the host's kind", () => {
    const build = new Build();
    build.actor("/bin/sh", null);
    build.actor("/usr/bin/make", null);
    const question = build.actor("/usr/bin/pkg-config", null);
    expect(build.sides().sideOf(question)).toBe("unknown");
    expect(
      build.sides({ target: "aarch64-acme-linux-gnu", targetMachine: "aarch64" }).sideOf(question),
    ).toBe("target");
  });

  test("a cmake without parent and children may configure a tool of the host", () => {
    const build = new Build();
    build.actor("/bin/sh", null);
    build.actor("/usr/bin/make", null);
    const cmake = build.actor("/usr/bin/cmake", null);
    expect(
      build.sides({ target: "aarch64-acme-linux-gnu", targetMachine: "aarch64" }).sideOf(cmake),
    ).toBe("unknown");
  });
});

describe("meson, which has one pkg-config for each machine", () => {
  const CROSS: Partial<Layout> = { target: "aarch64-linux-gnu", targetMachine: "aarch64" };
  const TARGETS: Partial<Evidence> = { machine: "aarch64", triple: "aarch64-linux-gnu" };

  /** A meson, and the plain pkg-config that it ran. */
  function asked(build: Build): readonly [meson: Actor, plain: Actor] {
    build.features.showsForks = true;
    const meson = build.actor("/usr/bin/meson", build.actor("/bin/sh", null));
    return [meson, build.actor("/usr/bin/pkg-config", meson)];
  }

  test("asks a plain one for native dependencies beside the target's", () => {
    const build = new Build();
    const [meson, plain] = asked(build);
    const own = build.actor("/usr/bin/aarch64-linux-gnu-pkg-config", meson, TARGETS);
    const sides = build.sides(CROSS);
    expect([plain, own].map((each) => sides.sideOf(each))).toEqual(["host", "target"]);
  });

  test("asks a plain one for the target where its cross file names no other", () => {
    const build = new Build();
    const [meson, plain] = asked(build);
    build.actor("/usr/bin/aarch64-linux-gnu-gcc", meson, TARGETS);
    expect(build.sides(CROSS).sideOf(plain)).toBe("target");
  });

  test("is nobody's parent for sure where the log shows no forks", () => {
    const build = new Build();
    const [meson, plain] = asked(build);
    build.features.showsForks = false;
    build.actor("/usr/bin/aarch64-linux-gnu-pkg-config", meson, TARGETS);
    expect(build.sides(CROSS).sideOf(plain)).toBe("target");
  });
});
