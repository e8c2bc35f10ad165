import * as l10n from "@vscode/l10n";
/** What kind of trouble it is: the one thing the code decides on. */
export type ErrorKind =
  | "key"
  | "permission"
  | "credits"
  | "budget"
  | "busy"
  | "conflict"
  | "input"
  | "reference"
  | "moderation"
  | "upstream"
  | "transient"
  | "offline"
  | "unexpected"
  | "stopped"
  | "files";

/** Whether money may have been spent when the error came. */
export type Billed = "no" | "maybe";

/** What an error knows beside its sentence. */
export interface ErrorDetails {
  readonly billed?: Billed;
  /** Whether the message already says that something may have been billed. */
  readonly mentionsBilling?: boolean;
  /** The part of the request the error is about, in Limn's words, such as `prompt`. */
  readonly field?: string;
  /** The service's code, for the log only. */
  readonly code?: string;
  /** Whether a setting has to be corrected, which the sentence names. */
  readonly isSettingsError?: boolean;
  readonly cause?: unknown;
}

/** An error whose message is a sentence for a person: what happened, why, what to do next. */
export class LimnError extends Error {
  readonly kind: ErrorKind;
  readonly billed: Billed;
  readonly mentionsBilling: boolean;
  readonly field: string | undefined;
  readonly code: string | undefined;
  readonly isSettingsError: boolean;

  constructor(kind: ErrorKind, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = "LimnError";
    this.kind = kind;
    this.billed = details.billed ?? "no";
    this.mentionsBilling = details.mentionsBilling === true;
    this.field = details.field;
    this.code = details.code;
    this.isSettingsError = details.isSettingsError === true;
  }
}

/** The person stopped waiting: said nowhere, since cancel is silence. */
export const stoppedError = (): LimnError => new LimnError("stopped", l10n.t("Waiting was stopped."));

/** Whether the error means that a person stopped waiting. */
export const isStopped = (error: unknown): boolean => error instanceof LimnError && error.kind === "stopped";
