import type { ByteString } from "../../model/byte-string.ts";
import { NOTES, type RepeatSink } from "../../model/syscall-sink.ts";
import type { BegunCall } from "./begun-call.ts";
import type { BegunText, CallTexts, RestText } from "./call-text.ts";
import { Frames } from "./frames.ts";
import type { NumberedTexts } from "./numbered-texts.ts";
import { Pairs } from "./pairs.ts";
import { MOST_TEXTS } from "./scanner.ts";

/** The number of a note that is ours: 1 once the sink was asked. */
const ASKED: number = NOTES - 1;

/** What the sink noted of the texts that it was shown, each once. */
export class NotedTexts {
  /** By the number of a text, {@link NOTES} for each. */
  readonly notes: Int32Array = new Int32Array(MOST_TEXTS * NOTES);
  readonly pairs: Pairs = new Pairs();
  readonly #frames: Frames = new Frames();
  readonly #texts: NumberedTexts;
  readonly #calls: CallTexts;

  constructor(texts: NumberedTexts, calls: CallTexts) {
    this.#texts = texts;
    this.#calls = calls;
  }

  /** Where the notes of a call begin; null where the sink needs it in full. */
  whole(target: RepeatSink, id: number): number | null {
    const { notes } = this;
    const at = id * NOTES;
    if (isNew(notes, at)) this.#note(target, this.#texts.text(id), at);
    return notedAt(notes, at);
  }

  /** The same for the first half of a call. */
  half(target: RepeatSink, { parsed }: BegunText, id: number): number | null {
    const { notes } = this;
    const at = id * NOTES;
    if (isNew(notes, at)) target.noteHalf(parsed, notes, at);
    return notedAt(notes, at);
  }

  /** The same for a call in two halves, in the notes of `pairs`. */
  pair(target: RepeatSink, open: BegunCall, rest: RestText, id: number): number | null {
    if (open.era !== this.#texts.era) return null;
    const { notes } = this.pairs;
    const at = this.pairs.place(open.id, id);
    if (isNew(notes, at)) {
      const call = this.#calls.parsedPair(open.begun, rest);
      if (call !== null) target.note(call, notes, at);
    }
    return notedAt(notes, at);
  }

  /** The numbers start again. */
  forget(): void {
    this.notes.fill(0);
    this.pairs.forget();
    this.#frames.forget();
  }

  #note(target: RepeatSink, text: ByteString, at: number): void {
    const { notes } = this;
    const like = this.#frames.look(text);
    if (like !== undefined && target.noteLike(this.#frames.path, notes, like, at)) return;
    const call = this.#calls.parsed(text);
    if (call !== null) target.note(call, notes, at);
    if (like === undefined) this.#frames.learn(at);
  }
}

/** True the first time, when the sink is to be asked. */
function isNew(notes: Int32Array, at: number): boolean {
  if (notes[at + ASKED] !== 0) return false;
  notes[at + ASKED] = 1;
  return true;
}

function notedAt(notes: Int32Array, at: number): number | null {
  return notes[at] === 0 ? null : at;
}
