import { l10n, window } from "vscode";
import { LimnError, stoppedError } from "../../core/errors.ts";
import { formatUsd } from "../../core/money/usd.ts";
import type { Services } from "../services.ts";
import { changeSetting, type Settings } from "../settings.ts";
import { openAccount } from "../ui/openSettings.ts";
import { confirmKeyOrigin } from "./confirmKeyOrigin.ts";
import { engineToUse } from "./engineSetting.ts";
import { setApiKey } from "./keyCommands.ts";

/**
 * Makes sure that requests can be sent. Asks how to go on if there is no key, and asks before a key
 * is sent to another origin. Rejects with kind `stopped` if the user cancels or gets a key first,
 * and with kind `input` if `limn.engine` is invalid. `price`: the estimate in USD, if it is known;
 * `chosen`: the user's answer, if it is known; `ask` if the user has seen that there is no key, and
 * must not pay if there is one now. Returns whether it asked anything.
 */
export async function ensureEngine(
  services: Services,
  price?: number,
  chosen?: Settings["engine"] | "ask",
): Promise<boolean> {
  // Who chose what is free buys nothing, even if a key was stored meanwhile.
  if (engineToUse() === "runware" && chosen === "sandbox") {
    await changeSetting("engine", chosen);
  }
  if (await services.engine.isReady()) {
    if (chosen === "ask" && engineToUse() === "runware") {
      throw new LimnError(
        "input",
        l10n.t("There is an API key now, so pictures cost money. Nothing was sent: press Generate again."),
      );
    }
    await confirmKeyOrigin(services);
    return false;
  }
  const runware = {
    label: price === undefined ? l10n.t("$(key) Runware…") : l10n.t("$(key) Runware, about {0}…", formatUsd(price)),
    description: l10n.t("set your API key"),
    run: () => setApiKey(services),
  };
  const answers = [
    {
      label: l10n.t("$(beaker) Sandbox, free"),
      description: l10n.t("labelled test pictures, no key needed"),
      run: () => changeSetting("engine", "sandbox"),
    },
    runware,
    {
      label: l10n.t("$(link-external) Get a Key"),
      description: l10n.t("opens runware.ai in the browser"),
      run: async () => {
        await openAccount();
        throw stoppedError();
      },
    },
  ];
  const picked =
    chosen === "runware"
      ? runware
      : await window.showQuickPick(answers, {
          title: l10n.t("Where to Make the Pictures"),
          placeHolder: l10n.t("There is no API key yet. Limn asks only once."),
          ignoreFocusOut: true,
        });
  if (picked === undefined) {
    throw stoppedError();
  }
  await picked.run();
  return true;
}
