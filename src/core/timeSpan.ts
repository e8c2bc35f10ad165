/** A span of time in milliseconds since the epoch. `from` belongs to it, `to` does not. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** The local calendar day that contains a moment. It has 23 or 25 hours if the clocks change. */
export function dayAround(at: number): TimeSpan {
  const date = new Date(at);
  const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
  return { from: new Date(year, month, day).getTime(), to: new Date(year, month, day + 1).getTime() };
}

/** The local calendar month that contains a moment. */
export function monthAround(at: number): TimeSpan {
  const date = new Date(at);
  const [year, month] = [date.getFullYear(), date.getMonth()];
  return { from: new Date(year, month).getTime(), to: new Date(year, month + 1).getTime() };
}

/** The local calendar date of a moment in ISO 8601: `2026-02-05`. */
export function localDateOf(at: number): string {
  const date = new Date(at);
  const digits = (value: number, length: number) => String(value).padStart(length, "0");
  return [digits(date.getFullYear(), 4), digits(date.getMonth() + 1, 2), digits(date.getDate(), 2)].join("-");
}
