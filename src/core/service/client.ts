import * as l10n from "@vscode/l10n";
import { LimnError, stoppedError } from "../errors.ts";
import type { Endpoint, Ports } from "../ports.ts";
import { yieldToEventLoop } from "../yieldToEventLoop.ts";
import { type AnswerBounds, boundsFor, expectedPictures } from "./answerBounds.ts";
import { type AnswerBody, AnswerReader } from "./answerReader.ts";
import { type Answer, readAnswer } from "./envelope.ts";
import { fetchFrom } from "./fetchFrom.ts";
import { createIdleTimeout } from "./idleTimeout.ts";
import { createRedactor } from "./redact.ts";
import { readRetryAfter, responseDate } from "./retryAfter.ts";

/** The reply to one POST. */
export interface Reply {
  /** HTTP status. */
  readonly status: number;
  /** The parsed body; `undefined` if it is not an answer of the API. */
  readonly answer: Answer | undefined;
  /** Milliseconds the service asks to wait, if it does. */
  readonly retryAfter: number | undefined;
}

/** The call ended without a complete reply. Its message is for the log. */
export class TransportError extends Error {
  /** Error codes of the system, TLS or undici; empty if there are none. */
  readonly codes: readonly string[];
  /** `false` only if no byte of the request can have reached the service. */
  readonly mayHaveBeenSent: boolean;

  constructor(message: string, codes: readonly string[], mayHaveBeenSent: boolean, cause: unknown) {
    super(message, { cause });
    this.name = "TransportError";
    this.codes = codes;
    this.mayHaveBeenSent = mayHaveBeenSent;
  }
}

/**
 * System and TLS codes of connections that were never established, so that nothing was sent.
 * Source: Node's and undici's documentation.
 */
const connectFailureCodes =
  /^(ERR_INVALID_URL|ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EAI_FAIL|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|PROXY_RESPONSE_.*|CERT_.*|.*_CERT(IFICATE)?|.*SELF_SIGNED_CERT.*|UNABLE_TO_.*|ERR_TLS_CERT_.*)$/;

/**
 * System calls on an established connection: then the same code says nothing about what was sent.
 */
const openConnectionSyscalls = /^(read|write|shutdown)/;

/** undici's message if a proxy refuses a CONNECT. It has no error code. */
const proxyResponse = /^Proxy response \((\d+)\)/;

function codeOf(error: Error): string | undefined {
  const status = proxyResponse.exec(error.message)?.[1];
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return status === undefined ? code : `PROXY_RESPONSE_${status}`;
}

/**
 * All error codes in a chain of causes. A failed attempt on several addresses has several at one
 * level.
 */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) {
    return [];
  }
  const call = "syscall" in error && typeof error.syscall === "string" ? error.syscall : "";
  const suffix = openConnectionSyscalls.test(call) ? ` (${call})` : "";
  const code = codeOf(error);
  const own = code === undefined ? [] : [`${code}${suffix}`];
  const siblings = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return [...own, ...siblings, ...codesOf(error.cause)];
}

/**
 * Reads a body up to its bounds, so that a broken service can neither fill the memory nor block the
 * thread.
 */
async function readAnswerBody(
  ports: Ports,
  response: Response,
  bounds: AnswerBounds,
  onPart: () => void,
): Promise<AnswerBody> {
  const reader = new AnswerReader(ports, bounds);
  // An absent body counts as empty: 204, or a server that sends only headers.
  for await (const chunk of response.body ?? []) {
    onPart();
    reader.write(chunk);
  }
  return reader.end();
}

/** The tasks of a call, for the log: types and UUIDs, never prompts, images or keys. */
function describeTasks(tasks: readonly ApiTask[]): string {
  const [first] = tasks;
  const others = tasks.length > 1 ? ` and ${tasks.length - 1} more` : "";
  return `${first?.taskType ?? "nothing"} ${first?.taskUUID ?? ""}${others}`;
}

/** The fields that every task has. */
export interface ApiTask {
  readonly taskType: string;
  readonly taskUUID?: string;
}

/**
 * The headers of a call. For an invalid key, the platform's own error is dropped because it repeats
 * the key.
 */
function headersFor(key: string): Headers {
  try {
    return new Headers({
      "Content-Type": "application/json",
      Accept: "application/json",
      Authorization: `Bearer ${key}`,
    });
  } catch {
    throw new LimnError(
      "key",
      l10n.t("The API key has characters that no key can have. Set it again with “Limn: Set API Key…”."),
    );
  }
}

/** Options of one call. */
export interface CallOptions {
  readonly signal: AbortSignal;
  /** Milliseconds without data, before the answer or within it, before the call is given up. */
  readonly idleTimeout: number;
  /**
   * The user's own timeout counts as at least this many milliseconds, because the service is silent
   * while it works.
   */
  readonly minIdleTimeout?: number;
  /** Bounds of the answer; by default, no picture. */
  readonly bounds?: AnswerBounds;
}

/**
 * Posts tasks to the endpoint once. The caller decides whether to repeat the call, because a paid
 * task may only be sent again under its own UUID. Redirects are not followed, so that the key stays
 * with its host.
 *
 * @throws TransportError if there is no complete reply; LimnError of kind `stopped` when the signal
 * aborts, of kind `key` if the key cannot be sent.
 */
export async function post<Task extends ApiTask>(
  ports: Ports,
  endpoint: Endpoint,
  tasks: readonly Task[],
  options: CallOptions,
): Promise<Reply> {
  const headers = headersFor(endpoint.key);
  const { idleTimeout: defaultTimeout, minIdleTimeout: minTimeout = 0 } = options;
  const idleTimeout = createIdleTimeout(ports, { defaultTimeout, minTimeout }, options.signal);
  const startedAt = ports.now();
  const log = (end: string) => ports.log.info(`${describeTasks(tasks)}: ${end} after ${ports.now() - startedAt} ms`);
  try {
    const response = await fetchFrom(ports, endpoint, endpoint.url, {
      method: "POST",
      headers,
      body: JSON.stringify(tasks),
      redirect: "manual",
      signal: idleTimeout.signal,
    });
    idleTimeout.restart();
    const body = await readAnswerBody(
      ports,
      response,
      options.bounds ?? boundsFor(expectedPictures(0)),
      idleTimeout.restart,
    );
    log(`HTTP ${response.status}`);
    await yieldToEventLoop(ports, body.text, options.signal);
    return {
      status: response.status,
      // A server may repeat the request in its answer. What is shown, logged or stored of it must
      // not contain the key.
      answer: readAnswer(body, createRedactor(endpoint.key)),
      retryAfter: readRetryAfter(response.headers.get("Retry-After"), responseDate(response.headers, ports.now())),
    };
  } catch (error) {
    if (options.signal.aborted) {
      throw stoppedError();
    }
    const codes = codesOf(error);
    const mayHaveBeenSent =
      idleTimeout.isExpired || codes.length === 0 || !codes.every((code) => connectFailureCodes.test(code));
    const transportError = idleTimeout.isExpired
      ? new TransportError(`no data for ${idleTimeout.timeout / 1000} s`, codes, mayHaveBeenSent, error)
      : new TransportError(codes.join(", ") || String(error), codes, mayHaveBeenSent, error);
    log(transportError.message);
    throw transportError;
  } finally {
    idleTimeout.cancel();
  }
}
