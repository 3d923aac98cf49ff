// What people write first: Node's readline, one regular expression a line, a set of paths.
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

const OPEN = /^(\d+) +open(?:at)?\((?:AT_FDCWD, )?"([^"]+)", [^)]*\) = (-?\d+)/;
const hosts = new Set();
for await (const line of createInterface({ input: createReadStream(process.argv[2]) })) {
  const open = OPEN.exec(line);
  if (open !== null && Number(open[3]) >= 0 && /libssl|pkgconfig/.test(open[2])) hosts.add(open[2]);
}
console.log(hosts.size);
