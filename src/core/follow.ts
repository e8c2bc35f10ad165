import type { Arrivals } from "./arrivals.ts";
import { post, TransportError } from "./client.ts";
import { type Answer, readEnvelope } from "./envelope.ts";
import { isStopped, LimnError, stopped } from "./errors.ts";
import { absorb, type Job, type News, readNews } from "./job.ts";
import type { Journal } from "./journal.ts";
import type { Poller } from "./poller.ts";
import type { Endpoint, Ports } from "./ports.ts";
import type { Sent } from "./send.ts";

/** What following a job needs. */
export interface Trail {
  readonly ports: Ports;
  readonly journal: Journal;
  readonly poller: Poller;
  readonly arrivals: Arrivals;
  readonly endpoint: Endpoint;
  readonly id: string;
  readonly signal: AbortSignal;
}

/**
 * Milliseconds without any sign of the task after which the archive is asked, and after that nothing is expected any more. An
 * accepted task may be silent for long, because an empty answer is what a running one gives; one that was perhaps never accepted
 * may not.
 */
const silenceLimit = { sending: 60_000, running: 15 * 60_000 } as const;

/** The least patience, for a job of an earlier session whose time is up: enough for a few polls. */
const leastSilenceLimit = 20_000;

/** Milliseconds of silence after which a failure that is not one of as many as were asked for counts as that of the whole task. */
const failurePause = 10_000;

/** How often a task of unsure fate goes out again in the session that wrote it down, always under its own UUID. */
const resendLimit = 2;

/** Milliseconds of silence before it does: long enough for a slow acceptance to show. */
const resendPause = 4000;

/** Milliseconds for the archive's answer. */
const patience = 60_000;

const tally = (job: Job): number => job.pictures.length + job.failures.length;

/** Everything that was asked for is there or has failed. */
const isComplete = (job: Job): boolean => tally(job) >= job.request.count;

/** Whether the service has nothing more to give: one fault may be told twice, so failures count only when no work is going on. */
const isOver = (job: Job, { processing }: News): boolean =>
  processing ? job.pictures.length >= job.request.count : isComplete(job);

/** Whether an answer with this status speaks about tasks; overload and faults of the service say nothing about them. */
const speaksOfTasks = (status: number): boolean => status < 500 && status !== 408 && status !== 429;

/**
 * The service's archive, which knows tasks that polls do not answer for any more. Gives the answer it holds; one without items where
 * it knows the task but no result; `undefined` where it knows nothing or cannot be asked.
 */
