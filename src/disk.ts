import { existsSync } from "node:fs";
import type { ByteString } from "./model/byte-string.ts";
import { isWithin } from "./model/path.ts";

/** The disk of this machine, seen only below the given folders, and only where these are there. */
export function diskBelow(folders: readonly ByteString[]): {
  exists(path: ByteString): boolean | null;
} {
  const present = folders.filter(isThere);
  const answers = new Map<ByteString, boolean>();
  return {
    exists(path) {
      if (!present.some((folder) => isWithin(path, folder))) return null;
      let answer = answers.get(path);
      if (answer === undefined) {
        answer = isThere(path);
        answers.set(path, answer);
      }
      return answer;
    },
  };
}

function isThere(path: ByteString): boolean {
  return existsSync(Buffer.from(path, "latin1"));
}
