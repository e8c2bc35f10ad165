import { l10n } from "vscode";
import { type ErrorKind, LimnError } from "../../core/errors.ts";
import type { Remedy } from "../../protocol.ts";

/** The command that helps, by kind of error. */
export const remedyOfKind: Partial<Readonly<Record<ErrorKind, Remedy>>> = {
  key: "setApiKey",
  permission: "setApiKey",
  budget: "budget",
  credits: "getKey",
  offline: "showLog",
  unexpected: "showLog",
};

/** Kinds of error after which another request may succeed, but not the same. */
const editedAfter: ReadonlySet<ErrorKind> = new Set(["input", "reference", "moderation"]);

/** Whether an error is about what was asked for, so that it helps to change the request. */
export const isAboutRequest = ({ kind, field }: { readonly kind: ErrorKind; readonly field: string | undefined }) =>
  field !== undefined || editedAfter.has(kind);

/** The command that helps after an error; `undefined` if there is none. */
export function remedyFor(error: unknown): Remedy | undefined {
  if (!(error instanceof LimnError)) {
    return "showLog";
  }
  return error.isSettingsError ? "settings" : remedyOfKind[error.kind];
}

/** The message of an error for the user. It mentions if money may have been spent. */
export function errorMessage(error: unknown): string {
  if (!(error instanceof LimnError)) {
    return l10n.t("Limn failed: {0}", error instanceof Error ? error.message : String(error));
  }
  const isBillingClear = error.billed === "no" || error.mentionsBilling;
  return isBillingClear ? error.message : `${error.message} ${l10n.t("It may have been billed.")}`;
}
