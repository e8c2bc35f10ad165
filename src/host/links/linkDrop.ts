// Entry of dist/linkDrop.js, which is loaded when an image is dropped or pasted into a document.
import "../ui/l10nBundle.ts";
import {
  type CancellationToken,
  type DataTransfer,
  DocumentDropEdit,
  type DocumentDropEditProvider,
  DocumentDropOrPasteEditKind,
  DocumentPasteEdit,
  type DocumentPasteEditProvider,
  l10n,
  Position,
  Range,
  SnippetString,
  SnippetTextEdit,
  type TextDocument,
  type Uri,
  WorkspaceEdit,
  workspace,
} from "vscode";
import { LimnError } from "../../core/errors.ts";
import { altTextOfFileName } from "../../core/links/altText.ts";
import { droppedLinks } from "../../core/links/droppedLinks.ts";
import { headingAbove } from "../../core/links/headingAbove.ts";
import { importEdit, withDistinctImports } from "../../core/links/importEdit.ts";
import type { LinkForms } from "../../core/links/linkEdit.ts";
import { maxImageFileBytes } from "../../core/pictures/imageFileLimit.ts";
import { documentLanguage } from "../imageLinks/documentLanguage.ts";
import { imageFormat } from "../request/references.ts";
import { notifyWarning } from "../ui/notify.ts";
import { readRegularFile } from "../workspace/readRegularFile.ts";
import { parseUriList } from "../workspace/uriList.ts";
import { linkKind, pictureMimeType, uriListMimeType } from "./dropTypes.ts";
import { createImageLink, type LinkServices } from "./imageLink.ts";
import { keepDraggedPicture } from "./keepDraggedPicture.ts";
import type { LinkDocument } from "./linkText.ts";
import { type NewImageServices, NewImages } from "./newImages.ts";

/**
 * VS Code's own edit stays the first one in Markdown, and text is pasted as text: some programs put
 * a picture of it on the clipboard too.
 */
const preferredKinds = [DocumentDropOrPasteEditKind.Empty.append("markdown", "link"), DocumentDropOrPasteEditKind.Text];

/** What links to dropped and pasted images need. */
type DropServices = LinkServices & NewImageServices;

/** The document with its language, also if VS Code has no extension for that language. */
const shown = (document: TextDocument): LinkDocument => ({
  uri: document.uri,
  languageId: documentLanguage(document),
});

/** The files of a list, if all of them are images by their names. */
function imageUrisIn(list: string): readonly Uri[] {
  const uris = parseUriList(list);
  const images = uris.filter(
    (uri) => uri !== undefined && !/^https?$/.test(uri.scheme) && imageFormat(uri) !== undefined,
  );
  return images.length === uris.length ? images.flatMap((uri) => uri ?? []) : [];
}

/** Types of the images that Limn reads. */
const imageTypePattern = /^image\/(png|jpeg|webp)$/;

/** What a drop or paste inserts. */
interface LinkEdit {
  /** What VS Code inserts at each range. Empty if `more` inserts the links too. */
  readonly text: SnippetString;
  /** Creates the images that were outside the workspace, and adds imports. */
  readonly more: WorkspaceEdit | undefined;
}

/** The links of a drop or paste; none if they are not for Limn. */
interface DroppedImages {
  readonly links: readonly (LinkForms | undefined)[];
  /** Has the edit that creates the files. */
  readonly newImages?: NewImages;
  /** Alt text that Limn has guessed, and that the user may want to change. */
  readonly alt?: string;
}

/** The name that programs give a picture on the clipboard that has none. */
const genericName = /^image\.\w+$/i;

/** An image of the clipboard, named as its file, or after the heading above, or the document. */
async function pastedImage(
  services: DropServices,
  document: TextDocument,
  position: Position,
  transfer: DataTransfer,
): Promise<DroppedImages> {
  const [, item] = [...transfer].find(([type]) => imageTypePattern.test(type)) ?? [];
  const file = item?.asFile();
  if (file === undefined) {
    return { links: [] };
  }
  const bytes = await file.data();
  const before = document.getText(new Range(new Position(0, 0), position));
  const alt = genericName.test(file.name)
    ? (headingAbove(documentLanguage(document), before) ?? altTextOfFileName(document.uri.path))
    : altTextOfFileName(file.name);
  const newImages = new NewImages(services, shown(document));
  return { links: [await newImages.add(bytes, alt)], newImages, alt };
}

/** Links to dropped files. Those outside the workspace are copied into the document's project. */
async function droppedFiles(
  services: DropServices,
  document: TextDocument,
  files: readonly Uri[],
): Promise<DroppedImages> {
  const isInWorkspace = (uri: Uri) => workspace.getWorkspaceFolder(uri) !== undefined;
  const newImages = new NewImages(services, shown(document));
  const links: (LinkForms | undefined)[] = [];
  for (const file of files) {
    const bytes =
      isInWorkspace(document.uri) && !isInWorkspace(file) ? await readRegularFile(file, maxImageFileBytes) : undefined;
    links.push(
      await (bytes === undefined
        ? createImageLink(services, shown(document), file)
        : newImages.add(bytes, altTextOfFileName(file.path))),
    );
  }
  return { links, newImages };
}

