import { l10n, type QuickPickItem, Range, type TextEditor, ThemeColor, window } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import type { LinkForms } from "../../core/links/linkEdit.ts";
import type { Placeholder } from "../../core/links/placeholder.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { promptExcerpt } from "../ui/promptExcerpt.ts";

/** An answer, and whether it replaces the placeholder. */
interface Answer extends QuickPickItem {
  readonly isReplacing: boolean;
}

/**
 * Asks whether the links replace a placeholder, which is highlighted meanwhile, or go where the
 * cursor is. Rejects with kind `stopped` on Escape.
 *
 * @param cursorLine index of the line of the cursor.
 */
export async function asksToReplace(
  editor: TextEditor,
  { start, end, words, line, isPath }: Placeholder,
  links: readonly LinkForms[],
  cursorLine: number,
): Promise<boolean> {
  const { document } = editor;
  const shown = (isOnlyPath: boolean) =>
    escapeMarkup(links.map(({ markup, path }) => (isOnlyPath ? path : markup.replace(/\s+/g, " "))).join(" "));
  const answers: readonly Answer[] = [
    {
      label: l10n.t("Replace “{0}” on line {1}", promptExcerpt(words), line + 1),
      detail: shown(isPath),
      isReplacing: true,
    },
    { label: l10n.t("Insert at the cursor, on line {0}", cursorLine + 1), detail: shown(false), isReplacing: false },
  ];
  const highlight = window.createTextEditorDecorationType({
    backgroundColor: new ThemeColor("editor.findMatchHighlightBackground"),
  });
  editor.setDecorations(highlight, [new Range(document.positionAt(start), document.positionAt(end))]);
  try {
    const answer = await window.showQuickPick(answers, {
      title: l10n.t("Insert Link"),
      placeHolder: l10n.t("Choose where the link goes"),
      // An image that was opened just before takes the focus when it is loaded.
      ignoreFocusOut: true,
    });
    if (answer === undefined) {
      throw stoppedError();
    }
    return answer.isReplacing;
  } finally {
    highlight.dispose();
  }
}
