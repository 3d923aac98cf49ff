import type { Evidence, Tool } from "../../model/actor.ts";
import type { ByteString } from "../../model/byte-string.ts";
import { cutLength, mayLackWords } from "../../model/cut-arguments.ts";
import type { Side } from "../../model/facts.ts";
import type { Machine } from "../../model/machine.ts";
import { baseName, parentFolder, resolvePath } from "../../model/path.ts";
import type { Environment } from "../../model/tracee.ts";
import {
  isTriple,
  machineOfEmulation,
  machineOfLoader,
  machineOfTriple,
  unversioned,
} from "./machines.ts";
import { toolOf } from "./tools.ts";

type Draft = { -readonly [Key in keyof Evidence]: Evidence[Key] };

export const NO_EVIDENCE: Evidence = {
  machine: null,
  triple: null,
  sysroot: null,
  compiler: null,
  says: null,
  plain: false,
};

/** What a program is and how it was called, as far as the log shows it. */
export interface Invocation {
  readonly program: ByteString;
  readonly argv: readonly ByteString[] | null;
  readonly argvTruncated: boolean;
  readonly environment: Environment | null;
  readonly cwd: ByteString;
}

/** Reads the evidence of one exec. */
export function evidenceOf(tool: Tool, invocation: Invocation): Evidence {
  const found: Draft = { ...NO_EVIDENCE };
  const triple = tool.triple ?? tripleOfPath(invocation.program);
  if (triple !== null) Object.assign(found, { triple, machine: machineOfTriple(triple) });
  const argv = invocation.argv ?? [];
  switch (tool.role) {
    case "compiler":
    case "preprocessor":
    case "libclang":
      Object.assign(found, fromCompilerArguments(invocation));
      if (tool.name.startsWith("ppc")) Object.assign(found, fromPascal(tool, invocation));
      if (found.machine === null && tool.driver) found.plain = true;
      if (found.plain && tool.name.startsWith("clang") && mayHideTarget(invocation))
        found.says = "unknown";
      break;
    case "linker": {
      const linked = fromLinkerArguments(argv, invocation.cwd);
      if (linked.machine !== null)
        Object.assign(found, {
          machine: linked.machine,
          triple: linked.machine === found.machine ? found.triple : null,
        });
      found.sysroot = linked.sysroot;
      if (argv.includes(ANDROIDS_LOADER) || argv.includes(`${ANDROIDS_LOADER}64`))
        found.says = "target";
      break;
    }
    case "rustc":
      Object.assign(found, fromRustc(argv, mayHideTarget(invocation)));
      break;
    case "cargo":
      break;
    case "build-script":
      Object.assign(found, fromBuildScript(invocation));
      break;
    case "pkg-config":
    case "config-script":
      if (tool.name === "pkg-config-native") found.says = "host";
      found.sysroot = fromPkgConfig(invocation.environment);
      break;
    case "configure":
      Object.assign(found, fromConfigure(tool, argv));
      break;
    case "cmake":
      Object.assign(found, fromCmake(argv, invocation.environment));
      break;
    case "shell":
      Object.assign(found, fromLibtool(tool, invocation));
      break;
    case "meson":
      if (optionValue(argv, "--cross-file") !== null) found.says = "target";
      break;
    default:
      break;
  }
  return found;
}

/** The triple in a compiler's own folder: `/usr/lib/gcc-cross/aarch64-linux-gnu/12/cc1`, `.../bin/aarch64-poky-linux/ld`. */
export function tripleOfPath(program: ByteString): string | null {
  const gcc = /\/gcc(?:-cross)?\/([^/]+)\/[^/]+\/[^/]+$/.exec(program)?.[1];
  if (gcc !== undefined && isTriple(gcc)) return gcc;
  const binutils = /\/([^/]+)\/bin\/[^/]+$|\/bin\/([^/]+)\/[^/]+$/.exec(program);
  const folder = binutils?.[1] ?? binutils?.[2];
  return folder !== undefined && isTriple(folder) ? folder : null;
}

