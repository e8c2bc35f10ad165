/** One measurement and its counterpart in the same run; index n of both is the same round. */
export interface Figure {
  readonly name: string;
  readonly unit: "ms" | "MB" | "kB" | "polls" | "timers" | "connections";
  /** Limn's values, one per round. */
  readonly own: readonly number[];
  /** Values and name of the counterpart. */
  readonly other: readonly number[];
  readonly counterpart: string;
  /** How both are compared, and the maximum of the result, if any. */
  readonly compare: "ratio" | "difference" | "own";
  readonly goal?: number;
}

/** Median and range of some values. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Returns median and range. Throws if there are no values. */
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
 * A figure's result. Each round is compared with its own counterpart, since both ran under the same
 * load of the machine.
 */
export interface Verdict {
  readonly own: Spread;
  readonly other: Spread;
  readonly compared: Spread;
  /** `undefined` if there is no goal. */
  readonly met: boolean | undefined;
}

/** Returns a figure's result, from the median of its rounds. */
export function judge({ own, other, compare, goal }: Figure): Verdict {
  const compared = spreadOf(own.map((value, round) => comparisons[compare](value, other[round] ?? Number.NaN)));
  return {
    own: spreadOf(own),
    other: spreadOf(other),
    compared,
    met: goal === undefined ? undefined : compared.median <= goal,
  };
}
