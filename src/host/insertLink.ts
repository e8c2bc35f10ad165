import {
  l10n,
  type Position,
  Range,
  SnippetString,
  type TextDocument,
  type TextEditor,
  type Uri,
  window,
  workspace,
} from "vscode";
import type { Job } from "../core/job.ts";
import { altText } from "../core/link.ts";
import { isKeptAs } from "./fileUri.ts";
import { linkText } from "./linkText.ts";
import { labelOf } from "./references.ts";
import type { Services } from "./services.ts";
import { tell } from "./tell.ts";

/** The text editor a job was started from: where its link belongs. */
export interface Origin {
  readonly document: Uri;
  readonly position: Position;
}

/** The editor in front now, as the place a link would go to. */
export function currentOrigin(editor: TextEditor | undefined = window.activeTextEditor): Origin | undefined {
  return editor && { document: editor.document.uri, position: editor.selection.active };
}

function linkTo(file: Uri, job: Job, document: TextDocument): Promise<string> {
  const { width, height } = job.pictures.find((picture) => isKeptAs(picture, file)) ?? {};
  const size = width === undefined || height === undefined ? undefined : { width, height };
  return linkText(document, file, altText(job.request.prompt), size);
}

/** The place a link goes to: where the job was started, or the text editor in view. */
async function findPlace(origin: Origin | undefined): Promise<{ editor: TextEditor; position: Position } | undefined> {
  const uri =
    origin?.document ??
    window.visibleTextEditors.find(({ document }) => document.uri.scheme !== "output")?.document.uri;
  if (uri === undefined) {
    return undefined;
  }
  const document = await workspace.openTextDocument(uri);
  const editor = await window.showTextDocument(document);
  // Where the person has put the cursor since counts, if the document was in front all along.
  return { editor, position: origin?.position ?? editor.selection.active };
}

/** Inserts links to the files in the document's own language, each on a line of its own, as one step to undo. */
export async function insertLink(
  files: readonly Uri[],
  job: Job,
  origin: Origin | undefined,
  services: Services,
): Promise<void> {
  const place = await findPlace(origin);
  if (place === undefined) {
    void tell(l10n.t("Open the file the link belongs in, put the cursor there, and press Insert Link again."));
    return;
  }
  const { editor, position } = place;
  const links = await Promise.all(files.map((file) => linkTo(file, job, editor.document)));
  const at = editor.document.validatePosition(position);
  const done = await editor.insertSnippet(new SnippetString().appendText(links.join("\n")), new Range(at, at));
  if (!done) {
    services.log.warn(`A link could not be inserted into ${labelOf(editor.document.uri)}.`);
  }
}
