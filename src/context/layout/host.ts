import type { Actor } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import type { Machine } from "../../model/machine.ts";
import { isTriple, machineOfCpu, machineOfTriple } from "../names/machines.ts";
import type { Observer } from "../observe/observer.ts";
import { driverOf } from "./own-compilers.ts";

/**
 * The triple of the machine that the build runs on. Debian's libc and musl's loader are called after it; elsewhere
 * (`/lib64/libc.so.6`) the compilers without a prefix tell it, then folders that are called after the host.
 */
export function hostOf(observer: Seen): string {
  const libc = [...observer.features.libcs].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
  const content = observer.machines.get(observer.paths.find(libc));
  return (
    ofLibc(libc) ??
    mostMet(ownTriples(observer.actors.all)) ??
    (content === undefined ? null : `${content}-linux-gnu`) ??
    mostMet(namedTriples(observer)) ??
    (hasCrossFolder(observer, "x86_64") ? "aarch64-linux-gnu" : "x86_64-linux-gnu")
  );
}

type Seen = Pick<Observer, "features" | "actors" | "paths" | "classes" | "machines">;

function ofLibc(best: ByteString): string | null {
  const multiarch = /\/lib\/([^/]+-linux-[^/]+)\/libc\.so\.6$/.exec(best)?.[1];
  if (multiarch !== undefined) return multiarch;
  const musl = /musl-([^./]+)/.exec(best)?.[1];
  return musl === undefined ? null : `${musl}-linux-musl`;
}

/**
 * Of the system's compilers those that a driver without a prefix ran: cross compilers lie in the same folder. And what
 * cargo tells build scripts, with Rust's `unknown` for a vendor.
 */
function* ownTriples(actors: readonly Actor[]): Iterable<string> {
  for (const actor of actors) {
    const told = actor.first.environment?.variables?.get("HOST");
    if (actor.role === "build-script" && told !== undefined && isTriple(told))
      yield told.replace("-unknown-", "-");
    const triple = SYSTEM_COMPILER.exec(actor.program ?? "")?.[1];
    if (triple === undefined || !isTriple(triple)) continue;
    const driver = driverOf(actor);
    if (driver === null || driver.tool.triple !== null) continue;
    if (SYSTEM_DRIVER.test(driver.program ?? "")) yield triple;
  }
}

const SYSTEM_COMPILER = /^\/usr\/lib(?:exec|64)?\/gcc\/([^/]+)\/[^/]+\/[^/]+$/;
/** Where a system's own drivers lie; others may be links to cross compilers under a plain name. */
const SYSTEM_DRIVER = /^(?:\/usr)?\/bin\/[^/]+$/;

function* namedTriples({ paths }: Pick<Observer, "paths">): Iterable<string> {
  for (let id = 1; id < paths.size; id++) {
    const path = paths.text(id);
    if (!NAMING.test(path)) continue;
    for (const [pattern, libc] of NAMED) {
      const name = pattern.exec(path)?.[1];
      if (name === undefined) continue;
      if (libc === null && isTriple(name)) yield name;
      else if (libc !== null && machineOfCpu(cpuOf(name)) !== null)
        yield `${cpuOf(name)}-linux-${libc}`;
    }
  }
}

/** What each of the folders below has in its name: most paths have none of this. */
const NAMING =
  /\/gcc\/|ld-musl-|glibc-hwcaps|\.cpython-|\/\.rustup\/|\/sysroots|\/work\/|\/prebuilt\/|\/modules\/|\/kernels\//;

/**
 * Names that only the host gives, each with the libc that goes with the processor in group 1, or null where that is the
 * whole triple. Cross compilers of distributions have no vendor in theirs but openSUSE's, which has the same as the host's.
 */
const NAMED: readonly (readonly [RegExp, string | null])[] = [
  [
    /^(?:\/opt\/rh\/[^/]+\/root)?\/usr\/lib(?:exec|64)?\/gcc\/([^/-]+-(?:redhat-linux|pc-linux-gnu|alpine-linux-musl|slackware-linux)[^/]*)\//,
    null,
  ],
  [/^\/etc\/ld-musl-(\w+)\.path$/, "musl"],
  [/\/glibc-hwcaps\/(x86-64)-v\d/, "gnu"],
  [/^\/usr\/(?:local\/)?lib(?:64)?\/.*\.cpython-\w+-(\w+)-linux-gnu\w*\.so$/, "gnu"],
  [/^\/usr\/(?:local\/)?lib\/.*\.cpython-\w+-(\w+)-linux-musl\w*\.so$/, "musl"],
  [/\/\.rustup\/toolchains\/[^/]+?-(\w+)-unknown-linux-gnu\//, "gnu"],
  [/\/\.rustup\/toolchains\/[^/]+?-(\w+)-unknown-linux-musl\//, "musl"],
  [/\/tmp(?:-[^/]+)?\/work\/(\w+)-linux\//, "gnu"],
  [/\/sysroots-uninative\/(\w+)-linux\//, "gnu"],
  [/\/sysroots\/(\w+)-\w*sdk-linux\//, "gnu"],
  [/\/toolchains\/llvm\/prebuilt\/linux-(\w+)\//, "gnu"],
  [/^(?:\/usr)?\/(?:lib\/modules|src\/kernels)\/\d[^/]*\.(x86_64|aarch64|ppc64le|s390x)\//, "gnu"],
];

/** True when a file was met of what distributions keep for a cross compiler of the machine, as nobody does for the host's own. */
function hasCrossFolder({ paths, classes }: Seen, machine: Machine): boolean {
  for (let id = 1; id < paths.size; id++) {
    const triple = CROSS_FOLDER.exec(paths.text(id))?.[1];
    if (triple !== undefined && machineOfTriple(triple) === machine && classes.seen(id) === true)
      return true;
  }
  return false;
}

/** musl-gcc is the host's own compiler, with such a folder all the same. */
const CROSS_FOLDER = /^\/usr\/([^/]+-linux-(?!musl)[^/]+)\/(?:include|sys-root)\//;

function cpuOf(name: string): string {
  return name === "x86-64" ? "x86_64" : name;
}

/** The text that came most often, and first of those; null of none. */
function mostMet(texts: Iterable<string>): string | null {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}
