import { commands, type LogOutputChannel, l10n, window } from "vscode";
import { isStopped, LimnError } from "../../core/errors.ts";
import type { Remedy } from "../../protocol.ts";
import { errorMessage, remedyFor } from "./errorMessage.ts";
import { escapeMarkup } from "./escapeMarkup.ts";
import { openAccount, openBudgetSettings, openSettings } from "./openSettings.ts";

/** A button of a message, and what it does. */
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
  getKey: () => ({ label: l10n.t("Open Runware"), run: openAccount }),
  showLog: () => runCommand(l10n.t("Show Log"), "limn.showLog"),
  settings: () => ({ label: l10n.t("Open Settings"), run: openSettings }),
  budget: () => ({ label: l10n.t("Open Settings"), run: openBudgetSettings }),
};

/**
 * Takes the errors of pressed buttons; set once, as notifications are VS Code's and have no log.
 */
let actionLog: Pick<LogOutputChannel, "error"> | undefined;

/** Sets the log that errors of pressed buttons go to. */
export function setActionLog(log: Pick<LogOutputChannel, "error">): void {
  actionLog = log;
}

/**
 * Shows a message with its buttons, does what was pressed, and shows what that throws. Never
 * rejects, and resolves when all is over: a message may be in view for hours.
 */
async function showNotification(
  showMessage: (text: string, ...labels: string[]) => Thenable<string | undefined>,
  text: string,
  actions: readonly NotificationAction[],
): Promise<void> {
  try {
    const pressed = await showMessage(escapeMarkup(text), ...actions.map(({ label }) => label));
    await actions.find(({ label }) => label === pressed)?.run();
  } catch (error) {
    if (!isStopped(error)) {
      // Not awaited: the button's work is over, though its error may be in view for hours.
      void notifyError(error, actionLog);
    }
  }
}

/** Says that something was done. */
export const notify = (text: string, ...actions: readonly NotificationAction[]) =>
  showNotification(window.showInformationMessage, text, actions);

/** Says that something needs attention, though it was done. */
export const notifyWarning = (text: string, ...actions: readonly NotificationAction[]) =>
  showNotification(window.showWarningMessage, text, actions);

/** Says what went wrong, with the button that helps. The code goes to the log. */
export function notifyError(error: unknown, log: Pick<LogOutputChannel, "error"> | undefined): Promise<void> {
  const text = errorMessage(error);
  const code = error instanceof LimnError && error.code ? ` (${error.code})` : "";
  log?.error(text + code, error instanceof Error && error.cause instanceof Error ? error.cause.message : "");
  const remedy = remedyFor(error);
  return showNotification(window.showErrorMessage, text, remedy === undefined ? [] : [actionOf[remedy]()]);
}
