import { type TextEditor, window } from "vscode";
import { columnOf } from "./linkEditor.ts";
import { currentLinkPosition, isEditable, type TrackedPosition } from "./trackedPosition.ts";

/** Returns the text editor that was active last. */
let lastTextEditor = (): TextEditor | undefined => undefined;

/** Sets who knows the text editor that was active last; called once at the start. */
export function setLastTextEditor(getEditor: () => TextEditor | undefined): void {
  lastTextEditor = getEditor;
}

/**
 * The cursor of the active text editor; or else of the one that was active last, of one in view, or
 * of one that has a tab behind an image.
 */
export function defaultLinkPosition(): TrackedPosition | undefined {
  const last = lastTextEditor();
  const visible = window.visibleTextEditors.filter(isEditable);
  const hidden = last !== undefined && columnOf(last.document.uri) !== undefined;
  const editor = visible.find((each) => each === last) ?? visible[0] ?? (hidden ? last : undefined);
  return currentLinkPosition() ?? currentLinkPosition(editor);
}
