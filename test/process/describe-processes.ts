import type { Access, Mapping, ProcessListener, Transfer } from "../../src/model/access.ts";
import { toText } from "../../src/model/byte-string.ts";
import { type PathId, PathTable, UNKNOWN_PATH } from "../../src/model/path-table.ts";
import type { Tracee } from "../../src/model/tracee.ts";

/** A listener that writes one line for each thing that it is told. */
export class DescribingListener implements ProcessListener {
  readonly paths = new PathTable();
  readonly accesses: string[] = [];
  readonly tree: string[] = [];
  readonly content: string[] = [];

  started(tracee: Tracee): void {
    const parent = tracee.parent === null ? "nobody" : name(tracee.parent);
    const program = tracee.program === null ? "?" : toText(tracee.program);
    const argv = tracee.argv === null ? "" : ` [${tracee.argv.map(toText).join(" ")}]`;
    const variables = [...(tracee.environment?.variables ?? [])].map((pair) => pair.join("="));
    const env = tracee.environment
      ? ` {${[tracee.environment.count, ...variables].join(" ")}}`
      : "";
    this.tree.push(
      `${tracee.line}: ${name(tracee)} by ${tracee.born} from ${parent}: ${program}${argv}${env}`,
    );
  }

  ended(tracee: Tracee, status: number | null, line: number): void {
    this.tree.push(`${line}: ${name(tracee)} ended ${status ?? "?"}`);
  }

  accessed(access: Access): void {
    const notes = [
      access.real === UNKNOWN_PATH ? null : `real ${this.#text(access.real)}`,
      access.to === UNKNOWN_PATH ? null : `to ${this.#text(access.to)}`,
      access.target === null ? null : `target ${toText(access.target)}`,
      access.fd < 0 ? null : `fd ${access.fd}`,
      access.openFlags === 0 ? null : `flags ${access.openFlags}`,
    ].filter((note) => note !== null);
    const what = `${access.line}: ${name(access.tracee)} ${access.kind} ${this.#text(access.path)}`;
    this.accesses.push([what, access.outcome, ...notes].join(" "));
  }

  transferred(transfer: Transfer): void {
    const { tracee, direction, fd, path, content, truncated, size, line } = transfer;
    const cut = truncated ? "..." : "";
    this.content.push(
      `${line}: ${name(tracee)} ${direction} ${fd} ${this.#text(path)} ${JSON.stringify(toText(content))}${cut} of ${size}`,
    );
  }

  mapped(mapping: Mapping): void {
    const { tracee, fd, path, denyWrite, executable, line } = mapping;
    const notes = [denyWrite ? "denywrite" : null, executable ? "executable" : null];
    const what = `${line}: ${name(tracee)} map ${fd} ${this.#text(path)}`;
    this.content.push([what, ...notes.filter((note) => note !== null)].join(" "));
  }

  #text(path: PathId): string {
    return path === UNKNOWN_PATH ? "?" : toText(this.paths.text(path));
  }
}

function name(tracee: Tracee): string {
  return `${tracee.pid ?? "-"}${tracee.generation === 0 ? "" : `/${tracee.generation}`}`;
}
