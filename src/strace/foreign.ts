import type { ByteString } from "../model/byte-string.ts";

/** What CI systems and log collectors put before each line of a job's output. */
const FOREIGN_PREFIXES: readonly RegExp[] = [
  // GitHub Actions, Azure Pipelines, docker logs -t; with the stream columns of GitLab and of Kubernetes' CRI.
  /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)? (?:\d\d[OE][ +]|std(?:out|err) [FP] )?/,
  // journald's short-iso behind its time; syslog and journald's default form; moreutils' ts.
  /^[\w.-]+ [\w.@/-]+\[\d+\]: /,
  /^[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d (?:[\w.-]+ [\w.@/-]+(?:\[\d+\])?: )?/,
  // Jenkins' timestamper, TeamCity, Drone and Woodpecker.
  /^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?\] /,
  /^\[\d\d:\d\d:\d\d\][ :iWEwe]*(?:\[[^\]]*\] )?\s*/,
  /^\[[\w.-]+:L\d+:\d+s\] /,
  // docker compose, act; BitBake's excerpts; docker build --progress=plain; nix build -L.
  /^(?:\[[\w./ -]+\] *|[\w.-]+ *)\| /,
  /^\| /,
  /^#\d+ \d+\.\d+ /,
  /^[\w.+-]+> /,
];

/** Where the line proper begins behind one foreign prefix; 0 when there is none. */
export function skipForeign(line: ByteString): number {
  for (const prefix of FOREIGN_PREFIXES) {
    const match = prefix.exec(line);
    if (match && match[0].length > 0) return match[0].length;
  }
  return 0;
}
