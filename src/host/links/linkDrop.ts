import {
  type CancellationToken,
  type DataTransfer,
  DocumentDropEdit,
  type DocumentDropEditProvider,
  DocumentDropOrPasteEditKind,
  DocumentPasteEdit,
  type DocumentPasteEditProvider,
  l10n,
  Range,
  SnippetString,
  type TextDocument,
  Uri,
  workspace,
} from "vscode";
import { LimnError } from "../../core/errors.ts";
import { droppedLinks } from "../../core/links/droppedLinks.ts";
import { parseDraggedPicture } from "../../protocol.ts";
import { imageFormat } from "../request/references.ts";
import { notifyWarning } from "../ui/notify.ts";
import { parseUriList } from "../workspace/uriList.ts";
import { linkKind, pictureMimeType, uriListMimeType } from "./dropTypes.ts";
import { createImageLink, type LinkServices } from "./imageLink.ts";

/** VS Code's own edit stays the first one in Markdown. */
const markdownKind = DocumentDropOrPasteEditKind.Empty.append("markdown", "link");

/** The files of a list, if all of them are images by their names. */
function imageUrisIn(list: string): readonly Uri[] {
  const uris = parseUriList(list);
  const images = uris.filter(
    (uri) => uri !== undefined && !/^https?$/.test(uri.scheme) && imageFormat(uri) !== undefined,
  );
  return images.length === uris.length ? images.flatMap((uri) => uri ?? []) : [];
}

/**
 * The file of a picture that was dragged out of the panel. Keeps the picture if it was not kept
 * yet. Throws a `LimnError` if that needs a question: the panel's “Keep” button asks it.
 */
async function keepDraggedPicture({ jobs, ports }: LinkServices, text: string): Promise<Uri | undefined> {
  const dragged = parseDraggedPicture(JSON.parse(text));
  const job = dragged && jobs.journal.get(dragged.job);
  const picture = job?.pictures.find(({ id }) => id === dragged?.picture);
  if (job === undefined || picture?.file === undefined) {
    return undefined;
  }
  for (const kept of picture.kept) {
    if ((await ports.files.size(kept)) !== undefined) {
      return Uri.parse(kept);
    }
  }
  if (workspace.getWorkspaceFolder(Uri.parse(job.target.folder)) === undefined) {
    throw new LimnError(
      "files",
      l10n.t("The folder that this picture is for is not open. Use “Keep” in the panel, then drop the picture again."),
    );
  }
  return Uri.parse(await jobs.keep(job.taskUUID, picture));
}

/** The dropped files, if all of them are images. */
async function imageFilesIn(services: LinkServices, transfer: DataTransfer): Promise<readonly Uri[]> {
  const picture = await transfer.get(pictureMimeType)?.asString();
  if (picture !== undefined) {
    const file = await keepDraggedPicture(services, picture);
    return file === undefined ? [] : [file];
  }
  return imageUrisIn((await transfer.get(uriListMimeType)?.asString()) ?? "");
}

/** Links to files that are dropped or pasted over a range; `undefined` if they are not for Limn. */
async function linksFor(
  services: LinkServices,
  document: TextDocument,
  { start, end }: Range,
  transfer: DataTransfer,
  token: CancellationToken,
): Promise<SnippetString | undefined> {
  try {
    // The journal may not be loaded yet; it knows the prompts for the alt texts.
    await services.jobs.journal.ready().catch(() => undefined);
    const files = await imageFilesIn(services, transfer);
    const links = await Promise.all(files.map((file) => createImageLink(services, document, file)));
    const found = links.flatMap((link) => link ?? []);
    const canInsert = links.length > 0 && found.length === links.length && !token.isCancellationRequested;
    const line = {
      before: document.lineAt(start).text.slice(0, start.character),
      after: document.lineAt(end).text.slice(end.character),
    };
    return canInsert ? new SnippetString().appendText(droppedLinks(document.languageId, found, line)) : undefined;
  } catch (error) {
    // VS Code then offers its own edit. It has none for a picture of the panel.
    services.ports.log.warn(`No link could be created for a drop: ${String(error)}`);
    if (error instanceof LimnError) {
      void notifyWarning(error.message);
    }
    return undefined;
  }
}

/** Provides links for dropped and for pasted files. */
export type LinkProvider = DocumentDropEditProvider &
  Required<Pick<DocumentPasteEditProvider, "provideDocumentPasteEdits">>;

/**
 * Turns dropped and pasted image files into links in the language of the document, with alt text
 * and size.
 */
export function createLinkProvider(services: LinkServices): LinkProvider {
  const title = l10n.t("Insert Image Link (Limn)");
  return {
    async provideDocumentDropEdits(document, position, transfer, token) {
      const text = await linksFor(services, document, new Range(position, position), transfer, token);
      if (text === undefined) {
        return undefined;
      }
      const edit = new DocumentDropEdit(text, title, linkKind);
      edit.yieldTo = [markdownKind];
      return edit;
    },
    async provideDocumentPasteEdits(document, [range = new Range(0, 0, 0, 0)], transfer, _, token) {
      const text = await linksFor(services, document, range, transfer, token);
      if (text === undefined) {
        return undefined;
      }
      const edit = new DocumentPasteEdit(text, title, linkKind);
      edit.yieldTo = [markdownKind];
      return [edit];
    },
  };
}
