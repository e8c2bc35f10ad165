/**
 * What a spreadsheet takes for a formula at the beginning of a cell. A name from a cloned
 * repository must not become one, so an apostrophe goes before it. Source: OWASP, “CSV Injection”.
 */
const formulaStart = /^[=+\-@\t\r]/;

const needsQuotes = /[",\r\n]/;

/** A text as one field. Numbers are written as they are: they are ours. */
function formatField(value: string | number): string {
  const text = typeof value === "string" && formulaStart.test(value) ? `'${value}` : String(value);
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Rows as comma-separated values (RFC 4180), with the mark by which spreadsheets know UTF-8. No
 * text in it is a formula.
 */
export const toCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(formatField).join(",")}\r\n`).join("")}`;
