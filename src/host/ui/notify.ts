import { commands, type LogOutputChannel, l10n, type MessageItem, window } from "vscode";
import { isStopped, LimnError } from "../../core/errors.ts";
import type { Remedy } from "../../protocol.ts";
import { errorMessage, remedyFor } from "./errorMessage.ts";
import { escapeMarkup } from "./escapeMarkup.ts";
import { openAccount, openBudgetSettings, openSettings } from "./openSettings.ts";

/** A button of a notification. */
export interface NotificationAction {
  readonly label: string;
  readonly run: () => unknown;
}

const runCommand = (label: string, command: string): NotificationAction => ({
  label,
  run: () => commands.executeCommand(command),
});

const actionOf: Readonly<Record<Remedy, () => NotificationAction>> = {
  setApiKey: () => runCommand(l10n.t("Set API Key…"), "limn.setApiKey"),
  getKey: () => ({ label: l10n.t("Open Runware Account"), run: openAccount }),
  showLog: () => runCommand(l10n.t("Show Log"), "limn.showLog"),
  settings: () => ({ label: l10n.t("Open Settings"), run: openSettings }),
  budget: () => ({ label: l10n.t("Change Budget…"), run: openBudgetSettings }),
};

/** Log for errors of pressed buttons. */
let actionLog: Pick<LogOutputChannel, "error"> | undefined;

/** Sets the log for errors of pressed buttons; called once at the start. */
export function setActionLog(log: Pick<LogOutputChannel, "error">): void {
  actionLog = log;
}

/**
 * Shows a notification and runs the pressed button, whose error becomes a notification too. Never
 * rejects. Resolves when the notification is closed, which may take hours.
 */
async function showNotification(
  showMessage: <Item extends MessageItem>(text: string, ...items: Item[]) => Thenable<Item | undefined>,
  text: string,
  actions: readonly NotificationAction[],
): Promise<void> {
  try {
    const items = actions.map(({ label: title, run }) => ({ title, run }));
    await (await showMessage(escapeMarkup(text), ...items))?.run();
  } catch (error) {
    if (!isStopped(error)) {
      // Not awaited: the new notification may stay open for hours.
      void notifyError(error, actionLog);
    }
  }
}

/** Shows that something is done. */
export const notify = (text: string, ...actions: readonly NotificationAction[]) =>
  showNotification(window.showInformationMessage, text, actions);

/** Shows that something is done but needs attention. */
export const notifyWarning = (text: string, ...actions: readonly NotificationAction[]) =>
  showNotification(window.showWarningMessage, text, actions);

/** Shows an error with the buttons that help. Its code goes to the log. */
export function notifyError(
  error: unknown,
  log: Pick<LogOutputChannel, "error"> | undefined,
  ...actions: readonly NotificationAction[]
): Promise<void> {
  const text = errorMessage(error);
  const code = error instanceof LimnError && error.code ? ` (${error.code})` : "";
  log?.error(text + code, error instanceof Error && error.cause instanceof Error ? error.cause.message : "");
  const remedy = remedyFor(error);
  const remedies = remedy === undefined ? [] : [actionOf[remedy]()];
  return showNotification(window.showErrorMessage, text, [...actions, ...remedies]);
}
