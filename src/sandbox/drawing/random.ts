import { seedOf } from "../store/derive.ts";

/** Random numbers that are always the same for the same text. */
export interface Random {
  /** Returns a number of at least `low` and less than `high`. */
  between(low: number, high: number): number;
  /** Returns one of the values. */
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
  /** Returns the values in random order. */
  shuffle<Value>(values: readonly Value[]): Value[];
}

/**
 * Creates random numbers from a text. The algorithm is the public-domain generator mulberry32.
 */
export function createRandom(text: string): Random {
  let state = seedOf(text);
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    between: (low, high) => low + next() * (high - low),
    pick: (values) => values[Math.floor(next() * values.length)] ?? values[0],
    shuffle: (values) =>
      values
        .map((value) => ({ value, rank: next() }))
        .sort((one, other) => one.rank - other.rank)
        .map(({ value }) => value),
  };
}
