import type { Tool } from "../../model/actor.ts";
import type { Role } from "../../model/facts.ts";
import { baseName } from "../../model/path.ts";
import { isTriple } from "./machines.ts";

/** Free Pascal's compilers, one for each machine; those with `cross` run on another. */
const PASCAL = "ppcx64 ppc386 ppca64 ppcarm ppcrossx64 ppcross386 ppcrossa64 ppcrossarm";

/** What each tool is, by its bare name. */
const ROLES: Readonly<Record<string, Role>> = {
  ...all(
    "compiler",
    "cc1 cc1plus cc1obj cc1objplus cc1gm2 f951 lto1 lto-wrapper gcc g++ cc c++ c89 c99 gfortran musl-gcc musl-clang klcc gcc-ar gcc-nm clang clang++ clang-cl clang-cpp zig tcc icc icx nvcc go-compile gnat1 gnatbind d21 cudafe++ flang",
  ),
  ...all("compiler", PASCAL),
  ...all("preprocessor", "cpp moc castxml swig swig4.0 g-ir-scanner cppcheck sparse"),
  ...all("libclang", "bindgen"),
  ...all("assembler", "as gas nasm yasm llvm-as"),
  ...all(
    "linker",
    "ld ld.bfd ld.gold gold ld.lld lld ld64.lld rust-lld mold ld.mold wild collect2 sold",
  ),
  ...all("archiver", "ar ranlib llvm-ar llvm-ranlib gcc-ar gcc-ranlib"),
  ...all("strip", "strip objcopy llvm-strip llvm-objcopy eu-strip sstrip"),
  ...all("rustc", "rustc clippy-driver"),
  ...all("cargo", "cargo cargo-build cross maturin"),
  ...all("pkg-config", "pkg-config pkgconf pkg-config-native pkg-config.real"),
  ...all("cmake", "cmake cmake3 ccmake ctest cpack"),
  ...all("meson", "meson meson.py"),
  ...all(
    "configure",
    "configure config.status Configure autoconf autoreconf automake config.guess config.sub",
  ),
  ...all("qmake", "qmake qmake6 qmake-qt5"),
  ...all("interpreter", "perl node nodejs ruby lua php tclsh java guile"),
  ...all(
    "copier",
    "cp install ginstall rsync mv tar cpio bsdtar bsdcpio pax dd cat ln xinstall unzip zip mcopy gen_init_cpio mksquashfs sqfstar genext2fs mkfs.jffs2 mkfs.ubifs mkfs.erofs mkfs.cramfs mkcramfs genromfs sload.f2fs genisoimage mkisofs xorriso xorrisofs grub-mkimage grub-mkstandalone grub-mkrescue mkbootimg fiptool 7z 7za 7zz mkimage dtc",
  ),
  ...all("shell", "sh bash dash zsh ksh busybox ash mksh libtool"),
  ...all("loader-tool", "ldconfig ldconfig.real ldd readelf objdump nm size strings file"),
};

function all(role: Role, names: string): Record<string, Role> {
  return Object.fromEntries(names.split(" ").map((name) => [name, role]));
}

const DRIVERS: ReadonlySet<string> = new Set(
  `gcc g++ cc c++ c89 c99 cpp gfortran musl-gcc musl-clang klcc clang clang++ zig ${PASCAL}`.split(
    " ",
  ),
);

const known = new Map<string, Tool>();

/** Programs that are several tools: the first word after their name says which. */
const MULTICALL: ReadonlySet<string> = new Set(["zig", "busybox", "toybox", "llvm"]);

/** What kind of tool a program is as it was called: `zig ar` and `busybox cp` are ar and cp. */
export function toolCalled(program: string, argv: readonly string[] | null): Tool {
  const tool = toolOf(program);
  const word = MULTICALL.has(baseName(program)) ? argv?.[1] : undefined;
  if (word === undefined || word.includes("/")) return tool;
  const called = toolOf(word);
  // What zig compiles with is zig, by whatever language it is told.
  return called.role === "other" || called.role === "compiler" ? tool : called;
}

/** What kind of tool a program is, by its path. Answers are kept: a build runs few programs very often. */
export function toolOf(program: string): Tool {
  let tool = known.get(program);
  if (tool === undefined) {
    tool = identify(program);
    if (known.size < 65_536) known.set(program, tool);
  }
  return tool;
}

function identify(program: string): Tool {
  const file = baseName(program);
  if (/^build[-_]script[-_]/.test(file))
    return { name: file, triple: null, role: "build-script", driver: false };
  const bare = file.replace(/\.(?:br_real|real|orig|exe)$/, "");
  const direct = roleOf(bare);
  if (direct !== null)
    return {
      name: direct.name,
      triple: null,
      role: direct.role,
      driver: DRIVERS.has(direct.name),
    };
  for (let dash = bare.lastIndexOf("-"); dash > 0; dash = bare.lastIndexOf("-", dash - 1)) {
    const triple = bare.slice(0, dash);
    const tool = roleOf(bare.slice(dash + 1));
    if (tool !== null && isTriple(triple))
      return {
        name: tool.name,
        triple,
        role: tool.role,
        driver: DRIVERS.has(tool.name),
      };
  }
  if (/-config(?:-\d+(?:\.\d+)*)?$/.test(bare)) {
    const triple = tripleBefore(bare);
    return {
      name: triple === null ? bare : bare.slice(triple.length + 1),
      triple,
      role: "config-script",
      driver: false,
    };
  }
  return { name: bare, triple: null, role: "other", driver: false };
}

function roleOf(name: string): { readonly name: string; readonly role: Role } | null {
  const plain = Object.hasOwn(ROLES, name) ? name : name.replace(/-?\d+(?:\.\d+)*$/, "");
  if (/^(?:python|pypy)$/.test(plain)) return { name: "python", role: "interpreter" };
  const role = Object.hasOwn(ROLES, plain) ? ROLES[plain] : undefined;
  return role === undefined ? null : { name: plain, role };
}

/** `arm-linux-gnueabihf` of `arm-linux-gnueabihf-xml2-config`: a triple ends in the name of a system or of its ABI. */
function tripleBefore(name: string): string | null {
  const triple =
    /^((?:[^-]+-)+?(?:linux|elf|eabi\w*|gnu\w*|musl\w*|uclibc\w*))-(?!(?:gnu|musl|uclibc|eabi)\w*-)/.exec(
      name,
    )?.[1];
  return triple !== undefined && isTriple(triple) ? triple : null;
}
