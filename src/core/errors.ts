import * as l10n from "@vscode/l10n";
import type { RequestField } from "./request/requestFields.ts";

/** The kinds of error. The code decides only by them, never by the message. */
export const errorKinds = [
  "key",
  "permission",
  "credits",
  "budget",
  "busy",
  "conflict",
  "input",
  "reference",
  "moderation",
  "upstream",
  "transient",
  "offline",
  "unexpected",
  "stopped",
  "files",
] as const;

/** The kind of an error. */
export type ErrorKind = (typeof errorKinds)[number];

/** Whether money may have been spent before the error. */
export type Billed = "no" | "maybe";

/** Details of an error beside its message. */
export interface ErrorDetails {
  readonly billed?: Billed;
  /** Whether the message already says that something may have been billed. */
  readonly mentionsBilling?: boolean;
  /** The field of the request the error is about, such as `prompt`. */
  readonly field?: RequestField | undefined;
  /** The service's code, only for the log. */
  readonly code?: string | undefined;
  /** Whether the message names a setting that must be corrected. */
  readonly isSettingsError?: boolean;
  /** UUID of the job that failed with it. */
  readonly failedJob?: string | undefined;
  readonly cause?: unknown;
}

/** An error with a message for the user: what happened, why, what to do next. */
export class LimnError extends Error {
  readonly kind: ErrorKind;
  readonly billed: Billed;
  readonly mentionsBilling: boolean;
  readonly field: RequestField | undefined;
  readonly code: string | undefined;
  readonly isSettingsError: boolean;
  readonly failedJob: string | undefined;

  constructor(kind: ErrorKind, message: string, details: ErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.name = "LimnError";
    this.kind = kind;
    this.billed = details.billed ?? "no";
    this.mentionsBilling = details.mentionsBilling === true;
    this.field = details.field;
    this.code = details.code;
    this.isSettingsError = details.isSettingsError === true;
    this.failedJob = details.failedJob;
  }
}

/** The user stopped waiting. No message is shown for it. */
export const stoppedError = (): LimnError => new LimnError("stopped", l10n.t("Waiting was stopped."));

/** Whether the error means that the user stopped waiting. */
export const isStopped = (error: unknown): boolean => error instanceof LimnError && error.kind === "stopped";
