import { type CancellationToken, CancellationTokenSource, ProgressLocation, window } from "vscode";
import { escapeMarkup } from "../ui/escapeMarkup.ts";

/** Milliseconds after which a search is shown: most are done by then. */
const delay = 1000;

/**
 * Searches, and shows a notification with “Cancel” if that takes long. Resolves with `undefined` if
 * the user cancels.
 */
export async function searchWithProgress<Result>(
  title: string,
  search: (token: CancellationToken) => Promise<Result>,
): Promise<Result | undefined> {
  const source = new CancellationTokenSource();
  const searching = search(source.token);
  const timer = setTimeout(() => {
    const options = { location: ProgressLocation.Notification, title: escapeMarkup(title), cancellable: true };
    void window.withProgress(options, (_, token) => {
      token.onCancellationRequested(() => source.cancel());
      return searching.then(
        () => undefined,
        () => undefined,
      );
    });
  }, delay);
  try {
    const result = await searching;
    return source.token.isCancellationRequested ? undefined : result;
  } finally {
    clearTimeout(timer);
    source.dispose();
  }
}
