import { commands, env, l10n, Uri, window } from "vscode";
import { type ErrorKind, isStopped, LimnError } from "../core/errors.ts";
import type { Remedy } from "../protocol.ts";
import { openBudgetSettings } from "./budget.ts";
import { escapeMarkup } from "./plain.ts";
import type { Services } from "./services.ts";

/** The account's page, for keys and credits. */
const accountPage = Uri.parse("https://my.runware.ai/");

/** Opens the page where keys are made and credits bought. */
export const openAccount = async (): Promise<void> => {
  await env.openExternal(accountPage);
};

/** Opens Limn's settings. */
export const openSettings = (): Thenable<unknown> =>
  commands.executeCommand("workbench.action.openSettings", "@ext:limn.limn");

/** A button of a message, and what it does. */
export interface NotificationAction {
  readonly label: string;
  readonly run: () => unknown;
}

const runCommand = (label: string, command: string): NotificationAction => ({
  label,
  run: () => commands.executeCommand(command),
});

/** The one thing that helps, by kind of trouble. */
const remedyOfKind: Partial<Readonly<Record<ErrorKind, Remedy>>> = {
  key: "setApiKey",
  permission: "setApiKey",
  budget: "budget",
  credits: "getKey",
  offline: "showLog",
  unexpected: "showLog",
};

const actionOf: Readonly<Record<Remedy, () => NotificationAction>> = {
  setApiKey: () => runCommand(l10n.t("Set API Key…"), "limn.setApiKey"),
  getKey: () => ({ label: l10n.t("Open Runware"), run: openAccount }),
  showLog: () => runCommand(l10n.t("Show Log"), "limn.showLog"),
  settings: () => ({ label: l10n.t("Open Settings"), run: openSettings }),
  budget: () => ({ label: l10n.t("Open Settings"), run: openBudgetSettings }),
};

/** What helps out of this trouble; `undefined` where its sentence says all. */
export function remedyFor(error: unknown): Remedy | undefined {
  if (!(error instanceof LimnError)) {
    return "showLog";
  }
  return error.isSettingsError ? "settings" : remedyOfKind[error.kind];
}

/** Takes the errors of pressed buttons; set once, as notifications are VS Code's and have no log. */
let actionLog: Pick<Services["log"], "error"> | undefined;

/** Sets the log that errors of pressed buttons go to. */
export function setActionLog(log: Pick<Services["log"], "error">): void {
  actionLog = log;
}

/**
 * Shows a message with its buttons, does what was pressed, and shows what that throws. Never rejects, and resolves when all is over: a message
 * may be in view for hours.
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

/** The sentence a person sees for an error, with a word on the bill where there may be one. */
export function errorMessage(error: unknown): string {
  if (!(error instanceof LimnError)) {
    return l10n.t("Limn failed: {0}", error instanceof Error ? error.message : String(error));
  }
  const isBillingClear = error.billed === "no" || /billed/.test(error.message);
  return isBillingClear ? error.message : `${error.message} ${l10n.t("It may have been billed.")}`;
}

/** Says what went wrong, with the button that helps. The code goes to the log. */
export function notifyError(error: unknown, log: Pick<Services["log"], "error"> | undefined): Promise<void> {
  const text = errorMessage(error);
  const code = error instanceof LimnError && error.code ? ` (${error.code})` : "";
  log?.error(text + code, error instanceof Error && error.cause instanceof Error ? error.cause.message : "");
  const remedy = remedyFor(error);
  return showNotification(window.showErrorMessage, text, remedy === undefined ? [] : [actionOf[remedy]()]);
}
