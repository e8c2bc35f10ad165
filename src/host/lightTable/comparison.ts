import { rm } from "node:fs/promises";
import { join } from "node:path";
import { l10n, Uri, type Webview } from "vscode";
import { extensionByFormat } from "../../core/pictures/pictureFormat.ts";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import type { ComparedPicture } from "../../protocol.ts";
import { replaceFile } from "../storage/durableFile.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import type { CompareSource, ReadSource } from "./compareSource.ts";

/** The part of a label after the last slash. */
const shortName = ({ label }: CompareSource): string => label.slice(label.lastIndexOf("/") + 1);

/**
 * Two pictures that are compared. The page gets copies of them, because they may be anywhere, such
 * as in a commit, and it may read only a few folders.
 */
export class Comparison {
  readonly #sources: readonly [CompareSource, CompareSource];
  readonly #folder: string;
  readonly #read: ReadSource;
  #copied: readonly [Promise<Uri>, Promise<Uri>];
  /** `errorMessage` of the main bundle, which knows its errors. */
  readonly #errorMessage: (error: unknown) => string;

  /** Starts to copy the pictures into the folder. */
  constructor(
    sources: readonly [CompareSource, CompareSource],
    folder: string,
    deps: { readonly read: ReadSource; readonly errorMessage: (error: unknown) => string },
  ) {
    this.#sources = sources;
    this.#folder = folder;
    this.#read = deps.read;
    this.#errorMessage = deps.errorMessage;
    this.#copied = this.#copy();
  }

  /** Resolves when both are copied. Rejects if one cannot be read, and deletes the copies. */
  async ready(): Promise<void> {
    try {
      await Promise.all(this.#copied);
    } catch (error) {
      await this.deleteCopies();
      throw error;
    }
  }

  /** Copies the files as they are now. */
  copyAgain(): void {
    this.#copied = this.#copy();
  }

  get title(): string {
    const [left, right] = this.#sources;
    return escapeMarkup(l10n.t("{0} ↔ {1}", shortName(left), shortName(right)));
  }

  /** The pictures for a page. */
  async view(webview: Webview): Promise<{ readonly left: ComparedPicture; readonly right: ComparedPicture }> {
    const compared = async (index: 0 | 1): Promise<ComparedPicture> => {
      const label = escapeBidiControls(this.#sources[index].label);
      return this.#copied[index].then(
        (uri) => ({ label, link: webview.asWebviewUri(uri).toString() }),
        (error: unknown) => ({ label, problem: escapeBidiControls(this.#errorMessage(error)) }),
      );
    };
    const [left, right] = await Promise.all([compared(0), compared(1)]);
    return { left, right };
  }

  /** Deletes the copies, after they are written. */
  async deleteCopies(): Promise<void> {
    await Promise.allSettled(this.#copied);
    await rm(this.#folder, { recursive: true, force: true });
  }

  #copy(): readonly [Promise<Uri>, Promise<Uri>] {
    const copyTo = async (name: string, source: CompareSource): Promise<Uri> => {
      const { bytes, format } = await this.#read(source);
      const path = join(this.#folder, `${name}.${extensionByFormat[format]}`);
      await replaceFile(path, bytes);
      return Uri.file(path);
    };
    const [left, right] = this.#sources;
    return [copyTo("left", left), copyTo("right", right)];
  }
}
