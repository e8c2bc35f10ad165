import { commands, env, Uri } from "vscode";

/** The account's page, for keys and credits. */
const accountPage = Uri.parse("https://my.runware.ai/");

/** Opens the page where keys are made and credits bought. */
export const openAccount = async (): Promise<void> => {
  await env.openExternal(accountPage);
};

/** Opens Limn's settings. */
export const openSettings = (): Thenable<unknown> =>
  commands.executeCommand("workbench.action.openSettings", "@ext:limn.limn");

/** Opens the settings that hold the money together. */
export const openBudgetSettings = (): Thenable<unknown> =>
  commands.executeCommand("workbench.action.openSettings", "limn.budget");