async function imagesIn(
  services: DropServices,
  document: TextDocument,
  position: Position,
  transfer: DataTransfer,
): Promise<DroppedImages> {
  const picture = await transfer.get(pictureMimeType)?.asString();
  if (picture !== undefined) {
    const file = await keepDraggedPicture(services, picture);
    return { links: file === undefined ? [] : [await createImageLink(services, shown(document), file)] };
  }
  const list = (await transfer.get(uriListMimeType)?.asString()) ?? "";
  return list.trim() === ""
    ? pastedImage(services, document, position, transfer)
    : droppedFiles(services, document, imageUrisIn(list));
}

/** The text with the alt text as a placeholder, if it stands there once as it is. */
function linkSnippet(text: string, alt: string | undefined): SnippetString {
  const [before = "", after, ...more] = alt === undefined || alt === "" ? [text] : text.split(alt);
  return alt === undefined || after === undefined || more.length > 0
    ? new SnippetString().appendText(text)
    : new SnippetString().appendText(before).appendPlaceholder(alt).appendText(after);
}

/** The text of the links in place of a range, which the rest of its line decides on. */
function textAt(document: TextDocument, { start, end }: Range, links: readonly LinkForms[]): string {
  return droppedLinks(documentLanguage(document), links, {
    before: document.lineAt(start).text.slice(0, start.character),
    after: document.lineAt(end).text.slice(end.character),
  });
}

/** Links to images that are dropped or pasted over ranges; `undefined` if there are none. */
async function linksFor(
  services: DropServices,
  document: TextDocument,
  ranges: readonly [Range, ...Range[]],
  transfer: DataTransfer,
  token: CancellationToken,
): Promise<LinkEdit | undefined> {
  try {
    // The journal may not be loaded yet; it knows the prompts for the alt texts.
    await services.jobs.journal.ready().catch(() => undefined);
    const { links, newImages, alt } = await imagesIn(services, document, ranges[0].start, transfer);
    const found = withDistinctImports(links.flatMap((link) => link ?? []));
    if (links.length === 0 || found.length < links.length || token.isCancellationRequested) {
      return undefined;
    }
    const places = ranges.map((range) => ({ range, text: textAt(document, range, found) }));
    const [text = "", ...otherTexts] = new Set(places.map((place) => place.text));
    const languageId = documentLanguage(document);
    const imports = importEdit({ text: document.getText(), languageId }, found, [text, ...otherTexts].join("\n"));
    // VS Code inserts its text first, and the same at all ranges. An Undo before a file is created
    // would leave the file.
    const insertsLinks = newImages?.hasFiles === true || otherTexts.length > 0;
    const more = insertsLinks || imports !== undefined ? (newImages?.edit ?? new WorkspaceEdit()) : undefined;
    if (insertsLinks) {
      const snippets = places.map((place) => new SnippetTextEdit(place.range, linkSnippet(place.text, alt)));
      more?.set(document.uri, snippets);
    }
    if (imports !== undefined) more?.insert(document.uri, document.positionAt(imports.start), imports.text);
    return { text: insertsLinks ? new SnippetString() : linkSnippet(text, alt), more };
  } catch (error) {
    // VS Code then offers its own edit. It has none for a picture of the panel.
    services.ports.log.warn(`No link could be created for a drop: ${String(error)}`);
    if (error instanceof LimnError) {
      void notifyWarning(error.message);
    }
    return undefined;
  }
}

function withFiles<Edit extends DocumentDropEdit | DocumentPasteEdit>(edit: Edit, { more }: LinkEdit): Edit {
  edit.yieldTo = preferredKinds;
  if (more !== undefined) edit.additionalEdit = more;
  return edit;
}

/** Provides links for dropped and for pasted files. */
export type LinkProvider = DocumentDropEditProvider &
  Required<Pick<DocumentPasteEditProvider, "provideDocumentPasteEdits">>;

/**
 * Turns dropped and pasted image files into links in the language of the document, with alt text
 * and size.
 */
export function createLinkProvider(services: DropServices): LinkProvider {
  const title = l10n.t("Insert Image Link (Limn)");
  return {
    async provideDocumentDropEdits(document, position, transfer, token) {
      const links = await linksFor(services, document, [new Range(position, position)], transfer, token);
      return links && withFiles(new DocumentDropEdit(links.text, title, linkKind), links);
    },
    async provideDocumentPasteEdits(document, [range, ...more], transfer, _, token) {
      const links = range && (await linksFor(services, document, [range, ...more], transfer, token));
      return links && [withFiles(new DocumentPasteEdit(links.text, title, linkKind), links)];
    },
  };
}
