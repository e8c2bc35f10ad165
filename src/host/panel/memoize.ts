/** Caches the results of a function of one text until `clear` is called. */
export function memoize<Value>(compute: (text: string) => Value): { get(text: string): Value; clear(): void } {
  const values = new Map<string, Value>();
  return {
    get(text) {
      const known = values.get(text);
      if (known !== undefined) {
        return known;
      }
      const value = compute(text);
      values.set(text, value);
      return value;
    },
    clear: () => values.clear(),
  };
}
