import type { RepeatSink } from "../src/model/syscall-sink.ts";

const nothing = (): void => {};

/** Listens to nothing, and takes each text that comes again by its number. */
export const DEAF: RepeatSink = {
  entered: nothing,
  finished: nothing,
  exited: nothing,
  killed: nothing,
  superseded: nothing,
  attached: nothing,
  detached: nothing,
  lost: nothing,
  behind: () => DEAF,
  turnTo: nothing,
  note: (_, notes, at) => {
    notes[at] = 1;
  },
  noteLike: (_, notes, __, at) => {
    notes[at] = 1;
    return true;
  },
  noteHalf: (_, notes, at) => {
    notes[at] = 1;
  },
  began: () => 0,
  inside: nothing,
  pathId: () => 1,
  repeated: () => true,
  remainderOf: () => 0,
  spent: () => false,
};
