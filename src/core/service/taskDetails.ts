import type { Journal } from "../jobs/journal.ts";
import type { Endpoint, Ports } from "../ports.ts";
import { sleepUnlessStopped } from "../sleep.ts";
import { boundsFor } from "./answerReader.ts";
import { post, TransportError } from "./client.ts";
import { type Answer, readEnvelope } from "./envelope.ts";
import { isStatusAboutTasks } from "./serviceError.ts";

/** Milliseconds of silence that a question to the archive bears. */
const idleTimeoutMs = 60_000;

/**
 * Milliseconds before the archive is asked a second, third and fourth time, as long as it has
 * nothing to tell.
 */
const retryDelays = [2000, 8000, 20_000];

/** What the archive is asked about. */
interface TaskDetailsQuery {
  readonly ports: Ports;
  readonly journal: Journal;
  readonly endpoint: Endpoint;
  readonly id: string;
  readonly signal: AbortSignal;
}

/**
 * What it tells of the task; nothing in it where it only knows the task; `undefined` where it does
 * not, or gives no answer.
 */
async function queryOnce({ ports, journal, endpoint, id, signal }: TaskDetailsQuery): Promise<Answer | undefined> {
  try {
    const options = {
      signal,
      idleTimeout: idleTimeoutMs,
      bounds: boundsFor(journal.get(id)?.request.count ?? 0, true),
    };
    const { answer, status } = await post(ports, endpoint, [{ taskType: "getTaskDetails", taskUUID: id }], options);
    const item = isStatusAboutTasks(status) ? answer?.items.find(({ taskUUID }) => taskUUID === id) : undefined;
    if (item === undefined) {
      return undefined;
    }
    // All that is in there is about this task, whether it says so or not.
    const { items = [], errors = [] } = readEnvelope(item.raw.response) ?? {};
    return {
      items: items.map((found) => ({ ...found, taskUUID: id })),
      errors: errors.map((error) => ({ ...error, taskUUID: id })),
    };
  } catch (error) {
    if (error instanceof TransportError) {
      ports.log.warn(`The archive of task ${id} could not be asked: ${error.message}`);
      return undefined;
    }
    throw error;
  }
}

const isEmptyAnswer = (answer: Answer | undefined): boolean =>
  answer === undefined || (answer.items.length === 0 && answer.errors.length === 0);

/**
 * The service's archive, which knows tasks that polls do not answer for any more. It has the last
 * word, so it is asked a few times. Gives what it holds; an answer without items where it knows the
 * task but no result; `undefined` where it knows nothing or cannot be asked. Throws a `LimnError`
 * of kind `stopped` when the signal aborts.
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
