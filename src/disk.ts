import { existsSync } from "node:fs";
import type { ByteString } from "./model/byte-string.ts";
import { isWithin } from "./model/path.ts";

/** The disk of this machine, seen only below the folders that the user named. */
export function diskBelow(folders: readonly ByteString[]): { exists(path: ByteString): boolean } {
  const answers = new Map<ByteString, boolean>();
  return {
    exists(path) {
      if (!folders.some((folder) => isWithin(path, folder))) return false;
      let answer = answers.get(path);
      if (answer === undefined) {
        answer = existsSync(Buffer.from(path, "latin1"));
        answers.set(path, answer);
      }
      return answer;
    },
  };
}
