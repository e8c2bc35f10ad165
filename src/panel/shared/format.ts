import * as l10n from "@vscode/l10n";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";

// Making a segmenter or a format takes longer than to use it for all rows of the sheet.
let segmenter: Intl.Segmenter | undefined;
let formats: ReturnType<typeof makeFormats> | undefined;

function makeFormats() {
  const formatter = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, options).format;
  const day = { day: "numeric", month: "short" } as const;
  return {
    time: formatter({ hour: "2-digit", minute: "2-digit" }),
    day: formatter(day),
    dayAndYear: formatter({ ...day, year: "numeric" }),
  };
}

/** The start of a prompt on one line. `length` counts characters as the user sees them. */
export function excerpt(prompt: string, length = 60): string {
  const line = escapeBidiControls(prompt).replace(/\s+/gu, " ").trim();
  if (line.length <= length) {
    return line;
  }
  segmenter ??= new Intl.Segmenter();
  // This much of a long prompt always holds `length` characters.
  const start = line.slice(0, length * 12);
  let [count, end] = [0, 0];
  for (const { index } of segmenter.segment(start)) {
    count++;
    if (count === length) {
      end = index;
    } else if (count > length) {
      return `${start.slice(0, end).trimEnd()}…`;
    }
  }
  return start;
}

/** How long something takes, from milliseconds: `42 s`, `3 min 5 s`, `2 h 4 min`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) {
    return l10n.t("{0} s", seconds);
  }
  return minutes < 60
    ? l10n.t("{0} min {1} s", minutes, seconds % 60)
    : l10n.t("{0} h {1} min", Math.floor(minutes / 60), minutes % 60);
}

/**
 * The time, after its date if that is not today's. Both arguments are milliseconds since the epoch.
 */
export function formatTime(timestamp: number, now: number): string {
  const date = new Date(timestamp);
  const today = new Date(now);
  const isToday = date.toDateString() === today.toDateString();
  const isSameYear = date.getFullYear() === today.getFullYear();
  formats ??= makeFormats();
  const time = formats.time(date);
  return isToday ? time : `${(isSameYear ? formats.day : formats.dayAndYear)(date)}, ${time}`;
}

/** A whole number with the separators of the user's language: `1,200`. */
export const formatNumber = (value: number): string => value.toLocaleString();
