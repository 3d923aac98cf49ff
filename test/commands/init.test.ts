import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { configSchema } from "../../src/commands/config/schema.ts";
import { SETTING_NAMES } from "../../src/commands/config/settings.ts";
import { hostbleed, scratchFolder } from "./harness.ts";

function plant(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

async function found(cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await hostbleed(["init", "--print"], { cwd, env });
  expect([code, stderr]).toEqual([0, ""]);
  const parsed: unknown = parse(stdout) ?? {};
  expect(configSchema.safeParse(parsed).error).toBeUndefined();
  return parsed as Record<string, unknown>;
}

describe("init finds", () => {
  test("a sourced Yocto SDK", async () => {
    const env = {
      TARGET_PREFIX: "aarch64-poky-linux-",
      SDKTARGETSYSROOT: "/opt/poky/5.0/sysroots/cortexa53-poky-linux",
      OECORE_NATIVE_SYSROOT: "/opt/poky/5.0/sysroots/x86_64-pokysdk-linux",
    };
    expect(await found(scratchFolder(), env)).toEqual({
      target: "aarch64-poky-linux",
      sysroot: env.SDKTARGETSYSROOT,
      "native-sysroot": env.OECORE_NATIVE_SYSROOT,
    });
  });

  test("a recipe's work folder, from inside it, with paths seen from here", async () => {
    const folder = scratchFolder();
    const work = join(folder, "tmp/work/cortexa53-poky-linux/gateway/1.0");
    plant(work, { "recipe-sysroot/x": "", "recipe-sysroot-native/x": "", "build/x": "" });
    expect(await found(work)).toEqual({
      target: "cortexa53-poky-linux",
      sysroot: "recipe-sysroot",
      "native-sysroot": "recipe-sysroot-native",
      "build-dir": ".",
    });
    expect(await found(join(work, "build"))).toMatchObject({
      sysroot: join(work, "recipe-sysroot"),
    });
  });

  test("a BitBake build folder, and the machines that were built", async () => {
    const cwd = scratchFolder();
    plant(cwd, {
      "conf/bblayers.conf": "",
      "tmp/work/x86_64-linux/x": "",
      "tmp/work/all-poky-linux/x": "",
      "tmp/work/cortexa53-poky-linux/x": "",
    });
    expect(await found(cwd)).toEqual({ target: "cortexa53-poky-linux", "build-dir": "." });
  });

  test("Buildroot's output folder", async () => {
    const cwd = scratchFolder();
    plant(cwd, {
      "output/host/arm-buildroot-linux-gnueabihf/sysroot/x": "",
      "output/host/bin/x": "",
    });
    expect(await found(cwd)).toEqual({
      target: "arm-buildroot-linux-gnueabihf",
      sysroot: "output/host/arm-buildroot-linux-gnueabihf/sysroot",
      "native-sysroot": "output/host",
      "build-dir": "output/build",
    });
  });

  test("cargo's target, in a folder above too", async () => {
    const cwd = scratchFolder();
    plant(cwd, {
      "crates/x/Cargo.toml": "",
      ".cargo/config.toml": '[build]\njobs = 4\ntarget = "aarch64-unknown-linux-gnu"\n',
    });
    expect(await found(join(cwd, "crates/x"))).toEqual({ target: "aarch64-unknown-linux-gnu" });
    plant(cwd, { ".cargo/config.toml": '[target.armv7-unknown-linux-gnueabihf]\nlinker = "x"\n' });
    expect(await found(cwd)).toEqual({ target: "armv7-unknown-linux-gnueabihf" });
  });

  test("a CMake toolchain file", async () => {
    const cwd = scratchFolder();
    const text =
      'set(CMAKE_SYSTEM_NAME Linux)\nset(CMAKE_SYSROOT "/opt/sysroot")\nset(CMAKE_C_COMPILER /opt/bin/riscv64-linux-gnu-gcc)\nset(CMAKE_STAGING_PREFIX ${X}/y)\n';
    plant(cwd, { "cmake/arm-toolchain.cmake": text });
    expect(await found(cwd)).toEqual({ target: "riscv64-linux-gnu", sysroot: "/opt/sysroot" });
  });

  test("cross compilers in PATH; a second one is named beside the first", async () => {
    const cwd = scratchFolder();
    plant(cwd, {
      "bin/aarch64-linux-gnu-gcc": "",
      "bin/arm-linux-gnueabihf-gcc": "",
      "bin/x86_64-linux-gnu-gcc": "",
      "bin/gcc": "",
    });
    const env = { PATH: `/nowhere:${join(cwd, "bin")}` };
    const { stdout } = await hostbleed(["init", "--print"], { cwd, env });
    expect(stdout).toContain(
      "target: aarch64-linux-gnu\n# or, from arm-linux-gnueabihf-gcc in PATH: arm-linux-gnueabihf\n",
    );
  });

  test("nothing, where there is nothing: every setting is a comment that would be valid", async () => {
    const cwd = scratchFolder();
    expect(await found(cwd)).toEqual({});
    const { stdout } = await hostbleed(["init", "--print"], { cwd });
    expect(stdout).toMatchSnapshot();
    const uncommented = stdout.replace(/^# (?=[a-z-]+: |severity:| {2}\S)/gm, "");
    const parsed = configSchema.parse(parse(uncommented.replace(/^# .*\n/gm, "")));
    expect(Object.keys(parsed).sort()).toEqual([...SETTING_NAMES, "severity"].sort());
  });
});

describe("init writes", () => {
  test("hostbleed.yaml, which check then takes its settings from", async () => {
    const cwd = scratchFolder();
    const ended = await hostbleed(["init"], { cwd });
    expect([ended.code, ended.stdout]).toEqual([0, ""]);
    expect(ended.stderr).toContain("wrote hostbleed.yaml; nothing about the target was found");
    expect((await hostbleed(["check", "--fail-on", "never", "x"], { cwd })).code).toBe(0);
  });

  test("over nothing that is there, unless it is forced", async () => {
    const cwd = scratchFolder();
    writeFileSync(join(cwd, "hostbleed.yaml"), "# mine\n");
    expect((await hostbleed(["init"], { cwd })).code).toBe(2);
    expect(readFileSync(join(cwd, "hostbleed.yaml"), "utf8")).toBe("# mine\n");
    expect((await hostbleed(["init", "--force"], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, "hostbleed.yaml"), "utf8")).toContain("fail-on");
  });

  test("nothing with --print", async () => {
    const cwd = scratchFolder();
    await hostbleed(["init", "--print"], { cwd });
    expect(existsSync(join(cwd, "hostbleed.yaml"))).toBe(false);
  });

  test("a hostile file name as text, not as YAML", async () => {
    const cwd = scratchFolder();
    plant(cwd, { "a\nstrict: true\n#toolchain.cmake": "set(CMAKE_SYSROOT /opt/s)" });
    expect(await found(cwd)).toEqual({ sysroot: "/opt/s" });
  });
});
