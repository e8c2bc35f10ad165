import * as l10n from "@vscode/l10n";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";

/** The start of a prompt on one line. `length` counts characters as the user sees them. */
export function excerpt(prompt: string, length = 60): string {
  const line = escapeBidiControls(prompt).replace(/\s+/gu, " ").trim();
  // Splitting a long prompt is slow, and this much of it always holds `length` characters.
  const characters = [...new Intl.Segmenter().segment(line.slice(0, length * 12))].map(({ segment }) => segment);
  return characters.length <= length
    ? line.slice(0, length * 12)
    : `${characters
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`;
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

/** A whole number with the separators of the user's language: `1,200`. */
export const formatNumber = (value: number): string => value.toLocaleString();
