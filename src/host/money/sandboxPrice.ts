import { l10n } from "vscode";
import { formatUsd } from "../../core/money/usd.ts";
import { engineToShow } from "../connection/engineSetting.ts";

/** The text in place of a price in the sandbox. The panel's page has its own `freeInSandbox`. */
export const freeInSandbox = (): string => l10n.t("free in the sandbox");

/** The expected price with the engine in use, in words. `usd` is the estimate. */
export const expectedPrice = (usd: number): string =>
  engineToShow() === "sandbox" ? freeInSandbox() : l10n.t("about {0}", formatUsd(usd));
