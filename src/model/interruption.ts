/**
 * Tells that the reader should stop: an `AbortSignal` is one. Named here by the little that is used of it, so that the
 * types of the package stand without those of Node or of a browser.
 */
export interface Interruption {
  readonly aborted: boolean;
  /** Why, if whoever interrupts says so; for a recorded build the name of a signal. */
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
