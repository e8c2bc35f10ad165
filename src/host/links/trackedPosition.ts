import {
  Disposable,
  type Position,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextEditor,
  type Uri,
  window,
  workspace,
} from "vscode";
import { shiftOffset } from "../../core/links/offset.ts";
import { documentLanguage } from "../imageLinks/documentLanguage.ts";
import { isSameFile } from "../workspace/fileUri.ts";

const endOf = (document: TextDocument): Position => document.lineAt(document.lineCount - 1).range.end;

/**
 * A position in a document that moves with every edit, until it is disposed. It does not move while
 * the document is closed.
 */
export class TrackedPosition implements Disposable {
  readonly uri: Uri;
  readonly languageId: string;
  readonly #subscriptions: Disposable;
  #position: Position;
  /** The same position in UTF-16 code units. */
  #offset: number;
  /** End of the document. */
  #end: Position;

  constructor(document: TextDocument, position: Position) {
    this.uri = document.uri;
    this.languageId = documentLanguage(document);
    this.#position = document.validatePosition(position);
    this.#offset = document.offsetAt(this.#position);
    this.#end = endOf(document);
    this.#subscriptions = Disposable.from(
      workspace.onDidChangeTextDocument((event) => this.#applyChange(event)),
      // The file may have been changed while the document was closed.
      workspace.onDidOpenTextDocument(
        (opened) => isSameFile(opened.uri, this.uri) && this.#keepLineAndCharacter(opened),
      ),
    );
  }

  /**
   * The current position. It may be after the end of a document that became shorter while it was
   * closed.
   */
  get position(): Position {
    return this.#position;
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #applyChange({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length === 0 || !isSameFile(document.uri, this.uri)) {
      return;
    }
    const [change] = contentChanges;
    // A change of line endings replaces all lines, so offsets are no longer valid.
    if (change?.rangeOffset === 0 && change.text !== "" && change.range.end.isEqual(this.#end)) {
      this.#keepLineAndCharacter(document);
      return;
    }
    this.#offset = shiftOffset(this.#offset, contentChanges);
    this.#position = document.positionAt(this.#offset);
    this.#end = endOf(document);
  }

  /** Keeps line and character, as far as the document has them. */
  #keepLineAndCharacter(document: TextDocument): void {
    this.#position = document.validatePosition(this.#position);
    this.#offset = document.offsetAt(this.#position);
    this.#end = endOf(document);
  }
}

/** Whether the editor can be edited. VS Code's output views cannot. */
export const isEditable = ({ document }: TextEditor): boolean => document.uri.scheme !== "output";

/** The cursor of the active text editor, where a link is inserted. */
export const currentLinkPosition = (
  editor: TextEditor | undefined = window.activeTextEditor,
): TrackedPosition | undefined =>
  editor && isEditable(editor) ? new TrackedPosition(editor.document, editor.selection.active) : undefined;

/**
 * Runs something after which a link may be inserted. If it fails, there is no link, so the position
 * is disposed.
 */
export async function disposeOnError<Result>(
  linkPosition: TrackedPosition | undefined,
  run: (linkPosition: TrackedPosition | undefined) => Promise<Result>,
): Promise<Result> {
  try {
    return await run(linkPosition);
  } catch (error) {
    linkPosition?.dispose();
    throw error;
  }
}
