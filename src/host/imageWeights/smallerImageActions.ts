import { CodeAction, CodeActionKind, type Diagnostic, l10n, type TextDocument } from "vscode";
import type { CommandId } from "../ids.ts";
import { linksOf } from "../imageLinks/documentLinks.ts";
import { linkedFile, linkedTextOf } from "../imageLinks/linkedFile.ts";
import { canBeOpened, readImage } from "../imageLinks/readImage.ts";
import { oversizedImage } from "./oversizedLinks.ts";

/** The light bulb's entry for a problem; none if Limn cannot open images of that format. */
async function actionFor(document: TextDocument, problem: Diagnostic): Promise<readonly CodeAction[]> {
  const start = document.offsetAt(problem.range.start);
  const link = (await linksOf(document)).find(({ pathRange }) => pathRange.start === start);
  const linked = linkedTextOf(document);
  const file = link && linked && (await linkedFile(linked, link.path));
  const image = file?.exists === true ? await readImage(file.uri).catch(() => undefined) : undefined;
  if (image === undefined || !canBeOpened(image)) {
    return [];
  }
  const title = l10n.t("Export a Smaller Image…");
  const action = new CodeAction(title, CodeActionKind.QuickFix);
  const command: CommandId = "limn.exportImage";
  action.command = { command, title, arguments: [image.uri] };
  action.diagnostics = [problem];
  return [action];
}

/** What the light bulb offers for images that are far larger than their use. */
export async function smallerImageActions(
  document: TextDocument,
  problems: readonly Diagnostic[],
): Promise<readonly CodeAction[]> {
  const own = problems.filter(({ code }) => code === oversizedImage);
  return (await Promise.all(own.map((problem) => actionFor(document, problem)))).flat();
}
