import { escapeBidiControls } from "../text/invisibleCharacters.ts";

/**
 * Start of a cell that a spreadsheet treats as a formula. A name from a cloned repository must not
 * become one, so an apostrophe is added. Source: OWASP, “CSV Injection”.
 */
const formulaStart = /^[=+\-@\t\r]/;

const needsQuotes = /[",\r\n]/;

/** One field. Numbers are written as they are, because they are Limn's own. */
function formatField(value: string | number): string {
  const shown = typeof value === "string" ? escapeBidiControls(value) : String(value);
  const text = typeof value === "string" && formulaStart.test(shown) ? `'${shown}` : shown;
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Rows as comma-separated values (RFC 4180), with the byte order mark by which spreadsheets
 * recognize UTF-8. No text in it is a formula or disguises the text after it.
 */
export const toCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(formatField).join(",")}\r\n`).join("")}`;
