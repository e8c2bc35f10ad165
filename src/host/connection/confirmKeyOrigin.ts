import { l10n, window } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import type { Services } from "../services.ts";

/**
 * Asks before the key goes to an address it was not given for, and remembers a yes. Called where a
 * person wants something sent, to the endpoint in use or to a job's, and nowhere else: what runs by
 * itself waits. Rejects with kind `stopped` where the answer is no.
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
