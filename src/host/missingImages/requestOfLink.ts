import type { Uri } from "vscode";
import { linkSyntaxOf } from "../../core/links/linkSyntax.ts";
import type { ImageLink } from "../../core/links/reading/imageLink.ts";
import { promptOfLink } from "../../core/links/reading/promptOfLink.ts";
import type { LinkedText } from "../imageLinks/linkedFile.ts";
import type { MissingImage } from "./missingImage.ts";

/** Whether a path has the extension of a format that the models make. */
export const canBeMade = (path: string): boolean => /\.(?:png|jpe?g|webp)$/i.test(path);

/** The argument of `limn.generateMissingImage` for a link to a file that does not exist. */
export const requestOfLink = ({ text, languageId }: LinkedText, link: ImageLink, file: Uri): MissingImage => ({
  file: file.toString(),
  prompt: promptOfLink(text, link, linkSyntaxOf(languageId)?.layout !== "inline"),
  ...(link.width === undefined ? {} : { width: link.width }),
  ...(link.height === undefined ? {} : { height: link.height }),
});
