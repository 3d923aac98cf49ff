import type { Actor, Evidence, Tool } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { Role } from "../../model/facts.ts";
import { baseName } from "../../model/path.ts";
import type { PathTable } from "../../model/path-table.ts";
import type { Tracee } from "../../model/tracee.ts";
import { evidenceOf, NO_EVIDENCE } from "../names/evidence.ts";
import { toolCalled } from "../names/tools.ts";

const UNKNOWN_TOOL: Tool = {
  name: "unknown",
  triple: null,
  role: "unknown",
  driver: false,
};

/** The number of no parent. */
const NOBODY = -1;

/** Interns actors. */
export class Actors {
  readonly all: Actor[] = [];
  readonly #byKey: Map<string, Actor> = new Map();
  /** Those of an unknown program, by the number of the parent: each process is one in a log of opens alone. */
  readonly #unknown: Map<number, Actor> = new Map();
  readonly #paths: PathTable;

  constructor(paths: PathTable) {
    this.#paths = paths;
  }

  /** The actor of a tracee that just began. A fork keeps its parent's actor until it executes something. */
  of(tracee: Tracee, parent: Actor | null): Actor {
    if (tracee.born === "fork" && parent !== null) return parent;
    if (tracee.program === null) return this.unknown(tracee, parent);
    const tool = toolCalled(tracee.program, tracee.argv);
    const cwd = this.#paths.text(tracee.cwd);
    const evidence = evidenceOf(tool, {
      program: tracee.program,
      argv: tracee.argv,
      argvTruncated: tracee.argvTruncated,
      environment: tracee.environment,
      cwd,
    });
    const role = isErrand(tool, tracee) ? "other" : tool.role;
    return this.#intern(tracee, parent, tracee.program, tool, role, evidence, placeOf(cwd));
  }

  /** The actor of a tracee whose exec the log does not show. */
  unknown(tracee: Tracee, parent: Actor | null): Actor {
    const number = parent?.id ?? NOBODY;
    let actor = this.#unknown.get(number);
    if (actor === undefined) {
      actor = this.#intern(tracee, parent, null, UNKNOWN_TOOL, "unknown", NO_EVIDENCE, null);
      this.#unknown.set(number, actor);
    }
    return actor;
  }

  /** The actor of a tracee whose role and machine were read from what it opened. */
  guessed(tracee: Tracee, parent: Actor | null, role: Role, evidence: Evidence): Actor {
    return this.#intern(tracee, parent, null, { ...UNKNOWN_TOOL, role }, role, evidence, null);
  }

  #intern(
    first: Tracee,
    parent: Actor | null,
    program: ByteString | null,
    tool: Tool,
    role: Role,
    evidence: Evidence,
    place: "host" | null,
  ): Actor {
    const key = `${parent?.id ?? NOBODY}\0${program ?? ""}\0${role}\0${evidence.machine ?? ""}\0${evidence.triple ?? ""}\0${evidence.sysroot ?? ""}\0${evidence.compiler ?? ""}\0${evidence.says ?? ""}\0${place ?? ""}`;
    let actor = this.#byKey.get(key);
    if (actor === undefined) {
      actor = {
        id: this.all.length,
        parent,
        program,
        tool,
        role,
        evidence,
        place,
        first,
        children: [],
      };
      this.all.push(actor);
      this.#byKey.set(key, actor);
      parent?.children.push(actor);
    }
    return actor;
  }
}

/** True for `cmake -E copy` and its like: makefiles run it for whatever the shell of the system may lack. */
function isErrand({ role }: Tool, { argv }: Tracee): boolean {
  return role === "cmake" && argv?.[1] === "-E";
}

/** Base names from the root of the build to the actor. A shell that runs a script of the same name stands once. */
export function chainOf(actor: Actor): readonly string[] {
  const names: string[] = [];
  for (let at: Actor | null = actor; at !== null; at = at.parent)
    names.push(at.program === null ? "?" : baseName(at.program));
  return names.reverse();
}

/** Work folders that belong to host tools: Yocto's native and cross recipes, Buildroot's host-*, OpenWrt's host. */
const HOST_PLACE =
  /\/tmp(?:-[^/]+)?\/work\/(?:x86_64|aarch64|i686|ppc64le|riscv64|loongarch64)-linux\/|\/(?:build|build_dir)\/(?:host|hostpkg)(?:-[^/]+)?(?:\/|$)|\/(?:output|per-package\/[^/]+)\/build\/host-[^/]+/;

/** The side that a path alone tells: all that lies in a host tool's own work folder serves the host. */
export function placeOf(path: ByteString): "host" | null {
  return HOST_PLACE.test(path) ? "host" : null;
}
