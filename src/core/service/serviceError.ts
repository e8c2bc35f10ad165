import { type Billed, type ErrorKind, LimnError } from "../errors.ts";
import { joinSentences } from "../text/sentences.ts";

/** One error as the service words it, from whichever envelope it came in. */
export interface ServiceError {
  readonly code: string;
  readonly message: string;
  /** The API's names of the parameters it is about. */
  readonly parameters: readonly string[];
  /** The task it is about; absent when it is about the whole call. */
  readonly taskUUID?: string;
  /** The upstream vendor's own words. */
  readonly upstream?: string;
}

/**
 * Codes Limn decides on. The service's codes are not stable, so the table is short and the HTTP
 * status is the fallback.
 */
const kindByCode: Readonly<Record<string, ErrorKind>> = {
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

const kindByPrefix: readonly (readonly [RegExp, ErrorKind])[] = [
  [/^(invalid|missing|unsupported|duplicate)/, "input"],
  [/(moderation|nsfw|blocked)/i, "moderation"],
];

const kindByStatus: Readonly<Record<number, ErrorKind>> = {
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

/**
 * What kind of trouble a code and an HTTP status mean. The code wins; texts are never searched for
 * numbers.
 */
export function errorKind(code: string, status: number): ErrorKind {
  const known = Object.hasOwn(kindByCode, code) ? kindByCode[code] : undefined;
  return known ?? kindByPrefix.find(([pattern]) => pattern.test(code))?.[1] ?? kindByStatus[status] ?? "unexpected";
}

/**
 * Whether an answer with this status speaks about tasks; overload and faults of the service say
 * nothing about them.
 */
export const isStatusAboutTasks = (status: number): boolean => status < 500 && status !== 408 && status !== 429;

/** What happened and what to do next, around the service's own words. */
const sentencesByKind: Readonly<Record<ErrorKind, readonly [happened: string, next: string]>> = {
  key: ["Runware did not accept the API key", "Set a valid key with “Limn: Set API Key…”."],
  permission: [
    "The API key lacks the right to do this",
    "Give the key that right in your Runware account, or set another key.",
  ],
  credits: ["Your Runware balance is too low", "Add credits in your Runware account, then try again."],
  budget: ["The request costs more than your budget has left", "Change the budget in the settings."],
  busy: ["Runware is busy with your other requests", "Wait a moment, then try again."],
  conflict: ["Runware has this request already", "Its result is being asked for."],
  input: ["Runware refused the request", "Change it and try again."],
  reference: ["Runware could not read a reference image", "Use an image file from your disk instead of a link."],
  moderation: ["The content filter stopped the request", "Change the prompt or the reference image."],
  upstream: ["The model's provider failed", "Trying again is a new purchase."],
  transient: ["Runware had a passing fault", "Try again in a moment."],
  offline: ["Runware could not be reached", "Check the network and VS Code's proxy settings, then try again."],
  unexpected: ["Runware answered something unexpected", "The details are in the Limn log."],
  stopped: ["Waiting was stopped", ""],
  files: ["A file could not be written", "The picture is safe in Limn's vault."],
};

/** Kinds after which the service has certainly not started the work. */
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

/** Whether a failure of this kind may have cost money. */
export const billedAfter = (kind: ErrorKind): Billed => (neverBilled.has(kind) ? "no" : "maybe");

/**
 * Whether a failure that was noted in a job may have cost money. Earlier versions did not note it:
 * then the code decides, and one that is not known counts as billed.
 */
export const billedOf = ({ code, billed }: { readonly code: string; readonly billed?: Billed | undefined }): Billed =>
  billed ?? billedAfter(errorKind(code, 0));

/** Request parameters of the API in Limn's words, for pointing at the field an error is about. */
const fieldByParameter: Readonly<Record<string, string>> = {
  positivePrompt: "prompt",
  width: "size",
  height: "size",
  numberResults: "count",
  outputFormat: "format",
  outputQuality: "quality",
  "inputs.referenceImages": "references",
  referenceImages: "references",
};

/**
 * The field of a request that an API parameter stands for; `safety.mode` and the like keep their
 * name.
 */
export const fieldOf = (parameter: string): string =>
  fieldByParameter[parameter.replace(/\[\d+\]$|\.\d+$/, "")] ?? parameter;

/**
 * What comes after the path of a web address may be a credential: an address in the service's words
 * may be one that Limn sent.
 */
const redactUrls = (text: string): string =>
  text.replace(/(https?:\/\/)[^\s/'"<>@]+@/gi, "$1…@").replace(/(https?:\/\/[^\s'"<>?#]+)[?#][^\s'"<>]*/gi, "$1?…");

/** What somebody says; empty where it has neither letter nor digit. */
const serviceText = (text = ""): string => (/[\p{L}\p{N}]/u.test(text) ? redactUrls(text.trim()) : "");

/**
 * One sentence for a person, made of our words, the service's message and, where there are any, the
 * vendor's own words.
 */
export function describeError(kind: ErrorKind, error?: Pick<ServiceError, "message" | "upstream">): string {
  const [happened, next] = sentencesByKind[kind];
  const [detail, upstreamText] = [serviceText(error?.message), serviceText(error?.upstream)];
  const upstream = upstreamText === "" ? "" : `The provider says: ${upstreamText}`;
  return joinSentences(detail === "" ? happened : `${happened}: ${detail}`, upstream, next);
}

/**
 * Turns the service's error into ours. `status` is the HTTP status it came with; `billed` is for
 * calls of which more is known than the kind of error tells: free ones, and questions about a task
 * that was sent before.
 */
export function toLimnError(error: ServiceError, status: number, billed?: Billed): LimnError {
  const kind = errorKind(error.code, status);
  const [parameter] = error.parameters;
  return new LimnError(kind, describeError(kind, error), {
    billed: billed ?? billedAfter(kind),
    code: error.code,
    ...(parameter === undefined ? {} : { field: fieldOf(parameter) }),
  });
}
