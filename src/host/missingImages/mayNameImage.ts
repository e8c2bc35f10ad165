import { Range, type TextDocument } from "vscode";

/**
 * Whether lines of the selection, or one beside them, name an image that Limn can make: only then
 * are the parsers loaded. A link may be longer than its first line.
 */
export const mayNameImage = (document: TextDocument, { start, end }: Range): boolean =>
  /\.(png|jpe?g|webp)/i.test(document.getText(new Range(Math.max(0, start.line - 9), 0, end.line + 9, 0)));
