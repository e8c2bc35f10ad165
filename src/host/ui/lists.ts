import { env, l10n } from "vscode";

/** Maximum number of names that a message lists; more are counted. */
export const maxListedNames = 3;

const formatList = (items: readonly string[], type: Intl.ListFormatType): string =>
  new Intl.ListFormat(env.language, { type }).format(items);

/** The items as text in VS Code's language: `a, b, or c`. */
export const orList = (items: readonly string[]): string => formatList(items, "disjunction");

/** The items as text in VS Code's language: `a, b, and c`. */
export const andList = (items: readonly string[]): string => formatList(items, "conjunction");

/** The first names, and how many there are beside them. */
export function listedNames(names: readonly string[]): string {
  const shown = names.slice(0, maxListedNames).join(", ");
  return names.length > maxListedNames ? l10n.t("{0} and {1} more", shown, names.length - maxListedNames) : shown;
}
