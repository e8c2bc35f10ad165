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
import { isSameFile } from "../workspace/fileUri.ts";

const endOf = (document: TextDocument): Position => document.lineAt(document.lineCount - 1).range.end;

/**
 * A position in a document that moves along with every edit, until it is disposed. Then, and while
 * the document is closed, it stays.
 */
export class TrackedPosition implements Disposable {
  readonly uri: Uri;
  readonly languageId: string;
  readonly #subscriptions: Disposable;
  #position: Position;
  /** The same position in UTF-16 code units. */
  #offset: number;
  /** Where the document ends. */
  #end: Position;

  constructor(document: TextDocument, position: Position) {
    this.uri = document.uri;
    this.languageId = document.languageId;
    this.#position = document.validatePosition(position);
    this.#offset = document.offsetAt(this.#position);
    this.#end = endOf(document);
    this.#subscriptions = Disposable.from(
      workspace.onDidChangeTextDocument((event) => this.#applyChange(event)),
      // It may have been changed on the disk while it was closed.
      workspace.onDidOpenTextDocument(
        (opened) => isSameFile(opened.uri, this.uri) && this.#keepLineAndCharacter(opened),
      ),
    );
  }

  /**
   * Where the position is now. It may lie behind the end of a document that was closed and became
   * shorter.
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
    // All lines are replaced if line endings change, so offsets mean nothing any more.
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

/** Whether a text can be edited there: not in editors of VS Code's own output. */
export const isEditable = ({ document }: TextEditor): boolean => document.uri.scheme !== "output";

/** The cursor of the active text editor, which is where a link would go. */
export const currentLinkPosition = (
  editor: TextEditor | undefined = window.activeTextEditor,
): TrackedPosition | undefined =>
  editor && isEditable(editor) ? new TrackedPosition(editor.document, editor.selection.active) : undefined;
