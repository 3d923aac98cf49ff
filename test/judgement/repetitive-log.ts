import type { Random } from "../../benchmarks/generator/random.ts";

const PATHS = [
  "/usr/include/zlib.h",
  "/work/a.c",
  "/work/b/c.h",
  "inc/x.h",
  "../y.h",
  ".",
  "",
  "/usr/lib/x86_64-linux-gnu/libz.so",
  "/usr/lib/gcc-cross/aarch64-linux-gnu/12/include/stddef.h",
  "/opt/sysroots/aarch64-poky-linux/usr/include/foo.h",
  "/lib/x86_64-linux-gnu/libc.so.6",
  "/usr/lib/libisl.so.23",
  "/usr/share/pkgconfig/a.pc",
  "/etc/ld.so.preload",
  "/etc/ld.so.cache",
  "/work/out/prog",
] as const;
const PROGRAMS = [
  "cmake",
  "aarch64-linux-gnu-gcc",
  "make",
  "ld",
  "cp",
  "sh",
  "pkg-config",
] as const;
const FOLDERS = ["/work", "/work/b", "/opt/sysroots/aarch64-poky-linux/usr"] as const;
const FLAGS = [
  "O_RDONLY",
  "O_RDONLY|O_CLOEXEC",
  "O_RDWR",
  "O_RDONLY|O_DIRECTORY",
  "O_WRONLY|O_CREAT|O_TRUNC, 0666",
] as const;
const ERRORS = [
  "-1 ENOENT (No such file or directory)",
  "-1 ENOENT (No such file or directory)",
  "-1 EACCES (Permission denied)",
  "-1 ENOENT (No such file or directory) (INJECTED)",
] as const;

/**
 * A log in which few calls come again and again, with both ends, by processes in all kinds of states: what leaves
 * nothing to be done in one of them may matter in the next. It shows no execs, forks or annotations, or some.
 */
export function repetitiveLog(random: Random, lines: number): Buffer {
  const showsExecs = random.chance(0.6);
  // Where forks are not shown, a pid out of nowhere keeps all lines waiting for its fork.
  const showsForks = random.chance(0.9);
  const roots = random.chance(0.2);
  const annotated = random.pick([0, 0.5, 1]);
  const some = <T>(all: readonly T[], most: number): T[] =>
    Array.from({ length: 1 + random.below(most) }, () => random.pick(all));
  const paths = some(PATHS, 6);
  const folders = some(FOLDERS, 2);
  const flags = some(FLAGS, 3);
  const errors = some(ERRORS, 2);
  const fds = 3 + random.below(2);
  const pids = [100];
  let pid = 100;
  let newest = 100;

  const folder = (): string => {
    const said = random.chance(annotated) ? `<${random.pick(folders)}>` : "";
    return random.chance(0.6) ? `AT_FDCWD${said}` : `${fds}${said}`;
  };
  const call = (path: string, done: boolean, error: string): string => {
    const zero = done ? "0" : error;
    const fd = `${fds}${random.chance(annotated) ? `<${random.pick(folders)}>` : ""}`;
    switch (random.below(14)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return `openat(${folder()}, "${path}", ${random.pick(flags)}) = ${done ? 3 + random.below(4) : error}`;
      case 4:
      case 5:
        return `access("${path}", R_OK) = ${zero}`;
      case 6:
        return `newfstatat(${folder()}, "${path}", {st_mode=S_IFREG|0644, st_size=7, ...}, 0) = ${zero}`;
      case 7:
        return `readlink("${path}", ${done ? '"/usr/lib/libz.a", 99) = 15' : `0x7ffd12345678, 99) = ${error}`}`;
      case 8:
        return `unlink("${path}") = ${zero}`;
      case 9:
        return `close(${fd}) = 0`;
      case 10:
        return `read(${fd}, "${random.pick(["int main", "-I/usr/include"])}"..., 832) = ${done ? 832 : error}`;
      case 11:
        return `mmap(NULL, 4096, PROT_READ, MAP_PRIVATE|MAP_DENYWRITE, ${fd}, 0) = 0x7f1012345000`;
      case 12:
        return roots && random.chance(0.3)
          ? `chroot("/work") = 0`
          : `chdir("${random.pick(FOLDERS)}") = ${zero}`;
      default:
        return `rename("${random.pick(paths)}", "${path}") = ${zero}`;
    }
  };
  const event = (): string => {
    if (random.chance(0.5)) pid = random.pick(pids);
    if (random.chance(0.04) && showsExecs) {
      const program = random.pick(PROGRAMS);
      return `${pid} execve("/usr/bin/${program}", ["${program}"], 0x7ffd12345678 /* 9 vars */) = 0`;
    }
    if (random.chance(0.03) && pids.length < 30) {
      newest += 1;
      pids.push(newest);
      const shared = random.pick([
        "SIGCHLD",
        "CLONE_VM|CLONE_FS|CLONE_FILES|CLONE_SIGHAND|CLONE_THREAD",
      ]);
      if (showsForks) return `${pid} clone(child_stack=NULL, flags=${shared}) = ${newest}`;
      pid = newest;
    }
    if (random.chance(0.01) && pids.length > 3) {
      const gone = pid;
      pids.splice(pids.indexOf(gone), 1);
      return `${gone} exit_group(0) = ?\n${gone} +++ exited with 0 +++`;
    }
    return `${pid} ${call(random.pick(paths), random.chance(0.5), random.pick(errors))}`;
  };
  return Buffer.from(`${Array.from({ length: lines }, event).join("\n")}\n`);
}
