import type { Call, Script, Step } from "./call.ts";
import type { Random } from "./random.ts";
import { hex, type Spelling } from "./spelling.ts";

const SYSROOT = "/build/app-1.0/recipe-sysroot";
const TOOLCHAIN = `${SYSROOT}-native/usr/lib/aarch64-poky-linux/gcc/12.2.0`;
const MISSING = "-1 ENOENT (No such file or directory)";
const LIBRARIES = [
  "libc.so.6",
  "libm.so.6",
  "libz.so.1",
  "libgmp.so.10",
  "libisl.so.23",
  "libdl.so.2",
];
const HEADER_FOLDERS = [
  `${TOOLCHAIN}/include`,
  `${TOOLCHAIN}/include-fixed`,
  `${SYSROOT}/usr/include`,
];
const HEADERS = 2400;
/** Folders of sources that include the same headers. */
const PARTS = 40;

/** The programs of a cross build, each as the calls that it was seen to make. */
export class Programs {
  readonly #random: Random;
  readonly #spelling: Spelling;
  readonly #headers: number[][] = [];

  constructor(random: Random, spelling: Spelling) {
    this.#random = random;
    this.#spelling = spelling;
  }

  /** make: runs job after job, as many at a time as `-j` allows. */
  *make(folder: string, jobs: number): Script {
    yield* this.#start("/usr/bin/make", ["make", "-j8"], folder);
    for (let job = 0; ; job++) {
      for (let parallel = 0; parallel < jobs; parallel++) {
        const unit = job * jobs + parallel;
        yield { what: "fork", how: "vfork", child: this.#shell(folder, unit) };
        for (const name of ["c", "o", "lo", "Plo"])
          yield* this.#probe(`src/unit${unit}.${name}`, folder, name === "c");
      }
      for (let parallel = 0; parallel < jobs; parallel++) yield { what: "wait" };
    }
  }

  /** One rule of the makefile: a little shell work, then a compilation; seldom a link. */
  *#shell(folder: string, unit: number): Script {
    yield* this.#start(
      "/bin/sh",
      ["/bin/sh", "-c", `libtool --mode=compile gcc -c src/unit${unit}.c`],
      folder,
    );
    for (const tool of ["sed", "cat", "rm"]) {
      if (!this.#random.chance(0.6)) continue;
      for (const place of ["/usr/local/bin", "/usr/bin"])
        yield* this.#probe(`${place}/${tool}`, folder, place === "/usr/bin");
      yield { what: "fork", how: "clone", child: this.#tool(tool, folder, unit) };
      yield { what: "wait" };
    }
    yield { what: "fork", how: "vfork", child: this.#driver(folder, unit) };
    yield { what: "wait" };
    yield this.#call("rt_sigprocmask", "SIG_BLOCK, ~[RTMIN RT_1], ", "[], 8", "0");
  }

  *#tool(tool: string, folder: string, unit: number): Script {
    yield* this.#start(`/usr/bin/${tool}`, [tool, `src/unit${unit}.lo`], folder);
    yield* this.#read(`src/unit${unit}.lo`, folder, 2);
  }

  *#driver(folder: string, unit: number): Script {
    const assembly = `/tmp/cc${hex(this.#random, 6)}.s`;
    yield* this.#start(
      "/usr/bin/aarch64-linux-gnu-gcc",
      ["aarch64-linux-gnu-gcc", `--sysroot=${SYSROOT}`, "-c", `src/unit${unit}.c`],
      folder,
    );
    for (const name of ["cc1", "as", "specs"])
      yield* this.#probe(`${TOOLCHAIN}/${name}`, folder, name !== "specs");
    yield { what: "fork", how: "vfork", child: this.#compiler(folder, unit, assembly) };
    yield { what: "wait" };
    yield { what: "fork", how: "vfork", child: this.#assembler(folder, unit, assembly) };
    yield { what: "wait" };
    if (unit % 16 === 15) {
      yield { what: "fork", how: "vfork", child: this.#linker(folder, unit) };
      yield { what: "wait" };
    }
    yield this.#call("unlink", `"${assembly}"`, "", "0");
  }

  *#compiler(folder: string, unit: number, assembly: string): Script {
    yield* this.#start(
      `${TOOLCHAIN}/cc1`,
      ["cc1", "-quiet", `-isysroot`, SYSROOT, `src/unit${unit}.c`, "-o", assembly],
      folder,
    );
    yield* this.#read(`src/unit${unit}.c`, folder, 1);
    const headers = this.#headersOf(unit % PARTS);
    const count = headers.length - this.#random.below(40);
    for (const header of headers.slice(0, count)) yield* this.#include(folder, unit, header);
    if (this.#random.chance(0.05))
      yield { what: "say", text: `src/unit${unit}.c:12:3: warning: unused variable 'x'\n` };
    yield* this.#write(assembly, folder, 4);
    yield* this.#write(`.deps/unit${unit}.Tpo`, folder, 1);
    yield this.#call("rename", `".deps/unit${unit}.Tpo", ".deps/unit${unit}.Plo"`, "", "0");
  }

  /**
   * The headers of one part of the program, in the order in which its sources come to them. Four of five opens
   * of a real log have the same successor as the last time.
   */
  #headersOf(part: number): readonly number[] {
    let headers = this.#headers[part];
    if (headers === undefined) {
      const count = 80 + this.#random.below(120);
      headers = Array.from({ length: count }, () => this.#random.skewed(HEADERS));
      this.#headers[part] = headers;
    }
    return headers;
  }

  /** A header: looked for in one folder after the other, then read. */
  *#include(folder: string, unit: number, number: number): Script {
    const random = this.#random;
    const own = number % 5 === 0;
    const name = own ? `src/part${unit % PARTS}/h${number}.h` : `sys${number % 90}/h${number}.h`;
    const tries = own ? [""] : [`${folder}/include`, "src", ...HEADER_FOLDERS];
    const last = own ? 0 : tries.length - 1 - (number % 2);
    for (const [at, place] of tries.slice(0, last + 1).entries()) {
      const path = place === "" ? name : `${place}/${name}`;
      if (at < last) yield this.#open(path, folder, "O_RDONLY|O_NOCTTY", null);
      else yield* this.#read(path, folder, 1 + random.below(2), "O_RDONLY|O_NOCTTY");
    }
  }

