import { l10n } from "vscode";
import { sandboxEndpointName } from "../../core/money/realMoney.ts";
import { formatUsd } from "../../core/money/usd.ts";
import { setting } from "../settings.ts";

/** The text in place of a price in the sandbox. The panel's page has its own `freeInSandbox`. */
export const freeInSandbox = (): string => l10n.t("free in the sandbox");

/** The expected price with the engine in use, in words. `usd` is the estimate. */
export const expectedPrice = (usd: number): string =>
  setting("engine") === sandboxEndpointName ? freeInSandbox() : l10n.t("about {0}", formatUsd(usd));
