import { seedOf } from "../store/derive.ts";

/** A row of chance numbers that is always the same for the same text. */
export interface Random {
  /** A number of at least `low` and less than `high`. */
  between(low: number, high: number): number;
  /** One of the values. */
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
  /** The values in another order. */
  shuffle<Value>(values: readonly Value[]): Value[];
}

/**
 * Creates a row of chance numbers from a text. The steps are those of the public-domain generator
 * mulberry32.
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
