import { InputBoxValidationSeverity, l10n, window } from "vscode";
import { LimnError, stoppedError } from "../../core/errors.ts";
import { formatUsd } from "../../core/money/usd.ts";
import type { Endpoint } from "../../core/ports.ts";
import { checkKey, fetchBalance } from "../../core/service/account.ts";
import { runwareOrigin } from "../../core/service/apiAddress.ts";
import { showInput } from "../flow/step.ts";
import type { Services } from "../services.ts";
import { changeSetting } from "../settings.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { notify, notifyWarning } from "../ui/notify.ts";
import { completeStep } from "../ui/walkthrough.ts";
import { apiUrl } from "./apiUrl.ts";
import { confirmKeyOrigin } from "./confirmKeyOrigin.ts";
import { engineToShow } from "./engineSetting.ts";

/**
 * Asks Runware whether the key is valid, and returns the error if not. Throws only kind `stopped`.
 */
async function findKeyError(
  services: Services,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<{ error?: LimnError }> {
  try {
    await checkKey(services.ports, endpoint, signal);
    return {};
  } catch (error) {
    if (error instanceof LimnError && error.kind !== "stopped") {
      return { error };
    }
    throw error;
  }
}

/** Text of the input box. Names the address unless it is Runware's. */
const keyPrompt = (origin: string): string =>
  origin === runwareOrigin
    ? l10n.t("Paste your Runware API key. It is checked for free and kept in VS Code's secret storage.")
    : l10n.t(
        "Paste the API key for {0}, the address in the setting “limn.apiUrl”. It is sent there to be checked, and kept in VS Code's secret storage.",
        origin,
      );

/**
 * Asks for the key in a password box until Runware accepts it. Without a network, the key is
 * accepted unchecked.
 */
async function askKey(
  services: Services,
  url: string,
): Promise<{ readonly key: string; readonly unchecked: LimnError | undefined }> {
  const input = window.createInputBox();
  const controller = new AbortController();
  input.password = true;
  input.prompt = keyPrompt(new URL(url).origin);
  input.placeholder = l10n.t("API key");
  const showError = (message: string) => {
    input.validationMessage = { message: escapeMarkup(message), severity: InputBoxValidationSeverity.Error };
  };
  const stepPosition = { title: l10n.t("Set API Key"), step: 1, totalSteps: 1 };
  try {
    const answer = await showInput<{ key: string; unchecked: LimnError | undefined }, typeof input>(
      input,
      stepPosition,
      (submit) => [
        input.onDidChangeValue(() => {
          input.validationMessage = undefined;
        }),
        input.onDidAccept(async () => {
          // Enter may be pressed again before VS Code disables the box.
          if (input.busy) {
            return;
          }
          const key = input.value.trim();
          if (key === "") {
            showError(l10n.t("Paste the key, or press Escape."));
            return;
          }
          input.busy = true;
          input.enabled = false;
          const endpoint: Endpoint = { name: url, url, key };
          const { error } = await findKeyError(services, endpoint, controller.signal).catch(() => ({
            error: stoppedError(),
          }));
          input.busy = false;
          input.enabled = true;
          if (error === undefined || error.kind === "offline") {
            submit({ value: { key, unchecked: error } });
          } else if (error.kind !== "stopped") {
            showError(error.message);
          }
        }),
      ],
    );
    if (answer === "back") {
      throw stoppedError();
    }
    return answer.value;
  } finally {
    controller.abort();
  }
}

/**
 * Asks for the key, checks it and stores it for the address that is set. Switches from the sandbox
 * to Runware.
 */
export async function setApiKey(services: Services): Promise<void> {
  const url = apiUrl();
  const { key, unchecked } = await askKey(services, url);
  await services.keys.write(key, new URL(url).origin);
  completeStep("setApiKey");
  if (engineToShow() === "sandbox") {
    await changeSetting("engine", "runware");
  }
  if (unchecked === undefined) {
    void notify(l10n.t("The API key works and is stored."));
  } else {
    void notifyWarning(l10n.t("The API key is stored, but could not be checked. {0}", unchecked.message));
  }
}

/** Deletes the key from SecretStorage. */
export async function clearApiKey(services: Services): Promise<void> {
  await services.keys.clear();
  const remainingKey = await services.keys.read();
  void notify(
    remainingKey === undefined
      ? l10n.t("The API key was removed from this computer.")
      : l10n.t("The stored API key was removed. The one in the environment variable RUNWARE_API_KEY is used now."),
  );
}

/** The balance, if the key may read it. */
async function balanceText(services: Services, endpoint: Endpoint): Promise<string> {
  try {
    const balance = await fetchBalance(services.ports, endpoint, new AbortController().signal);
    return balance === undefined
      ? l10n.t("Runware did not return the balance.")
      : l10n.t("Balance: {0}.", formatUsd(balance));
  } catch (error) {
    if (error instanceof LimnError && error.kind === "permission") {
      return l10n.t("This key may not ask for the balance.");
    }
    throw error;
  }
}

/** Checks the key for free, and shows the balance and whether Limn can write to its folders. */
export async function checkKeyAndBalance(services: Services): Promise<void> {
  await confirmKeyOrigin(services);
  const endpoint = await services.ports.endpoint();
  if (endpoint === undefined) {
    return;
  }
  await checkKey(services.ports, endpoint, new AbortController().signal);
  const { checkFolders } = await import("../workspace/folderCheck.ts");
  const { writable, message } = await checkFolders(services.storage);
  const report = `${await keyStatusText(services, endpoint)} ${message}`;
  void (writable ? notify(report) : notifyWarning(report));
}

async function keyStatusText(services: Services, endpoint: Endpoint): Promise<string> {
  if (engineToShow() === "sandbox") {
    // The sandbox's balance is not money, so it is not shown.
    return l10n.t("The sandbox is in use: it needs no key, and everything is free in the sandbox.");
  }
  const balance = await balanceText(services, endpoint);
  return (await services.keys.read())?.source === "environment"
    ? l10n.t("The API key from RUNWARE_API_KEY works. {0}", balance)
    : l10n.t("The stored API key works. {0}", balance);
}
