/**
 * Passes on what comes, and calls `silent` where nothing has come for so many milliseconds. What that throws is thrown
 * here, when the next comes.
 */
export async function* withSilence<T>(
  source: AsyncIterable<T>,
  milliseconds: number,
  silent: () => Promise<void>,
): AsyncGenerator<T> {
  const failures: unknown[] = [];
  const notice = (): void => {
    silent().catch((error: unknown) => failures.push(error));
  };
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const timer = setTimeout(notice, milliseconds);
      const next = await iterator.next().finally(() => clearTimeout(timer));
      if (failures.length > 0) throw failures[0];
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
