/** Shortest and longest time between two polls, in milliseconds. */
export interface PollingInterval {
  readonly min: number;
  readonly max: number;
}

/** The bounds of the vendor's own clients. */
export const defaultPollingInterval: PollingInterval = { min: 1000, max: 10_000 };

/**
 * The interval as a part of the task's age, so that a finished picture waits at most this part of
 * the service's time, and half of it on average.
 */
const shareOfAge = 0.08;

/** How fast intervals grow in the vendor's own clients. */
const growth = 1.5;

/**
 * Returns the interval after a poll in milliseconds. A task that was resumed starts with the
 * shortest one: its result may be ready, and its age is from a clock that may have been changed.
 * While polls have no answer, the intervals grow whatever the age, because an overloaded service
 * gets many requests, and a finished picture is not lost.
 *
 * @param last the interval before the poll.
 * @param age milliseconds since the task was sent.
 */
export function nextInterval(
  last: number,
  age: number,
  isAnswered: boolean,
  { min, max }: PollingInterval = defaultPollingInterval,
): number {
  const [byAge, grown] = [age * shareOfAge, last * growth];
  const next = isAnswered ? Math.min(byAge, grown) : Math.max(byAge, grown);
  return Math.min(Math.max(Math.round(next), min), max);
}
