import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { type CodeAction, CodeActionKind, commands, Range, type TextDocument } from "vscode";
import { waitUntil } from "./commands.ts";

const isCanceled = (error: unknown): boolean => error instanceof Error && error.message === "Canceled";

/** Limn's entries of the light bulb in a range. */
export async function actionsIn(document: TextDocument, range: Range): Promise<readonly CodeAction[]> {
  const actions = await waitUntil("the light bulb has its entries", () =>
    Promise.resolve(
      commands.executeCommand<readonly CodeAction[]>(
        "vscode.executeCodeActionProvider",
        document.uri,
        range,
        CodeActionKind.QuickFix.value,
      ),
    ).catch((error: unknown) => {
      // VS Code's own extension for CSS cancels the request while it starts.
      if (isCanceled(error)) return undefined;
      throw error;
    }),
  );
  return actions.filter(({ command }) => command?.command.startsWith("limn.") === true);
}

/** Limn's entries of the light bulb at a text of the document. */
export function actionsAt(document: TextDocument, text: string): Promise<readonly CodeAction[]> {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, text);
  const place = document.positionAt(offset + 1);
  return actionsIn(document, new Range(place, place));
}

/** Titles of Limn's entries of the light bulb at a text of the document. */
export const titlesAt = async (document: TextDocument, text: string): Promise<readonly string[]> =>
  (await actionsAt(document, text)).map(({ title }) => title);

/**
 * Waits until the light bulb has Limn's entries alone: VS Code cancels a request without a word if
 * the document changes meanwhile, such as a cell of a notebook that gets its language.
 */
export const waitForTitles = async (document: TextDocument, text: string, titles: readonly string[]): Promise<true> =>
  waitUntil(`the light bulb has “${titles.join("”, “")}”`, async () =>
    isDeepStrictEqual(await titlesAt(document, text), titles) ? true : undefined,
  );

/**
 * Chooses an entry at a text of the document by the start of its title, as soon as it is there: in
 * a cell of a notebook that is some time after it is edited.
 */
export async function chooseAction(document: TextDocument, text: string, start: string): Promise<void> {
  const { command } = await waitUntil(`the light bulb has “${start}”`, async () =>
    (await actionsAt(document, text)).find(({ title }) => title.startsWith(start)),
  );
  assert.ok(command);
  await commands.executeCommand(command.command, ...(command.arguments ?? []));
}

/** What the light bulb offers for a missing image. */
export const titlesOf = (path: string): readonly string[] => [
  `Generate ${path} with Limn…`,
  `Make a Free Draft of ${path}`,
];
