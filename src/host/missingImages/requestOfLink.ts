import type { TextDocument, Uri } from "vscode";
import { linkSyntaxOf } from "../../core/links/linkSyntax.ts";
import type { ImageLink } from "../../core/links/reading/imageLink.ts";
import { promptOfLink } from "../../core/links/reading/promptOfLink.ts";
import { documentLanguage } from "../imageLinks/documentLanguage.ts";
import type { MissingImage } from "./missingImage.ts";

/** Whether a path has the extension of a format that the models make. */
export const canBeMade = (path: string): boolean => /\.(?:png|jpe?g|webp)$/i.test(path);

/** The argument of `limn.generateMissingImage` for a link to a file that does not exist. */
export const requestOfLink = (document: TextDocument, link: ImageLink, file: Uri): MissingImage => ({
  file: file.toString(),
  prompt: promptOfLink(document.getText(), link, linkSyntaxOf(documentLanguage(document))?.layout !== "inline"),
  ...(link.width === undefined ? {} : { width: link.width }),
  ...(link.height === undefined ? {} : { height: link.height }),
});
