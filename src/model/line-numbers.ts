/** Tells where the lines of a log stood that was put together from several files. */
export interface LineNumbers {
  /** The number, in its own file, of what came as line `line`, from 1 on. To be asked in the order of the lines. */
  of(line: number): number;
}
