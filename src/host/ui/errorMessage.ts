import { l10n } from "vscode";
import { type ErrorKind, LimnError } from "../../core/errors.ts";
import type { Remedy } from "../../protocol.ts";

/** The one thing that helps, by kind of trouble. */
const remedyOfKind: Partial<Readonly<Record<ErrorKind, Remedy>>> = {
  key: "setApiKey",
  permission: "setApiKey",
  budget: "budget",
  credits: "getKey",
  offline: "showLog",
  unexpected: "showLog",
};

/** What helps out of this trouble; `undefined` where its sentence says all. */
export function remedyFor(error: unknown): Remedy | undefined {
  if (!(error instanceof LimnError)) {
    return "showLog";
  }
  return error.isSettingsError ? "settings" : remedyOfKind[error.kind];
}

/** The sentence a person sees for an error, with a word on the bill where there may be one. */
export function errorMessage(error: unknown): string {
  if (!(error instanceof LimnError)) {
    return l10n.t("Limn failed: {0}", error instanceof Error ? error.message : String(error));
  }
  const isBillingClear = error.billed === "no" || error.mentionsBilling;
  return isBillingClear ? error.message : `${error.message} ${l10n.t("It may have been billed.")}`;
}
