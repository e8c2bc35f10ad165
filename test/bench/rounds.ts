/** Something to measure, by a name; gives a value. */
export type Measure<Name extends string> = readonly [name: Name, measure: () => Promise<number>];

/**
 * Measures several things in turn, round after round, each round beginning with another: what the
 * machine does beside hits them all. A first round warms up and is not counted. Gives the values by
 * name; those of one round lie at the same index of all.
 */
export async function measureInterleaved<Name extends string>(
  rounds: number,
  ...measures: readonly Measure<Name>[]
): Promise<(name: Name) => readonly number[]> {
  const values = new Map<Name, number[]>(measures.map(([name]) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    const first = round % measures.length;
    for (const [name, measure] of [...measures.slice(first), ...measures.slice(0, first)]) {
      const value = await measure();
      if (round > 0) values.get(name)?.push(value);
    }
  }
  return (name) => values.get(name) ?? [];
}
