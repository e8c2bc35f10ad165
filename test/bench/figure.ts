/**
 * One thing that was measured, with its counterpart in the same run: the values of a round lie at
 * the same index of both.
 */
export interface Figure {
  readonly name: string;
  readonly unit: "ms" | "MB" | "kB" | "polls" | "timers" | "connections";
  /** What Limn took, round by round. */
  readonly own: readonly number[];
  /** What the counterpart took, and what it is. */
  readonly other: readonly number[];
  readonly counterpart: string;
  /**
   * How both are compared, and the most that may come out; without `goal` the figure only stands
   * there to be read.
   */
  readonly compare: "ratio" | "difference" | "own";
  readonly goal?: number;
}

/** The middle of some values, and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Throws where there are no values: a figure that was not measured is not told. */
function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [min, max] = [sorted.at(0), sorted.at(-1)];
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  if (min === undefined || max === undefined || low === undefined || high === undefined) {
    throw new Error("Nothing was measured.");
  }
  return { median: (low + high) / 2, min, max };
}

const comparisons = {
  ratio: (own, other) => own / other,
  difference: (own, other) => own - other,
  own: (own) => own,
} as const satisfies Readonly<Record<Figure["compare"], (own: number, other: number) => number>>;

/**
 * A figure made comparable: each round with its own counterpart, since both met with the same load
 * of the machine.
 */
export interface Verdict {
  readonly own: Spread;
  readonly other: Spread;
  readonly compared: Spread;
  /** `undefined` where there is no goal. */
  readonly met: boolean | undefined;
}

/** Judges a figure by the median of its rounds. */
export function judge({ own, other, compare, goal }: Figure): Verdict {
  const compared = spreadOf(own.map((value, round) => comparisons[compare](value, other[round] ?? Number.NaN)));
  return {
    own: spreadOf(own),
    other: spreadOf(other),
    compared,
    met: goal === undefined ? undefined : compared.median <= goal,
  };
}
