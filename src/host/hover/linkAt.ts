import { type Position, Range, type TextDocument } from "vscode";
import { frontMatterLength } from "../../core/links/reading/frontMatterLinks.ts";
import type { ImageLink, TextRange } from "../../core/links/reading/imageLink.ts";
import { documentLanguage } from "../imageLinks/documentLanguage.ts";
import { linksOf } from "../imageLinks/documentLinks.ts";

/** A link under the mouse. */
export interface HoveredLink {
  readonly link: ImageLink;
  /** What the hover is about: the path, or the whole link. */
  readonly range: Range;
  /** Whether VS Code shows a picture of the file itself, below the hovers of extensions. */
  readonly hasPicture: boolean;
}

/** The image formats that VS Code shows at paths in Markdown. Source: its Markdown extension. */
const shownInMarkdown = /\.(?:bmp|gif|jpe?g|png|svg|webp|ico)$/i;

/**
 * The image link at a position. An element is one only at its path: its other attributes have
 * hovers of their own.
 */
export async function linkAt(document: TextDocument, position: Position): Promise<HoveredLink | undefined> {
  const offset = document.offsetAt(position);
  const contains = ({ start, end }: TextRange) => start <= offset && offset <= end;
  const text = document.getText();
  const links = await linksOf(document);
  const atPath = links.find(({ pathRange }) => contains(pathRange));
  const link = atPath ?? links.find(({ range }) => contains(range) && text[range.start] !== "<");
  if (link === undefined) {
    return undefined;
  }
  const { start, end } = atPath === undefined ? link.range : link.pathRange;
  return {
    link,
    range: new Range(document.positionAt(start), document.positionAt(end)),
    hasPicture:
      atPath !== undefined &&
      documentLanguage(document) === "markdown" &&
      shownInMarkdown.test(link.written) &&
      offset > frontMatterLength(text),
  };
}
