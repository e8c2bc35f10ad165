import { l10n, window } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import type { Services } from "../services.ts";

/**
 * Asks before the key is sent to an origin it was not entered for, and remembers a yes. Call it
 * only for what the user starts: background work never asks, it waits. Rejects with kind `stopped`
 * if the answer is no.
 */
export async function confirmKeyOrigin(
  { engine, keys }: Pick<Services, "engine" | "keys">,
  endpoint?: string,
): Promise<void> {
  const mismatch = await engine.findOriginMismatch(endpoint);
  if (mismatch === undefined) {
    return;
  }
  const yes = l10n.t("Use the Key There");
  const pressed = await window.showWarningMessage(
    l10n.t("Send your API key to {0}?", mismatch.configuredOrigin),
    {
      modal: true,
      detail: l10n.t(
        "The key was given for {0}. The setting “limn.apiUrl” names {1} now. Whoever is there can use the key and spend your money.",
        mismatch.approvedOrigins.join(", "),
        mismatch.configuredOrigin,
      ),
    },
    yes,
  );
  if (pressed !== yes) {
    throw stoppedError();
  }
  await keys.allowOrigin(mismatch.configuredOrigin);
}
