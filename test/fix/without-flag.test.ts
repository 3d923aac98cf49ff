import { expect, test } from "vitest";
import { withoutFlag } from "../../src/fix/without-flag.ts";

test.each([
  ["-O2 -I/opt/x/include -g", "-I/opt/x/include", "-O2 -g"],
  ["-O2 -isystem /opt/x -g", "-isystem /opt/x", "-O2 -g"],
  ["-L native=/opt/x/lib -C link-arg=--sysroot=/s", "-L/opt/x/lib", "-C link-arg=--sysroot=/s"],
  ["-Lnative=/opt/x/lib -C link-arg=--sysroot=/s", "-L/opt/x/lib", "-C link-arg=--sysroot=/s"],
  ["-C link-arg=-L/opt/x/lib -C opt-level=2", "-L/opt/x/lib", "-C opt-level=2"],
  ["-Clink-arg=-L/opt/x/lib -Copt-level=2", "-L/opt/x/lib", "-Copt-level=2"],
  ["-C link-arg=-L/opt/x/library", "-L/opt/x/lib", "-C link-arg=-L/opt/x/library"],
  ["-O2 -I/opt/x/include", "-I/opt/y/include", "-O2 -I/opt/x/include"],
])("%s without %s is %s", (value, flag, left) => expect(withoutFlag(value, flag)).toBe(left));
