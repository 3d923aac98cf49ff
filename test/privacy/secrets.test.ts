import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lineWithoutSecrets } from "../../src/findings/privacy/log-line.ts";
import { argvWithoutSecrets, withoutSecrets } from "../../src/findings/privacy/secrets.ts";

describe("a text loses", () => {
  test.each([
    ["https://joe:hunter2@host/x", "https://***@host/x"],
    ["git+https://ghp_x@github.com/a", "git+https://***@github.com/a"],
    ["a=1&access_token=hunter2&b=2", "a=1&access_token=***&b=2"],
    ["export DB_PASSWORD='hunter 2'; make", "export DB_PASSWORD=***; make"],
    ['API_KEY="hunter 2" make', "API_KEY=*** make"],
    [
      "AWS_REGION=hunter2 AWS_SECRET_ACCESS_KEY=hunter2",
      "AWS_REGION=*** AWS_SECRET_ACCESS_KEY=***",
    ],
    ["--env=TOKEN=hunter2", "--env=TOKEN=***"],
    ["curl -H 'Authorization: Basic hunter2'", "curl -H 'Authorization: ***'"],
    ["x: y PRIVATE-TOKEN: hunter2", "x: y PRIVATE-TOKEN: ***"],
    ["Bearer hunter2hunter2", "Bearer ***"],
    [`use ${"ghp_"}${"a".repeat(36)}!`, "use ***!"],
    [`${"AKIA"}ABCDEFGHIJKLMNOP`, "***"],
  ])("the secret of %j", (text, expected) => expect(withoutSecrets(text)).toBe(expected));

  test.each([
    "ssh://git@github.com/a/b",
    "-I/usr/include/libsecret-1",
    "PWD=/build",
    "-DUSE_TOKENIZER=ON",
    "std::token::x",
    "KEY=value",
    "--sysroot=/opt/s",
    "PASSWORD=",
  ])("nothing of %j", (text) => expect(withoutSecrets(text)).toBe(text));
});

describe("a command line loses", () => {
  test.each([
    [
      "a word behind its option",
      ["x", "--password", "hunter2", "y"],
      ["x", "--password", "***", "y"],
    ],
    ["all of a word with blanks", ["--token=hunter 2"], ["--token=***"]],
    ["a definition", ["cc", "-DDB_PASSWORD=hunter 2"], ["cc", "-DDB_PASSWORD=***"]],
    ["curl's user", ["curl", "-u", "joe:hunter2"], ["curl", "-u", "joe:***"]],
    ["a header", ["curl", "-H", "Private-Token:hunter2"], ["curl", "-H", "Private-Token: ***"]],
    [
      "a nested assignment",
      ["docker", "--build-arg=TOKEN=hunter 2"],
      ["docker", "--build-arg=TOKEN=***"],
    ],
    ["nothing else", ["ld", "--password", "-lz"], ["ld", "--password", "-lz"]],
  ])("%s", (_, argv, expected) => expect(argvWithoutSecrets(argv)).toEqual(expected));
});

describe("a line of a log", () => {
  const hex = (text: string) => Buffer.from(text).toString("hex").replace(/../g, "\\x$&");

  test.each([
    [
      'execve("/bin/x", ["x", "-I/a"], ["A=hunter2", "TOKEN=hunter2"]) = 0',
      'execve("/bin/x", ["x", "-I/a"], [/* 2 vars */]) = 0',
    ],
    [
      '41 execveat(3</tmp/[a>, "", ["x"], ["A=hunter2"...], AT_EMPTY_PATH) = 0',
      '41 execveat(3</tmp/[a>, "", ["x"], [/* 1 var */], AT_EMPTY_PATH) = 0',
    ],
    [
      'execve("/bin/x", ["a", "], [", "b"], ["A=\\"hunter2], ["]) = 0',
      'execve("/bin/x", ["a", "], [", "b"], [/* 1 var */]) = 0',
    ],
    [
      'say "hi 41 execve("/x", ["x"], ["A=hunter2"]) = 0',
      'say "hi 41 execve("/x", ["x"], [/* 1 var */]) = 0',
    ],
    ['execve("/x", ["x"], ["A=hunter2", "B=hun', 'execve("/x", ["x"], [/* 2 vars */]'],
    [
      'execve("/x", ["x"], ["A=hunter2"] <unfinished ...>',
      'execve("/x", ["x"], [/* 1 var */] <unfinished ...>',
    ],
    [
      `execve("${hex("/x")}", ["${hex("--password=hunter2")}"], ["${hex("A=hunter2")}"]) = 0`,
      `execve("${hex("/x")}", ["--password=***"], [/* 1 var */]) = 0`,
    ],
    [
      'execve("/x", ["x", "--token", "hunter2"], 0x7ffd /* 9 vars */) = 0',
      'execve("/x", ["x", "--token", "***"], 0x7ffd /* 9 vars */) = 0',
    ],
    ['execve("/x", ["x"], [/* 23 vars */]) = 0', 'execve("/x", ["x"], [/* 23 vars */]) = 0'],
    [
      'TOKEN=hunter2 openat(AT_FDCWD, "/usr/include/a.h", O_RDONLY) = 3',
      'TOKEN=*** openat(AT_FDCWD, "/usr/include/a.h", O_RDONLY) = 3',
    ],
    [
      'openat(AT_FDCWD, "/usr/\\303\\251\\n\\"x", O_RDONLY) = 3</usr/\\303\\251>',
      'openat(AT_FDCWD, "/usr/\\303\\251\\n\\"x", O_RDONLY) = 3</usr/\\303\\251>',
    ],
  ])("%j holds no secret", (line, expected) => expect(lineWithoutSecrets(line)).toBe(expected));

  test("never holds a value of the environment, whatever stands around it", () => {
    const text = fc.string({ unit: "binary-ascii", maxLength: 12 });
    const strace = (each: string) =>
      `"${[...Buffer.from(each, "latin1")].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")}"`;
    void fc.assert(
      fc.property(text, fc.array(text), fc.array(text, { minLength: 1 }), (path, argv, rest) => {
        const names = rest.map((each, at) => `"V${at}=hunter2${JSON.stringify(each).slice(1)}`);
        const line = `1 execve(${strace(path)}, [${argv.map(strace).join(", ")}], [${names.join(", ")}]) = 0`;
        expect(lineWithoutSecrets(line)).not.toContain("hunter2");
      }),
    );
  });
});

test.each([
  ["letters", "a".repeat(300_000)],
  ["dots", "a.".repeat(150_000)],
  ["assignments", "a=".repeat(150_000)],
  ["schemes", "a://".repeat(75_000)],
  ["hyphens", "gl-".repeat(100_000)],
  ["quotes", '"\\'.repeat(150_000)],
  ["brackets", ', ["'.repeat(75_000)],
])("hostile %s take time in proportion to their length", (_, text) => {
  const before = process.cpuUsage().user;
  withoutSecrets(text);
  argvWithoutSecrets([text, text]);
  lineWithoutSecrets(`execve("/x", ["${text}"], ["${text}"]) = 0`);
  expect((process.cpuUsage().user - before) / 1000).toBeLessThan(3000);
});
