import * as l10n from "@vscode/l10n";
import { usesRealMoney } from "../money/realMoney.ts";

/** Whatever names an endpoint, such as a job. */
type WithEndpoint = Parameters<typeof usesRealMoney>[0];

/** The name of the service at an endpoint, within a sentence. */
export const serviceName = (at: WithEndpoint): string =>
  usesRealMoney(at) ? l10n.t("Runware") : l10n.t("the sandbox");

/** The name of the service at an endpoint, as the first words of a sentence. */
export const serviceNameFirst = (at: WithEndpoint): string =>
  usesRealMoney(at) ? l10n.t("Runware") : l10n.t("The sandbox");
