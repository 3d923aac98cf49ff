import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FORMATS, type FormatName } from "../../src/fix/formats/index.ts";
import { prescribe } from "../../src/fix/prescribe.ts";
import { inspect } from "../../src/inspect.ts";
import type { Report } from "../../src/model/report.ts";

/** A folder with a sysroot that has the target's own zlib, and a project that wants it. */
export class TracedBuild {
  readonly root: string;
  readonly sysroot: string;
  /** What the build is started with, besides PATH. */
  environment: Record<string, string> = {};
  #runs = 0;

  constructor(files: Readonly<Record<string, string>>) {
    this.root = mkdtempSync(join(tmpdir(), "hostbleed-fix-"));
    this.sysroot = join(this.root, "sysroot");
    const include = "sysroot/usr/include";
    this.write({
      [`${include}/zlib.h`]: '#include <zconf.h>\n#define ZLIB_VERSION "1.3.1"\n',
      [`${include}/zconf.h`]: "typedef unsigned char Byte;\n",
      "sysroot/usr/lib/pkgconfig/zlib.pc":
        "prefix=/usr\nName: zlib\nDescription: of the target\nVersion: 1.3.1\nCflags: -I/usr/include\nLibs: -L/usr/lib -lz\n",
      "src/a.c": "#include <zlib.h>\nByte first(void) { return ZLIB_VERSION[0]; }\n",
      ...files,
    });
    this.shell(
      "printf 'int zero;' > z.c && aarch64-linux-gnu-gcc -c z.c -o z.o && aarch64-linux-gnu-ar rcs sysroot/usr/lib/libz.a z.o",
    );
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const path = join(this.root, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text.replaceAll("@SYSROOT@", this.sysroot), { mode: 0o755 });
    }
  }

  /** Runs a command in the build's folder and environment, untraced. */
  shell(command: string): void {
    const { status, stderr } = this.#spawn("sh", ["-c", command]);
    if (status !== 0) throw new Error(`${command}: ${stderr}`);
  }

  /** Runs the build under strace and judges it. A build may fail: what it read until then counts. */
  async judge(command: string): Promise<Report> {
    const trace = join(this.root, `build-${++this.#runs}.strace`);
    const flags = ["-f", "-y", "-v", "-s", "65535", "-e", "trace=%file,%process", "-o", trace];
    this.#spawn("strace", [...flags, "sh", "-c", command]);
    return inspect([trace], {
      sysroots: [this.sysroot],
      buildDirs: [join(this.root, "src")],
      target: "aarch64-linux-gnu",
    });
  }

  /** What `hostbleed fix` prints of a report. */
  fix(report: Report, format: FormatName): string {
    const { prescriptions, site } = prescribe(report);
    return FORMATS[format](prescriptions, site);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #spawn(program: string, args: readonly string[]): { status: number | null; stderr: string } {
    const { status, stderr } = spawnSync(program, args, {
      cwd: this.root,
      env: { PATH: "/usr/bin:/bin", HOME: this.root, ...this.environment },
      encoding: "utf8",
      timeout: 120_000,
    });
    return { status, stderr };
  }
}

/** The findings that a gate would stop for, in short. */
export function leaksIn({ findings }: Report): readonly string[] {
  return findings
    .filter(({ severity }) => severity !== "note")
    .map(({ rule, path }) => `${rule} ${path}`);
}
