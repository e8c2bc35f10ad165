/**
 * The same facts for a line that wraps: no line starts with a separator, and a number stays with
 * its unit.
 */
export const withNoBreakSpaces = (facts: string): string =>
  facts.replaceAll(/ (?=[·×])|(?<=[\d×]) (?=[\p{L}\d])/gu, "\u00a0");
