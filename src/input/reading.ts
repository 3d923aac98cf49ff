/** What a source knows of its own reading. The functions that read keep it up to date. */
export interface Reading {
  consumed: number;
  damage: string | null;
}
