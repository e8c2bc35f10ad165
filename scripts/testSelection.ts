/** A suite of `npm test`, as far as the selection needs it. */
interface SelectableSuite {
  readonly name: string;
  /** Whether filters select its test files. */
  readonly hasFilters: boolean;
}

/** The suites that were named, and the filters for their test files. */
export interface TestSelection<Suite> {
  /** All suites if none was named. */
  readonly selected: readonly Suite[];
  readonly filters: readonly string[];
}

/**
 * Reads the arguments of `npm test`: names of suites, then filters. A word after the first filter
 * is a filter too, even if a suite has that name.
 * @throws Error if no named suite can use the filters.
 */
export function selectTests<Suite extends SelectableSuite>(
  suites: readonly Suite[],
  args: readonly string[],
): TestSelection<Suite> {
  const suiteNames = new Set(suites.map(({ name }) => name));
  const firstFilter = args.findIndex((argument) => !suiteNames.has(argument));
  const names = firstFilter < 0 ? args : args.slice(0, firstFilter);
  const filters = firstFilter < 0 ? [] : args.slice(firstFilter);
  const named = suites.filter(({ name }) => names.includes(name));
  const namesOf = (list: readonly Suite[]) => list.map(({ name }) => name).join(", ");
  if (filters.length > 0 && named.length === 0) {
    throw new Error(`“${filters.join(" ")}” is not a suite. Name a suite first: ${namesOf(suites)}.`);
  }
  if (filters.length > 0 && !named.some(({ hasFilters }) => hasFilters)) {
    const withFilters = namesOf(suites.filter(({ hasFilters }) => hasFilters));
    throw new Error(`The filter “${filters.join(" ")}” has no effect on ${namesOf(named)}, only on ${withFilters}.`);
  }
  return { selected: named.length > 0 ? named : suites, filters };
}