function fromCompilerArguments(invocation: Invocation): Partial<Evidence> {
  const { cwd } = invocation;
  const argv = invocation.argv ?? [];
  const most = cutLength(invocation);
  const found: Partial<Draft> = {};
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    if (word.charCodeAt(0) !== 0x2d) continue;
    const next = argv[at + 1];
    const target = word.startsWith("--target=")
      ? word.slice(9)
      : word === "-target" || word === "-triple" || word === "--target"
        ? next
        : undefined;
    if (target !== undefined) {
      const machine = machineOfTriple(target);
      const isCut = (target === next ? target : word).length === most && !WHOLE.test(target);
      if (machine !== null)
        Object.assign(found, { machine, triple: isCut ? null : unversioned(target) });
    } else if (word.startsWith("--sysroot=")) found.sysroot = folder(word.slice(10), cwd);
    else if ((word === "--sysroot" || word === "-isysroot") && next !== undefined)
      found.sysroot = folder(next, cwd);
    else if (word.startsWith("-isysroot")) found.sysroot = folder(word.slice(9), cwd);
    else if (word === "-imultiarch" && next !== undefined && found.machine === undefined) {
      const machine = machineOfTriple(next);
      if (machine !== null && machine !== "x86_64") Object.assign(found, { machine, triple: next });
    } else if (word === "-m32") found.machine = "i386";
    else if (/^--?specs(?:=|$)/.test(word)) {
      const specs = word.includes("=") ? word.slice(word.indexOf("=") + 1) : (next ?? "");
      // musl-gcc and its like are the host's compiler with a specs file out of the other libc's folder.
      if (specs.includes("/") && LIBC_SPECS.test(baseName(specs)))
        found.sysroot ??= parentFolder(folder(specs, cwd) ?? "/");
    }
  }
  return found;
}

/** How a triple ends of which -s has left all but a version. */
const WHOLE = /-(?:gnu|musl|android|uclibc|e?abi)\w*[\d.]*$/;

/** Others (redhat-hardened-cc1, no-pie-compile.specs) only add flags, and lie where their distribution has them. */
const LIBC_SPECS = /^(?:musl|diet|klibc|uclibc|newlib|picolibc|nano)/;

/** Free Pascal's machine is in its name; -XP is put before its assembler's and linker's names, -XR is the sysroot. */
function fromPascal({ name }: Tool, { argv, cwd }: Invocation): Partial<Evidence> {
  const found: Partial<Draft> = {};
  const machine = machineOfTriple(PASCAL_MACHINES[name.replace(/^ppc(?:ross)?/, "")] ?? "");
  if (machine !== null && machine !== "x86_64") found.machine = machine;
  for (const word of argv ?? []) {
    if (word.startsWith("-XR")) found.sysroot = folder(word.slice(3), cwd);
    else if (word.startsWith("-XP")) {
      const triple = baseName(word.slice(3)).replace(/-$/, "");
      const tools = isTriple(triple) ? machineOfTriple(triple) : null;
      if (tools !== null) Object.assign(found, { machine: tools, triple });
    }
  }
  return found;
}

const PASCAL_MACHINES: Readonly<Record<string, string>> = {
  x64: "x86_64-linux",
  "386": "i386-linux",
  a64: "aarch64-linux",
  arm: "arm-linux",
};

/** The only loader whose name alone tells that no build host has it. */
const ANDROIDS_LOADER = "/system/bin/linker";

function fromLinkerArguments(
  argv: readonly ByteString[],
  cwd: ByteString,
): { readonly machine: Machine | null; readonly sysroot: ByteString | null } {
  let machine: Machine | null = null;
  let sysroot: ByteString | null = null;
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] ?? "";
    const next = argv[at + 1] ?? "";
    if (word === "-m") machine ??= machineOfEmulation(next);
    else if (word.startsWith("-m") && word.length > 3)
      machine ??= machineOfEmulation(word.slice(2));
    else if (word === "-dynamic-linker" || word === "--dynamic-linker" || word === "-I")
      machine ??= machineOfLoader(next);
    else if (word.startsWith("-dynamic-linker=") || word.startsWith("--dynamic-linker="))
      machine ??= machineOfLoader(word.slice(word.indexOf("=") + 1));
    else if (word.startsWith("--sysroot=")) sysroot = folder(word.slice(10), cwd);
    else if (word === "--sysroot") sysroot = folder(next, cwd);
  }
  return { machine, sysroot };
}

/** `--target T`; without it, or for crates that run in the compiler or before it, rustc makes host code. */
function fromRustc(argv: readonly ByteString[], cut: boolean): Partial<Evidence> {
  if (argv.length < 2) return {};
  const target = optionValue(argv, "--target");
  const crateType = optionValue(argv, "--crate-type");
  const crateName = optionValue(argv, "--crate-name") ?? "";
  // -s may have cut the name.
  if (crateType === "proc-macro" || /^build_script(?:_|$)/.test(crateName)) return { says: "host" };
  if (target === null) return { says: cut ? sideOfOutDir(argv) : "host" };
  const triple = baseName(target).replace(/\.json$/, "");
  return { triple, machine: machineOfTriple(triple), says: null };
}

