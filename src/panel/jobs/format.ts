import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";

/**
 * The beginning of a prompt, on one line: enough to know it by. `length` counts characters as
 * people see them.
 */
export function excerpt(prompt: string, length = 60): string {
  const line = escapeBidiControls(prompt).replace(/\s+/gu, " ").trim();
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
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) {
    return `${seconds} s`;
  }
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/**
 * A moment as short as it can be told: the time for today, the date with it before. `now` in
 * milliseconds since the epoch.
 */
export function formatTime(timestamp: number, now: number): string {
  const date = new Date(timestamp);
  const isToday = date.toDateString() === new Date(now).toDateString();
  const isSameYear = date.getFullYear() === new Date(now).getFullYear();
  const time = date.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" });
  const day = date.toLocaleDateString(undefined, {
    day: "numeric",
    month: "short",
    ...(isSameYear ? {} : { year: "numeric" }),
  });
  return isToday ? time : `${day}, ${time}`;
}

/** Bytes in the unit people read: `1.4 GB`. */
export function formatBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const amount = bytes / 1000 ** power;
  return `${amount < 10 && power > 0 ? amount.toFixed(1) : Math.round(amount)} ${units[power]}`;
}

/** A number with its noun: `1 picture`, `4 pictures`. */
export const formatCount = (amount: number, noun: string): string =>
  `${amount.toLocaleString("en-US")} ${noun}${amount === 1 ? "" : "s"}`;
