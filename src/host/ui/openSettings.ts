import { commands, env, Uri } from "vscode";

/** Runware's page for keys and credits. */
const accountPage = Uri.parse("https://my.runware.ai/");

/** Opens Runware's page for keys and credits. */
export const openAccount = async (): Promise<void> => {
  await env.openExternal(accountPage);
};

/** Opens Limn's settings. */
export const openSettings = (): Thenable<unknown> =>
  commands.executeCommand("workbench.action.openSettings", "@ext:limn.limn");

/** Opens the settings of the budget. */
export const openBudgetSettings = (): Thenable<unknown> =>
  commands.executeCommand("workbench.action.openSettings", "limn.budget");
