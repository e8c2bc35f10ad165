import type { Journal } from "../journal/journal.ts";
import type { Endpoint, Ports } from "../ports.ts";
import { sleepUnlessStopped } from "../sleep.ts";
import { boundsFor, picturesOfRequest } from "./answerBounds.ts";
import { post, TransportError } from "./client.ts";
import { type Answer, readEnvelope } from "./envelope.ts";
import { isStatusAboutTasks } from "./serviceError.ts";

/** Milliseconds without data before a `getTaskDetails` call is given up. */
const idleTimeoutMs = 60_000;

/** Milliseconds before the second, third and fourth call, as long as the answers are empty. */
const retryDelays = [2000, 8000, 20_000];

/** What a `getTaskDetails` call needs. */
interface TaskDetailsQuery {
  readonly ports: Ports;
  readonly journal: Journal;
  readonly endpoint: Endpoint;
  readonly id: string;
  readonly signal: AbortSignal;
}

/**
 * Calls `getTaskDetails` once; empty if the service only knows the task; `undefined` if it does not
 * know it or does not answer.
 */
async function queryOnce({ ports, journal, endpoint, id, signal }: TaskDetailsQuery): Promise<Answer | undefined> {
  try {
    const options = {
      signal,
      idleTimeout: idleTimeoutMs,
      bounds: boundsFor(picturesOfRequest(journal.get(id)?.request), true),
    };
    const { answer, status } = await post(ports, endpoint, [{ taskType: "getTaskDetails", taskUUID: id }], options);
    const item = isStatusAboutTasks(status) ? answer?.items.find(({ taskUUID }) => taskUUID === id) : undefined;
    if (item === undefined) {
      return undefined;
    }
    // Everything in it is about this task, even if it names no task.
    const { items = [], errors = [] } = readEnvelope(item.raw.response) ?? {};
    return {
      items: items.map((found) => ({ ...found, taskUUID: id })),
      errors: errors.map((error) => ({ ...error, taskUUID: id })),
    };
  } catch (error) {
    if (error instanceof TransportError) {
      ports.log.warn(`getTaskDetails of task ${id} got no answer: ${error.message}`);
      return undefined;
    }
    throw error;
  }
}

const isEmptyAnswer = (answer: Answer | undefined): boolean =>
  answer === undefined || (answer.items.length === 0 && answer.errors.length === 0);

/**
 * Calls `getTaskDetails`, which knows tasks that polls do not answer for any more. Its word is
 * final, so it is asked a few times.
 * @returns the results; an empty answer if the service knows the task but has no result;
 * `undefined` if it does not know it or cannot be asked.
 * @throws LimnError of kind `stopped` when the signal aborts.
 */
export async function queryTaskDetails(query: TaskDetailsQuery): Promise<Answer | undefined> {
  const { ports, signal } = query;
  let answer = await queryOnce(query);
  for (const delay of retryDelays) {
    if (!isEmptyAnswer(answer)) {
      break;
    }
    await sleepUnlessStopped(ports, delay, signal);
    answer = (await queryOnce(query)) ?? answer;
  }
  return answer;
}
