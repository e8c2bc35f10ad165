import * as l10n from "@vscode/l10n";
import { type Billed, type ErrorKind, LimnError } from "../errors.ts";
import { type RequestField, toRequestField } from "../request/requestFields.ts";
import { joinSentences } from "../text/sentences.ts";

/** One error in the service's words, from any of its envelopes. */
export interface ServiceError {
  readonly code: string;
  readonly message: string;
  /** The API's names of the affected parameters. */
  readonly parameters: readonly string[];
  /** The task it is about; absent if it is about the whole call. */
  readonly taskUUID?: string;
  /** The message of the model's provider. */
  readonly upstream?: string;
}

/** Kinds of error that an answer of the service can be. */
export type ServiceErrorKind = Exclude<ErrorKind, "budget" | "offline" | "stopped" | "files">;

/**
 * Codes that Limn knows. The service's codes are not stable, so the table is short and the HTTP
 * status is the fallback.
 */
const kindByCode: Readonly<Record<string, ServiceErrorKind>> = {
  invalidApiKey: "key",
  missingApiKey: "key",
  forbidden: "permission",
  insufficientPermissions: "permission",
  insufficientCredits: "credits",
  conflictTaskUUID: "conflict",
  concurrentRequestLimitExceeded: "busy",
  failedToTransferImage: "reference",
  timeoutProvider: "upstream",
  providerError: "upstream",
  providerBadRequest: "upstream",
  providerUnavailable: "upstream",
  inferenceError: "upstream",
  noAvailableServer: "upstream",
  invalidProviderContent: "moderation",
  contentModeration: "moderation",
  contentPolicyViolation: "moderation",
  promptBlocked: "moderation",
  imageBlocked: "moderation",
  nsfwContentDetected: "moderation",
};

const kindByPrefix: readonly (readonly [RegExp, ServiceErrorKind])[] = [
  [/^(invalid|missing|unsupported|duplicate)/, "input"],
  [/(moderation|nsfw|blocked)/i, "moderation"],
];

const kindByStatus: Readonly<Record<number, ServiceErrorKind>> = {
  400: "input",
  401: "key",
  402: "credits",
  403: "permission",
  404: "unexpected",
  408: "transient",
  413: "input",
  429: "busy",
  500: "transient",
  502: "transient",
  503: "transient",
  504: "transient",
};

/** The kind of error for a code and an HTTP status. The code counts first; messages never count. */
export function errorKind(code: string, status: number): ServiceErrorKind {
  const known = Object.hasOwn(kindByCode, code) ? kindByCode[code] : undefined;
  return known ?? kindByPrefix.find(([pattern]) => pattern.test(code))?.[1] ?? kindByStatus[status] ?? "unexpected";
}

/**
 * Whether an answer with this status is about tasks; overload and server errors say nothing about
 * them.
 */
export const isStatusAboutTasks = (status: number): boolean => status < 500 && status !== 408 && status !== 429;

/**
 * A message in parts: what happened, the same with the service's own words, and what to do next.
 */
interface KindMessage {
  readonly happened: () => string;
  readonly happenedWithDetail: (detail: string) => string;
  readonly next: () => string;
  /** The same for a request to the sandbox, if it says something about money. */
  readonly nextIfFree?: () => string;
}

const messageByKind: Readonly<Record<ServiceErrorKind, KindMessage>> = {
  key: {
    happened: () => l10n.t("Runware did not accept the API key."),
    happenedWithDetail: (detail) => l10n.t("Runware did not accept the API key: {0}", detail),
    next: () => l10n.t("Set a valid key with “Limn: Set API Key…”."),
  },
  permission: {
    happened: () => l10n.t("The API key does not have permission to do this."),
    happenedWithDetail: (detail) => l10n.t("The API key does not have permission to do this: {0}", detail),
    next: () => l10n.t("Give the key that permission in your Runware account, or set another key."),
  },
  credits: {
    happened: () => l10n.t("Your Runware balance is too low."),
    happenedWithDetail: (detail) => l10n.t("Your Runware balance is too low: {0}", detail),
    next: () => l10n.t("Add credits in your Runware account, then try again."),
  },
  busy: {
    happened: () => l10n.t("Runware is busy with your other requests."),
    happenedWithDetail: (detail) => l10n.t("Runware is busy with your other requests: {0}", detail),
    next: () => l10n.t("Wait a moment, then try again."),
  },
  conflict: {
    happened: () => l10n.t("Runware has this request already."),
    happenedWithDetail: (detail) => l10n.t("Runware has this request already: {0}", detail),
    next: () => l10n.t("Limn asks for its result."),
  },
  input: {
    happened: () => l10n.t("Runware refused the request."),
    happenedWithDetail: (detail) => l10n.t("Runware refused the request: {0}", detail),
    next: () => l10n.t("Change it and try again."),
  },
  reference: {
    happened: () => l10n.t("Runware could not read a reference image."),
    happenedWithDetail: (detail) => l10n.t("Runware could not read a reference image: {0}", detail),
    next: () => l10n.t("Use an image file from your disk instead of a link."),
  },
  moderation: {
    happened: () => l10n.t("The content filter stopped the request."),
    happenedWithDetail: (detail) => l10n.t("The content filter stopped the request: {0}", detail),
    next: () => l10n.t("Change the prompt or the reference image."),
  },
  upstream: {
    happened: () => l10n.t("The model's provider failed."),
    happenedWithDetail: (detail) => l10n.t("The model's provider failed: {0}", detail),
    next: () => l10n.t("Trying again is a new purchase."),
    nextIfFree: () => l10n.t("Trying again is free in the sandbox."),
  },
  transient: {
    happened: () => l10n.t("Runware had a temporary error."),
    happenedWithDetail: (detail) => l10n.t("Runware had a temporary error: {0}", detail),
    next: () => l10n.t("Try again in a moment."),
  },
  unexpected: {
    happened: () => l10n.t("Runware answered something unexpected."),
    happenedWithDetail: (detail) => l10n.t("Runware answered something unexpected: {0}", detail),
    next: () => l10n.t("The details are in the Limn log."),
  },
};

