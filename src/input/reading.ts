/** What a source knows of its own reading. The functions that read keep it up to date. */
export interface Reading {
  consumed: number;
  damage: string | null;
}

/** What an error says, for {@link Reading.damage}. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