/** True when what `strace -s` left out may have named the target. */
function mayHideTarget(invocation: Invocation): boolean {
  const { argv, argvTruncated } = invocation;
  if (argvTruncated && argv?.some((word) => word.startsWith("--target=")) === true) return true;
  return mayLackWords(invocation);
}

/** `--out-dir target/<triple>/release/deps` is cargo's for the target, `target/release/deps` for the host. */
function sideOfOutDir(argv: readonly ByteString[]): Side {
  const folder = optionValue(argv, "--out-dir") ?? "";
  const triple = /\/([^/]+)\/(?:debug|release)\//.exec(folder)?.[1];
  if (triple === undefined) return "unknown";
  return isTriple(triple) ? "target" : "host";
}

/** A build script runs on the host and asks for `TARGET`; its libclang and its children work for that. */
function fromBuildScript(invocation: Invocation): Partial<Evidence> {
  const variables = invocation.environment?.variables;
  const target = variables?.get("TARGET");
  if (target !== undefined) {
    if (target === variables?.get("HOST")) return { says: "host" };
    return { triple: target, machine: machineOfTriple(target), says: "target" };
  }
  const out = variables?.get("OUT_DIR");
  const triple =
    out === undefined ? undefined : /\/([^/]+)\/(?:debug|release|[^/]+)\/build\//.exec(out)?.[1];
  return triple !== undefined && isTriple(triple)
    ? { triple, machine: machineOfTriple(triple) }
    : {};
}

/** Where pkg-config was told to look. SYSROOT_DIR=/ is how Buildroot asks for host packages: LIBDIR tells then. */
function fromPkgConfig(environment: Environment | null): ByteString | null {
  const sysroot = environment?.variables?.get("PKG_CONFIG_SYSROOT_DIR");
  if (sysroot !== undefined && sysroot !== "" && sysroot !== "/")
    return environment?.cut.has("PKG_CONFIG_SYSROOT_DIR") === true ? null : sysroot;
  const folders = environment?.variables?.get("PKG_CONFIG_LIBDIR")?.split(":") ?? [];
  const [first] =
    environment?.cut.has("PKG_CONFIG_LIBDIR") === true ? folders.slice(0, -1) : folders;
  return first === undefined || first === "" ? null : first;
}

function fromConfigure(tool: Tool, argv: readonly ByteString[]): Partial<Evidence> {
  if (/^config\.(guess|sub)$/.test(tool.name)) return { says: "host" };
  const host = optionValue(argv, "--host");
  if (host === null) return {};
  const build = optionValue(argv, "--build");
  if (build === host) return { says: "host" };
  return { triple: host, machine: machineOfTriple(host) };
}

/** libtool works for whom the command does that it is given: `libtool --mode=link aarch64-poky-linux-gcc --sysroot=…`. */
function fromLibtool(tool: Tool, invocation: Invocation): Partial<Evidence> {
  const argv = invocation.argv ?? [];
  const script = tool.name === "libtool" ? 0 : 1;
  if (script === 1 && argv[script]?.endsWith("libtool") !== true) return {};
  const at = argv.findIndex(
    (word, index) => index > script && toolOf(word).role === "compiler" && !word.startsWith("-"),
  );
  if (at < 0) return {};
  const program = argv[at] ?? "";
  return evidenceOf(toolOf(program), { ...invocation, program, argv: argv.slice(at) });
}

function fromCmake(
  argv: readonly ByteString[],
  environment: Environment | null,
): Partial<Evidence> {
  const cross =
    argv.some((word) =>
      /^-D(?:CMAKE_TOOLCHAIN_FILE|CMAKE_SYSTEM_NAME|CMAKE_SYSROOT)(?::\w+)?=./.test(word),
    ) || optionValue(argv, "--toolchain") !== null;
  if (cross || environment?.variables?.has("CMAKE_TOOLCHAIN_FILE") === true)
    return { says: "target" };
  return {};
}

/** The value of `--name V` or `--name=V`; null when the option is not there. */
export function optionValue(argv: readonly ByteString[], name: string): ByteString | null {
  const at = argv.findIndex((word) => word === name || word.startsWith(`${name}=`));
  if (at < 0) return null;
  const word = argv[at] ?? "";
  return word.length > name.length ? word.slice(name.length + 1) : (argv[at + 1] ?? null);
}

function folder(path: ByteString, cwd: ByteString): ByteString | null {
  if (path === "") return null;
  if (path.charCodeAt(0) !== 0x2f && cwd === "") return null;
  return resolvePath(cwd, path);
}
