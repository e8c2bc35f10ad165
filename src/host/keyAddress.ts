import { l10n, window } from "vscode";
import { stopped } from "../core/errors.ts";
import type { Services } from "./services.ts";

/**
 * Asks before the key goes to an address it was not given for, and remembers a yes. Called where a person wants something sent, to the
 * endpoint in use or to a job's, and nowhere else: what runs by itself waits. Rejects with kind `stopped` where the answer is no.
 */
export async function ensureAddress(
  { engine, keys }: Pick<Services, "engine" | "keys">,
  endpoint?: string,
): Promise<void> {
  const detour = await engine.detour(endpoint);
  if (detour === undefined) {
    return;
  }
  const yes = l10n.t("Use the Key There");
  const pressed = await window.showWarningMessage(
    l10n.t("Send your API key to {0}?", detour.wanted),
    {
      modal: true,
      detail: l10n.t(
        "The key was given for {0}. The setting “limn.apiUrl” names {1} now. Whoever is there can use the key and spend your money.",
        detour.known.join(", "),
        detour.wanted,
      ),
    },
    yes,
  );
  if (pressed !== yes) {
    throw stopped();
  }
  await keys.allow(detour.wanted);
}
