import { l10n } from "vscode";
import { sandboxEndpointName } from "../../core/money/realMoney.ts";
import { formatUsd } from "../../core/money/usd.ts";
import { setting } from "../settings.ts";

/**
 * What stands for a price in the sandbox, the same wherever one would stand. The panel's page has
 * it as `freeInSandbox`.
 */
export const freeInSandbox = (): string => l10n.t("free in the sandbox");

/**
 * What a request is expected to cost with the engine in use, in words. `usd` is the price list's
 * estimate.
 */
export const expectedPrice = (usd: number): string =>
  setting("engine") === sandboxEndpointName ? freeInSandbox() : l10n.t("about {0}", formatUsd(usd));