/** Kinds of error after which the service has certainly not started the work. */
const neverBilled: ReadonlySet<ErrorKind> = new Set([
  "key",
  "permission",
  "credits",
  "budget",
  "busy",
  "input",
  "reference",
  "offline",
]);

/** The kind of a failure in a job. Earlier versions did not store it: then the code decides. */
export const failureKind = ({
  code,
  kind,
}: {
  readonly code: string;
  readonly kind?: ErrorKind | undefined;
}): ErrorKind => kind ?? errorKind(code, 0);

/** Whether a failure of this kind may have cost money. */
export const billedAfter = (kind: ErrorKind): Billed => (neverBilled.has(kind) ? "no" : "maybe");

/**
 * Whether a failure in a job may have cost money. Earlier versions did not store it: then the code
 * decides, and an unknown code counts as billed.
 */
export const billedOf = ({ code, billed }: { readonly code: string; readonly billed?: Billed | undefined }): Billed =>
  billed ?? billedAfter(errorKind(code, 0));

/** Request parameters of the API by the field of Limn's request they belong to. */
const fieldByParameter: Readonly<Record<string, RequestField>> = {
  positivePrompt: "prompt",
  width: "size",
  height: "size",
  numberResults: "count",
  outputFormat: "format",
  outputQuality: "quality",
  "inputs.referenceImages": "references",
  referenceImages: "references",
};

/** The field of a request that belongs to an API parameter; `undefined` if there is none. */
export const fieldOf = (parameter: string | undefined): RequestField | undefined =>
  fieldByParameter[(parameter ?? "").replace(/\[\d+\]$|\.\d+$/, "")] ?? toRequestField(parameter);

/**
 * Cuts the query and credentials from web addresses: an address in the service's message may be one
 * that Limn sent.
 */
const redactUrls = (text: string): string =>
  text.replace(/(https?:\/\/)[^\s/'"<>@]+@/gi, "$1…@").replace(/(https?:\/\/[^\s'"<>?#]+)[?#][^\s'"<>]*/gi, "$1?…");

/** A message of the service; empty if it has neither a letter nor a digit. */
const serviceText = (text = ""): string => (/[\p{L}\p{N}]/u.test(text) ? redactUrls(text.trim()) : "");

/**
 * A message for an error: what happened, the service's and the provider's own words, and what to do
 * next. `isFree`: the request was sent to the sandbox.
 */
export function describeError(
  kind: ServiceErrorKind,
  error?: Pick<ServiceError, "message" | "upstream">,
  isFree = false,
): string {
  const { happened, happenedWithDetail, next, nextIfFree = next } = messageByKind[kind];
  const [detail, upstream] = [serviceText(error?.message), serviceText(error?.upstream)];
  return joinSentences(
    detail === "" ? happened() : happenedWithDetail(detail),
    upstream === "" ? "" : l10n.t("The provider says: {0}", upstream),
    isFree ? nextIfFree() : next(),
  );
}

/** What is known of a call besides its answer. */
interface CallDetails {
  /**
   * For calls of which more is known than the kind of the error shows: free ones, and polls for a
   * task that was sent before.
   */
  readonly billed?: Billed;
  /** Whether it was sent to the sandbox. */
  readonly isFree?: boolean;
}

/** Turns the service's error into a `LimnError`. `status` is its HTTP status. */
export function toLimnError(error: ServiceError, status: number, { billed, isFree }: CallDetails = {}): LimnError {
  const kind = errorKind(error.code, status);
  const field = fieldOf(error.parameters[0]);
  return new LimnError(kind, describeError(kind, error, isFree), {
    billed: billed ?? billedAfter(kind),
    code: error.code,
    ...(field === undefined ? {} : { field }),
  });
}
