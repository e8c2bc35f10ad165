import { l10n, Uri, WorkspaceEdit } from "vscode";
import { LimnError } from "../../core/errors.ts";
import { firstFreeName } from "../../core/files/keep.ts";
import { slugify } from "../../core/files/naming.ts";
import type { LinkForms } from "../../core/links/linkEdit.ts";
import { inspect } from "../../core/pictures/inspection.ts";
import { extensionByFormat } from "../../core/pictures/pictureFormat.ts";
import { propose } from "../request/proposal.ts";
import type { Services } from "../services.ts";
import { findProjectOf } from "../workspace/activeProject.ts";
import { uriKey } from "../workspace/fileUri.ts";
import { checkWritable } from "../workspace/saveLocation.ts";
import { parsePathInFolder } from "../workspace/settingsPath.ts";
import { type LinkDocument, linkText } from "./linkText.ts";

/** What saving images beside a document's other images needs. */
export type NewImageServices = Pick<Services, "lastChoices" | "ports">;

/**
 * Images from outside the workspace that get a link in a document: pasted ones, and files. `edit`
 * creates them in the folder where the document's project keeps its images, in one undo step with
 * the links.
 */
export class NewImages {
  readonly edit = new WorkspaceEdit();
  readonly #services: NewImageServices;
  readonly #document: LinkDocument;
  readonly #added = new Set<string>();

  constructor(services: NewImageServices, document: LinkDocument) {
    this.#services = services;
    this.#document = document;
  }

  /** Whether `edit` creates any file. Its own `size` counts only changes of text. */
  get hasFiles(): boolean {
    return this.#added.size > 0;
  }

  /**
   * Adds an image, and returns its link; `undefined` if no path leads to it from the document.
   *
   * @param alt the alt text; the name of the file is made of it.
   * @throws LimnError if the bytes are not a whole PNG, JPEG or WebP, or the folder cannot be used.
   */
  async add(bytes: Uint8Array, alt: string): Promise<LinkForms | undefined> {
    const { format, width, height } = inspect(this.#services.ports, bytes);
    const file = await this.#freeFile(await this.#folder(), alt, extensionByFormat[format]);
    this.edit.createFile(file, { contents: bytes });
    return linkText(this.#document, file, alt, { width, height });
  }

  async #folder(): Promise<Uri> {
    const { uri, languageId } = this.#document;
    const project = await findProjectOf({ uri, languageId });
    const proposed = propose(project, this.#services.lastChoices.read()).folder;
    if (proposed === undefined) {
      throw new LimnError(
        "files",
        l10n.t("No folder is open to save the picture in. Open a folder, then paste again."),
      );
    }
    const { folder } = parsePathInFolder(proposed);
    const problem = await checkWritable(folder);
    if (problem !== undefined) {
      throw new LimnError("files", problem);
    }
    return folder;
  }

  /** The first free file, named as pictures are that Limn makes. */
  async #freeFile(folder: Uri, prompt: string, extension: string): Promise<Uri> {
    const { files } = this.#services.ports;
    // Images that were added before are no files yet.
    const size = async (uri: string) => (this.#added.has(uriKey(uri)) ? 0 : files.size(uri));
    const target = { folder: folder.toString(), name: slugify(prompt), keep: "ask" } as const;
    const values = { prompt, date: 0, size: { width: 0, height: 0 }, ratio: "", uuid: "" };
    const file = Uri.joinPath(folder, await firstFreeName({ files: { ...files, size } }, target, values, extension));
    this.#added.add(uriKey(file));
    return file;
  }
}
