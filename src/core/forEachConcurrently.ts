/** Calls `work` for each item, at most `maxConcurrent` at a time, in the order of the items. */
export async function forEachConcurrently<Item>(
  items: readonly Item[],
  maxConcurrent: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = items.values();
  const workThrough = async (): Promise<void> => {
    // All loops share the iterator, so each item is taken once.
    for (const item of iterator) {
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: maxConcurrent }, workThrough));
}
