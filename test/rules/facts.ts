import type { Facts } from "../../src/model/facts.ts";

/** A host header that a compiler for the target read. */
export const HEADER_FACTS: Facts = {
  path: "",
  requested: null,
  zone: "host",
  use: "compile",
  side: "target",
  artifact: "header",
  outcome: "opened",
  role: "compiler",
  program: "cc1",
  ancestors: [],
  rejected: false,
  hint: false,
  throughSymlink: false,
  maker: null,
  archNeutral: false,
  targetTriple: false,
  sameMachine: false,
};
