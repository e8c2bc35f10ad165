/** A measurement with its name; resolves with a value. */
export type Measure<Name extends string> = readonly [name: Name, measure: () => Promise<number>];

/**
 * Runs several measurements in rounds, so that other load affects all of them. Each round starts
 * with another one. The first round is a warm-up and does not count. Returns the values by name;
 * index n of all is the same round.
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
