import * as l10n from "@vscode/l10n";
import { type Billed, type ErrorKind, LimnError } from "../errors.ts";
import { usesRealMoney } from "../money/realMoney.ts";
import { type RequestField, toRequestField } from "../request/requestFields.ts";
import { joinSentences } from "../text/sentences.ts";
import { serviceNameFirst } from "./serviceName.ts";

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
  /** `service`: its name, as the first words of a sentence. */
  readonly happened: (service: string) => string;
  readonly happenedWithDetail: (detail: string, service: string) => string;
  readonly next: () => string;
  /** The same for a request to the sandbox, if it says something about money. */
  readonly nextIfFree?: () => string;
}

const messageByKind: Readonly<Record<ServiceErrorKind, KindMessage>> = {
  key: {
    happened: (service) => l10n.t("{0} did not accept the API key.", service),
    happenedWithDetail: (detail, service) => l10n.t("{0} did not accept the API key: {1}", service, detail),
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
    happened: (service) => l10n.t("{0} is busy with your other requests.", service),
    happenedWithDetail: (detail, service) => l10n.t("{0} is busy with your other requests: {1}", service, detail),
    next: () => l10n.t("Wait a moment, then try again."),
  },
  conflict: {
    happened: (service) => l10n.t("{0} has this request already.", service),
    happenedWithDetail: (detail, service) => l10n.t("{0} has this request already: {1}", service, detail),
    next: () => l10n.t("Limn asks for its result."),
  },
  input: {
    happened: (service) => l10n.t("{0} refused the request.", service),
    happenedWithDetail: (detail, service) => l10n.t("{0} refused the request: {1}", service, detail),
    next: () => l10n.t("Change it and try again."),
  },
  reference: {
    happened: (service) => l10n.t("{0} could not read a reference image.", service),
    happenedWithDetail: (detail, service) => l10n.t("{0} could not read a reference image: {1}", service, detail),
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
    happened: (service) => l10n.t("{0} had a temporary error.", service),
    happenedWithDetail: (detail, service) => l10n.t("{0} had a temporary error: {1}", service, detail),
    next: () => l10n.t("Try again in a moment."),
  },
  unexpected: {
    happened: (service) => l10n.t("{0} answered something unexpected.", service),
    happenedWithDetail: (detail, service) => l10n.t("{0} answered something unexpected: {1}", service, detail),
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
 * next. `endpoint`: name of the endpoint that the request was sent to.
 */
export function describeError(
  kind: ServiceErrorKind,
  endpoint: string,
  error?: Pick<ServiceError, "message" | "upstream">,
): string {
  const { happened, happenedWithDetail, next, nextIfFree = next } = messageByKind[kind];
  const service = serviceNameFirst({ endpoint });
  const [detail, upstream] = [serviceText(error?.message), serviceText(error?.upstream)];
  return joinSentences(
    detail === "" ? happened(service) : happenedWithDetail(detail, service),
    upstream === "" ? "" : l10n.t("The provider says: {0}", upstream),
    usesRealMoney({ endpoint }) ? next() : nextIfFree(),
  );
}

/**
 * Turns the service's error into a `LimnError`. `status` is its HTTP status, `endpoint` the name of
 * the endpoint that was called. `billed` is for calls of which more is known than the kind of the
 * error shows: free ones, and polls for a task that was sent before.
 */
export function toLimnError(error: ServiceError, status: number, endpoint: string, billed?: Billed): LimnError {
  const kind = errorKind(error.code, status);
  const field = fieldOf(error.parameters[0]);
  return new LimnError(kind, describeError(kind, endpoint, error), {
    billed: billed ?? billedAfter(kind),
    code: error.code,
    ...(field === undefined ? {} : { field }),
  });
}