async function askArchive({ ports, endpoint, id, signal }: Trail): Promise<Answer | undefined> {
  try {
    const { answer } = await post(ports, endpoint, [{ taskType: "getTaskDetails", taskUUID: id }], {
      signal,
      timeout: patience,
    });
    const item = answer?.items.find(({ taskUUID }) => taskUUID === id);
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

/** Follows one job from what is known of it to its end. */
class Follower {
  readonly #trail: Trail;
  #silence = 0;
  #resends = 0;
  #sendsAgain = false;
  /** Silence that is borne, in milliseconds. */
  readonly #limit: { readonly sending: number; readonly running: number };

  constructor(trail: Trail, limit: { readonly sending: number; readonly running: number }) {
    this.#trail = trail;
    this.#limit = limit;
  }

  /** Notes what an answer says and starts its downloads. */
  async note(
    answer: Answer,
    status: number,
  ): Promise<{ readonly news: News; readonly job: Job; readonly grown: boolean }> {
    const { journal, arrivals, id } = this.#trail;
    const news = await readNews(answer, id, status);
    const before = journal.get(id);
    const job = await journal.update(id, (current) => ({
      ...absorb(current, news),
      state: news.known && current.state !== "done" ? "running" : current.state,
    }));
    arrivals.fetch(news.deliveries);
    return { news, job, grown: before === undefined || tally(before) !== tally(job) };
  }

  /** Hears one poll; resolves to whether the job is over. */
  async hear(
    answer: Answer | undefined,
    status: number,
    waited: number,
    resend?: () => Promise<Sent>,
  ): Promise<boolean> {
    const { news, job, grown } = await this.note(answer ?? { items: [], errors: [] }, status);
    if (isOver(job, news)) {
      return true;
    }
    // A poll without an answer says something about the network and nothing about the task.
    if (answer !== undefined && (news.known || speaksOfTasks(status))) {
      this.#silence = news.processing || grown ? 0 : this.#silence + waited;
    }
    if (job.failures.length > 0 && this.#silence >= failurePause) {
      return true;
    }
    if (this.#sendsAgain) {
      return false;
    }
    const mayResend = job.state === "sending" && this.#silence >= resendPause && this.#resends < resendLimit;
    if (resend !== undefined && mayResend) {
      void this.#sendAgain(resend);
      return false;
    }
    return this.#silence >= this.#limit[job.state === "sending" ? "sending" : "running"] ? this.#conclude() : false;
  }

  /** Hears what a send came to; resolves to whether the job is over. */
  async hearSent(sent: Sent): Promise<boolean> {
    if (sent.outcome === "unsure") {
      return false;
    }
    const { journal, id } = this.#trail;
    await journal.update(id, (job) => ({ ...job, state: job.state === "sending" ? "running" : job.state }));
    const { news, job } = await this.note(sent.answer, sent.status);
    // A synchronous answer is final: what is not in it will not come.
    return isOver(job, news) || (job.request.deliveryMethod === "sync" && tally(job) > 0);
  }

  /**
   * Sends again beside the polls, which tell what came of it: a synchronous answer may take minutes. A refusal now says nothing
   * about the first send, which may have been accepted.
   */
  async #sendAgain(resend: () => Promise<Sent>): Promise<void> {
    this.#resends++;
    this.#silence = 0;
    this.#sendsAgain = true;
    try {
      await this.hearSent(await resend());
    } catch (error) {
      if (!isStopped(error)) {
        this.#trail.ports.log.warn(`Task ${this.#trail.id} could not be sent again: ${String(error)}`);
      }
    } finally {
      this.#sendsAgain = false;
    }
  }

  /** After long silence the archive has the last word. */
  async #conclude(): Promise<boolean> {
    const { journal, id } = this.#trail;
    await this.consultArchive();
    // Another window may have heard more in the meantime.
    await journal.update(id, (current) => ({ ...current, state: tally(current) === 0 ? "unknown" : current.state }));
    return true;
  }

  /** Notes what the archive has of the task. */
  async consultArchive(): Promise<void> {
    await this.note((await askArchive(this.#trail)) ?? { items: [], errors: [] }, 200);
  }
}

/** The job as it ends with a refusal of its first send. Whether a refusal of unknown kind is one at all is not known. */
function refused(job: Job, { kind, billed, code = "", message, field }: LimnError): Job {
  return kind === "unexpected" && billed === "maybe"
    ? { ...job, state: "unknown" }
    : { ...job, state: "failed", failures: [{ code, message, ...(field === undefined ? {} : { field }) }] };
}

/** Sends the task for the first time: only now does a refusal tell that nothing of it can be anywhere. */
async function sendFirst({ journal, id, signal }: Trail, resend: () => Promise<Sent>): Promise<Sent> {
  try {
    return await resend();
  } catch (error) {
    if (error instanceof LimnError && !isStopped(error)) {
      await journal.update(id, (job) => refused(job, error));
    }
    // Who stopped waiting wants to hear no more of it.
    throw signal.aborted ? stopped() : error;
  }
}

/**
 * Follows a job until all its pictures are on their way or it is known, or cannot be known, what became of it. With `resend`, the
 * session that wrote the job down sends it first, and again under the same UUID while its fate is unsure; without, nothing is sent.
 */
export async function follow(trail: Trail, resend?: () => Promise<Sent>): Promise<void> {
  const { ports, journal, poller, arrivals, endpoint, id, signal } = trail;
  const { createdAt = 0, state } = journal.get(id) ?? {};
  const age = Math.max(0, ports.now() - createdAt);
  const left = (limit: number) => (state === "unknown" ? leastSilenceLimit : Math.max(limit - age, leastSilenceLimit));
  const follower = new Follower(trail, { sending: left(silenceLimit.sending), running: left(silenceLimit.running) });
  if (resend === undefined) {
    const job = await journal.update(id, (current) => ({
      ...current,
      state: current.state === "unknown" ? "running" : current.state,
    }));
    // Links of an earlier session are tried at once: they do not live for ever.
    arrivals.fetch(job.pictures.filter(({ url }) => url !== undefined).map((picture) => ({ picture })));
    await arrivals.settled();
    const now = journal.get(id) ?? job;
    if (isComplete(now) && now.pictures.every(({ file }) => file !== undefined)) {
      return;
    }
  } else if (await follower.hearSent(await sendFirst(trail, resend))) {
    return;
  }
  await poller.watch(endpoint, id, signal, (answer, status, waited) => follower.hear(answer, status, waited, resend));
  await arrivals.settled();
  if (journal.get(id)?.pictures.some(({ file }) => file === undefined)) {
    await follower.consultArchive();
  }
}
