import { l10n } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import type { Services } from "../services.ts";
import { confirmInDialog } from "../ui/dialog.ts";
import { andList } from "../ui/lists.ts";

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
  const isConfirmed = await confirmInDialog(
    l10n.t("Send your API key to {0}?", mismatch.configuredOrigin),
    l10n.t(
      "The key was given for {0}. The setting “limn.apiUrl” names {1} now, whose owner can use the key and spend your money.",
      andList(mismatch.approvedOrigins),
      mismatch.configuredOrigin,
    ),
    l10n.t("Use the Key There"),
  );
  if (!isConfirmed) {
    throw stoppedError();
  }
  await keys.allowOrigin(mismatch.configuredOrigin);
}