  *#assembler(folder: string, unit: number, assembly: string): Script {
    yield* this.#start(`${TOOLCHAIN}/as`, ["as", "-o", `src/unit${unit}.o`, assembly], folder);
    yield* this.#read(assembly, folder, 3);
    yield* this.#write(`src/unit${unit}.o`, folder, 3);
  }

  *#linker(folder: string, unit: number): Script {
    yield* this.#start(
      `${TOOLCHAIN}/ld`,
      ["ld", `--sysroot=${SYSROOT}`, "-maarch64linux", "-o", `libpart${unit}.so`],
      folder,
    );
    for (let object = unit - 15; object <= unit; object++)
      yield* this.#read(`src/unit${object}.o`, folder, 3, "O_RDONLY");
    for (const library of ["libssl.so", "libcrypto.so", "libz.so", "libc.so", "libgcc_s.so.1"]) {
      for (const place of [`${SYSROOT}/lib`, `${SYSROOT}/usr/lib`]) {
        if (place.endsWith("/lib") && !place.includes("usr"))
          yield this.#open(`${place}/${library}`, folder, "O_RDONLY", null);
        else yield* this.#read(`${place}/${library}`, folder, 2, "O_RDONLY");
      }
    }
    yield* this.#write(`libpart${unit}.so`, folder, 12);
  }

  /** An exec and the dynamic loader's work behind it. */
  *#start(program: string, argv: readonly string[], folder: string): Generator<Step, void, void> {
    const quoted = argv.map((word) => `"${word}"`).join(", ");
    yield this.#call(
      "execve",
      `"${program}", [${quoted}], ${this.#spelling.environment()}`,
      "",
      "0",
    );
    yield this.#call("brk", "NULL", "", `0x55${hex(this.#random, 10)}`);
    yield this.#call("access", '"/etc/ld.so.preload", R_OK', "", MISSING);
    yield* this.#library("/etc/ld.so.cache", folder);
    const count = 1 + this.#random.below(LIBRARIES.length);
    for (const library of LIBRARIES.slice(0, count))
      yield* this.#library(`/lib/x86_64-linux-gnu/${library}`, folder);
    for (let times = 0; times < 3; times++) {
      yield this.#call("mprotect", `0x7f${hex(this.#random, 10)}, 16384, PROT_READ`, "", "0");
      yield this.#call(
        "rt_sigaction",
        "SIGCHLD, NULL, ",
        "{sa_handler=SIG_DFL, sa_mask=[], sa_flags=0}, 8",
        "0",
      );
    }
  }

  *#library(path: string, folder: string): Generator<Step, void, void> {
    const { fd, stat } = this.#spelling;
    const size = 1000 + path.length * 997;
    yield this.#open(path, folder, "O_RDONLY|O_CLOEXEC", 3);
    if (path.includes(".so.c")) {
      yield this.#call(
        "newfstatat",
        `${fd(3, path)}, "", `,
        `${stat(size, size)}, AT_EMPTY_PATH`,
        "0",
      );
    } else {
      yield this.#call(
        "read",
        `${fd(3, path)}, `,
        '"\\177ELF\\2\\1\\1\\3\\0\\0\\0\\0\\0\\0\\0\\0\\3\\0>\\0\\1\\0\\0\\0P\\237\\2\\0\\0\\0\\0\\0"..., 832',
        "832",
      );
      for (const what of [
        "PROT_READ, MAP_PRIVATE|MAP_DENYWRITE",
        "PROT_READ|PROT_EXEC, MAP_PRIVATE|MAP_FIXED|MAP_DENYWRITE",
      ]) {
        yield this.#call(
          "mmap",
          `0x7f${hex(this.#random, 10)}, ${size}, ${what}, ${fd(3, path)}, 0x1000`,
          "",
          `0x7f${hex(this.#random, 10)}`,
        );
      }
    }
    yield this.#call("close", fd(3, path), "", "0");
  }

  *#read(
    path: string,
    folder: string,
    reads: number,
    flags: string = "O_RDONLY",
  ): Generator<Step, void, void> {
    const number = 3 + this.#random.below(3);
    const where = path.startsWith("/") ? path : `${folder}/${path}`;
    const { fd, stat } = this.#spelling;
    const size = 800 + ((path.length * 7919) % 60_000);
    yield this.#open(path, folder, flags, number);
    yield this.#call(
      "newfstatat",
      `${fd(number, where)}, "", `,
      `${stat(size, size)}, AT_EMPTY_PATH`,
      "0",
    );
    for (let times = 0; times < reads; times++) {
      const content = `/* ${hex(this.#random, 12)} ${where.slice(-12)} */\\n`;
      yield this.#call(
        "read",
        `${fd(number, where)}, `,
        `"${content}"..., 4096`,
        String(this.#random.below(4096)),
      );
      if (this.#random.chance(0.4))
        yield this.#call("brk", `0x55${hex(this.#random, 10)}`, "", `0x55${hex(this.#random, 10)}`);
    }
    yield this.#call("close", fd(number, where), "", "0");
  }

  *#write(path: string, folder: string, writes: number): Generator<Step, void, void> {
    const where = path.startsWith("/") ? path : `${folder}/${path}`;
    const { fd } = this.#spelling;
    yield this.#open(path, folder, "O_WRONLY|O_CREAT|O_TRUNC, 0666", 3);
    for (let times = 0; times < writes; times++) {
      yield this.#call(
        "write",
        `${fd(3, where)}, "\\t.text\\n${hex(this.#random, 10)}"..., 4096`,
        "",
        "4096",
      );
      yield this.#call("lseek", `${fd(3, where)}, 0, SEEK_CUR`, "", String(4096 * times));
    }
    yield this.#call("close", fd(3, where), "", "0");
  }

  *#probe(path: string, folder: string, exists: boolean): Generator<Step, void, void> {
    const { cwd, stat } = this.#spelling;
    const buffer = exists ? stat(path.length * 37, path.length) : `0x7ffd${hex(this.#random, 8)}`;
    yield this.#call(
      "newfstatat",
      `${cwd(folder)}, "${path}", `,
      `${buffer}, 0`,
      exists ? "0" : MISSING,
    );
  }

  #open(path: string, folder: string, flags: string, fd: number | null): Step {
    const where = path.startsWith("/") ? path : `${folder}/${path}`;
    const result = fd === null ? MISSING : this.#spelling.fd(fd, where);
    return this.#call("openat", `${this.#spelling.cwd(folder)}, "${path}", ${flags}`, "", result);
  }

  #call(name: string, entry: string, exit: string, result: string): Step {
    const call: Call = { name, entry, exit, result };
    return { what: "call", call };
  }
}
