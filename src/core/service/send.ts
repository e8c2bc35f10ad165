import * as l10n from "@vscode/l10n";
import { LimnError } from "../errors.ts";
import type { Endpoint, Ports } from "../ports.ts";
import type { Task } from "../request/task.ts";
import { joinSentences } from "../text/sentences.ts";
import type { ToolTask } from "../tools/toolTask.ts";
import { boundsFor, type ExpectedPictures, expectedPictures } from "./answerBounds.ts";
import { post, type Reply, TransportError } from "./client.ts";
import type { Answer } from "./envelope.ts";
import { describeOffline } from "./offline.ts";
import { maxRetryAfter } from "./retryAfter.ts";
import { billedAfter, describeError, errorKind, type ServiceError, toLimnError } from "./serviceError.ts";

/**
 * The result of sending a task. `accepted`: the service has it. `unsure`: it may have it. A refusal
 * is thrown instead.
 */
export type SendResult =
  | { readonly outcome: "accepted"; readonly answer: Answer; readonly status: number }
  | { readonly outcome: "unsure" };

/**
 * Milliseconds without data before a send is given up. A synchronous one stays open while the
 * service works.
 */
const idleTimeoutsMs = { async: 120_000, sync: 200_000 } as const;

/** Milliseconds to wait when the service is busy and does not say how long. */
const busyDelay = 3000;

/** How often a task is sent again to a busy service, always under the same UUID. */
const maxBusyRetries = 2;

/** In an answer to one task, an error without a UUID is about that task. */
const errorsAbout = (answer: Answer, taskUUID: string): ServiceError[] =>
  answer.errors.filter((error) => (error.taskUUID ?? taskUUID) === taskUUID).map((error) => ({ ...error, taskUUID }));

/**
 * What a status without an answer means: redirects and plain 4xx come from something that did not
 * take the task; everything else may have taken it.
 */
function interpretStatus(status: number, endpoint: string): SendResult | LimnError {
  const kind = errorKind("", status);
  return status >= 300 && status < 500 && kind !== "transient"
    ? new LimnError(kind, describeError(kind, endpoint, { message: `HTTP ${status}` }), { billed: "no" })
    : { outcome: "unsure" };
}

/**
 * What a reply means for the task; a refusal is returned as a `LimnError`. `endpoint`: name of the
 * endpoint that the task was sent to.
 */
export function interpretReply({ status, answer }: Reply, taskUUID: string, endpoint: string): SendResult | LimnError {
  if (answer === undefined) {
    return interpretStatus(status, endpoint);
  }
  const errors = errorsAbout(answer, taskUUID);
  // Likewise, an item without a UUID is about that task.
  const items = answer.items.map((item) => (item.taskUUID === undefined ? { ...item, taskUUID } : item));
  const ownAnswer: Answer = { items, errors };
  const [first] = errors;
  const delivered = items.some((item) => item.taskUUID === taskUUID);
  if (delivered || errors.some(({ code }) => errorKind(code, status) === "conflict")) {
    return { outcome: "accepted", answer: ownAnswer, status };
  }
  if (first === undefined) {
    // An empty answer is an acknowledgement. One that is only about other tasks was not meant for
    // this one.
    return status < 300 && items.length === 0
      ? { outcome: "accepted", answer: ownAnswer, status }
      : interpretStatus(status, endpoint);
  }
  const error = toLimnError(first, status, endpoint);
  return error.kind === "transient" ? { outcome: "unsure" } : error;
}

/** The pictures that the answer to a task may contain. */
const picturesOf = (task: Task | ToolTask): ExpectedPictures =>
  task.taskType === "imageInference" ? expectedPictures(task.numberResults ?? 1, task) : expectedPictures(1);

/**
 * Sends a task. It is sent again only if the service says that it is busy, and only under the same
 * UUID.
 *
 * @throws LimnError if the service refused it or could not be reached. Nothing is bought then,
 * unless `billed` says otherwise.
 */
export async function sendTask(
  ports: Ports,
  endpoint: Endpoint,
  task: Task | ToolTask,
  signal: AbortSignal,
): Promise<SendResult> {
  for (let attempt = 0; ; attempt++) {
    let reply: Reply;
    try {
      const timeout = idleTimeoutsMs[task.deliveryMethod ?? "sync"];
      // The service is silent while it makes a picture. Only a synchronous call waits that long, so
      // a shorter timeout of the user must not end it.
      const minIdleTimeout = timeout === idleTimeoutsMs.sync ? timeout : 0;
      const bounds = boundsFor(picturesOf(task), true);
      reply = await post(ports, endpoint, [task], { signal, idleTimeout: timeout, minIdleTimeout, bounds });
    } catch (error) {
      if (!(error instanceof TransportError)) {
        throw error;
      }
      ports.log.warn(`Sending task ${task.taskUUID} got no answer: ${error.message}`);
      if (error.mayHaveBeenSent) {
        return { outcome: "unsure" };
      }
      const nothingSent = l10n.t("The request was not sent, and nothing was billed.");
      throw new LimnError("offline", joinSentences(describeOffline(error.codes), nothingSent), {
        billed: billedAfter("offline"),
        cause: error,
      });
    }
    const result = interpretReply(reply, task.taskUUID, endpoint.name);
    if (!(result instanceof LimnError)) {
      return result;
    }
    if (result.kind !== "busy" || attempt >= maxBusyRetries) {
      throw result;
    }
    // The service refused the task, so stopping here has bought nothing.
    await ports.sleep(Math.min(reply.retryAfter ?? busyDelay, maxRetryAfter), signal).catch(() => {
      throw result;
    });
  }
}
