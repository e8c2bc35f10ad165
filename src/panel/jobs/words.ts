import { visible } from "../../core/visible.ts";

/** The beginning of a prompt, on one line: enough to know it by. `length` counts characters as people see them. */
export function excerpt(prompt: string, length = 60): string {
  const line = visible(prompt).replace(/\s+/gu, " ").trim();
  // Nobody needs more of the text than this to cut it at a character and not within one.
  const characters = [...new Intl.Segmenter().segment(line.slice(0, length * 12))].map(({ segment }) => segment);
  return characters.length <= length
    ? line.slice(0, length * 12)
    : `${characters
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`;
}

/** How long something takes: `42 s`, `3 min 5 s`, `2 h 4 min`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) {
    return `${seconds} s`;
  }
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A moment as short as it can be told: the time for today, the date with it before. `now` in milliseconds since the epoch. */
export function moment(at: number, now: number): string {
  const date = new Date(at);
  const today = date.toDateString() === new Date(now).toDateString();
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  const time = date.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  const day = date.toLocaleDateString(undefined, {
    day: "numeric",
    month: "short",
    ...(sameYear ? {} : { year: "numeric" }),
  });
  return today ? time : `${day}, ${time}`;
}

/** Bytes in the unit people read: `1.4 GB`. */
export function size(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const amount = bytes / 1000 ** power;
  return `${amount < 10 && power > 0 ? amount.toFixed(1) : Math.round(amount)} ${units[power]}`;
}

/** A number with its noun: `1 picture`, `4 pictures`. */
export const count = (number: number, noun: string): string =>
  `${number.toLocaleString("en-US")} ${noun}${number === 1 ? "" : "s"}`;
