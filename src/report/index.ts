import type { Reporter } from "./reporter.ts";

/** Every reporter: what it is for, and how to load it. A row here is all that `--format` needs. */
export const REPORTERS = {
  text: {
    title: "for people: the cause, the files, the fix",
    load: async (): Promise<Reporter> => (await import("./text.ts")).text,
  },
  json: {
    title: "the whole report as one object",
    load: async (): Promise<Reporter> => (await import("./json.ts")).json,
  },
  ndjson: {
    title: "one JSON object a line",
    load: async (): Promise<Reporter> => (await import("./ndjson.ts")).ndjson,
  },
  sarif: {
    title: "SARIF 2.1.0, for code scanning",
    load: async (): Promise<Reporter> => (await import("./sarif.ts")).sarif,
  },
  junit: {
    title: "JUnit XML, for Jenkins and GitLab",
    load: async (): Promise<Reporter> => (await import("./junit.ts")).junit,
  },
  github: {
    title: "GitHub annotations",
    load: async (): Promise<Reporter> => (await import("./github.ts")).github,
  },
  gitlab: {
    title: "GitLab Code Quality",
    load: async (): Promise<Reporter> => (await import("./gitlab.ts")).gitlab,
  },
  markdown: {
    title: "for a job summary or a merge request",
    load: async (): Promise<Reporter> => (await import("./markdown.ts")).markdown,
  },
  html: {
    title: "one page, for a build's artefacts",
    load: async (): Promise<Reporter> => (await import("./html.ts")).html,
  },
} as const;

export type ReporterName = keyof typeof REPORTERS;

/** The names in the order of the table. */
export const REPORTER_NAMES = Object.keys(REPORTERS) as readonly ReporterName[];
