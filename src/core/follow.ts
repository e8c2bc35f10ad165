import { askArchive } from "./archive.ts";
import type { Arrivals } from "./arrivals.ts";
import type { Answer } from "./envelope.ts";
import { isStopped, LimnError, stopped } from "./errors.ts";
import type { Job, Picture } from "./job.ts";
import type { Journal } from "./journal.ts";
import { absorb, readNews } from "./news.ts";
import type { Poller } from "./poller.ts";
import type { Endpoint, Ports } from "./ports.ts";
import type { Sent } from "./send.ts";
import { speaksOfTasks } from "./serviceError.ts";

/** Sends a task that was written down, always under its own UUID. */
export type Resend = (signal: AbortSignal) => Promise<Sent>;

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

/** Milliseconds of silence after which fewer failures than pictures were asked for count as the failure of the whole task. */
const failurePause = 10_000;

/** How often a task of unsure fate goes out again in the session that wrote it down, always under its own UUID. */
const resendLimit = 2;

/** Milliseconds of silence before it does: long enough for a slow acceptance to show. */
const resendPause = 4000;

const tally = (job: Job): number => job.pictures.length + job.failures.length;

/** Everything that was asked for is there or has failed. */
const isComplete = (job: Job): boolean => tally(job) >= job.request.count;

/** As many pictures as were asked for are known of. */
const hasAll = (job: Job): boolean => job.pictures.length >= job.request.count;

/** All that was asked for is in the vault. */
const isHome = (job: Job | undefined): boolean =>
  job !== undefined && hasAll(job) && job.pictures.every(({ file }) => file !== undefined);

/** An answer that says nothing. */
const nothing: Answer = { items: [], errors: [] };

/** Follows one job from what is known of it to its end. */
class Follower {
  readonly #trail: Trail;
  readonly #resend: Resend | undefined;
  /** Silence that is borne, in milliseconds. */
  readonly #limit: { readonly sending: number; readonly running: number };
  /** Aborts what goes on beside the polls. */
  readonly #over = new AbortController();
  #silence = 0;
  #resends = 0;
  /** A further send that is under way. */
  #again: Promise<void> | undefined;

  constructor(trail: Trail, resend: Resend | undefined) {
    this.#trail = trail;
    this.#resend = resend;
    this.#limit = resend === undefined ? patienceLeft(trail) : silenceLimit;
  }

  /** Goes on with a job of an earlier session: links are tried at once, since they do not live for ever. Whether that was all. */
  async takeUp(): Promise<boolean> {
    const { journal, arrivals, id } = this.#trail;
    const job = await journal.update(id, (current) => ({
      ...current,
      state: current.state === "unknown" ? "running" : current.state,
    }));
    arrivals.fetch(job.pictures.filter(({ url }) => url !== undefined).map((picture) => ({ picture })));
    await arrivals.settled();
    const now = journal.get(id) ?? job;
    // A picture that was found as a file came from no answer: its price and seed are still to be had.
    const isTold = ({ url, digest }: Picture) => (url ?? digest) !== undefined;
    return isComplete(now) && now.pictures.every((picture) => picture.file !== undefined && isTold(picture));
  }

  /** Hears what a send came to; resolves to whether the job is over. */
  async hearSent(sent: Sent): Promise<boolean> {
    if (sent.outcome === "unsure") {
      return false;
    }
    const { job } = await this.#note(sent.answer, sent.status, true);
    // A synchronous answer is final: no poll will tell more, though the archive may.
    return hasAll(job) || (job.request.deliveryMethod === "sync" && tally(job) > 0);
  }

  /**
   * Polls, unless all was told already, and waits for the pictures. What is missing then is asked of the archive, which has the last
   * word: it may know another link, a picture nobody told of, or that work is going on.
   */
  async bringHome(isTold: boolean): Promise<void> {
    const { journal, poller, arrivals, endpoint, id, signal } = this.#trail;
    let polls = !isTold;
    do {
      if (polls) {
        const results = journal.get(id)?.request.count ?? 0;
        await poller.watch({ endpoint, taskUUID: id, results }, signal, (answer, status, waited) =>
          this.#hear(answer, status, waited),
        );
      }
      await arrivals.settled();
      polls = true;
    } while (!isHome(journal.get(id)) && (await this.#archiveExpectsMore()));
    // Another window may have heard more in the meantime.
    await journal.update(id, (job) => ({ ...job, state: tally(job) === 0 ? "unknown" : job.state }));
  }

  /** Ends what still goes on: a send that nobody needs any more. */
  async end(): Promise<void> {
    this.#over.abort();
    await this.#again;
  }

  /** Notes what an answer says and starts its downloads. `known`: the answer itself shows that the service has the task. */
  async #note(answer: Answer, status: number, known = false) {
    const { journal, arrivals, id } = this.#trail;
    const before = journal.get(id);
    const news = await readNews(answer, id, status, before);
    const noting = journal.update(id, (current) => ({
      ...absorb(current, news),
      state: (known || news.known) && current.state !== "done" ? "running" : current.state,
    }));
    // They need not wait for the note: what they note themselves comes after it.
    arrivals.fetch(news.deliveries);
    const job = await noting;
    this.#warnOfCosts(before, job);
    return { news, job, before, grown: before === undefined || tally(before) !== tally(job) };
  }

  /** Names costs that cannot be, once each. */
  #warnOfCosts(before: Job | undefined, { taskUUID, pictures }: Job): void {
    const named = new Set(before?.pictures.filter((known) => known.claimedCost !== undefined).map(({ id }) => id));
    for (const { id, claimedCost } of pictures) {
      if (claimedCost !== undefined && !named.has(id)) {
        const what = `Runware says that picture ${id} of job ${taskUUID} cost ${claimedCost} USD`;
        this.#trail.ports.log.warn(`${what}, which cannot be: the estimate is counted in its place.`);
      }
    }
  }

  /** Hears one poll; resolves to whether the job is over. */
  async #hear(answer: Answer | undefined, status: number, waited: number): Promise<boolean> {
    const { news, job, grown } = await this.#note(answer ?? nothing, status);
    if (hasAll(job)) {
      return true;
    }
    // A poll without an answer says something about the network and nothing about the task.
    if (answer === undefined || !(news.known || speaksOfTasks(status))) {
      return false;
    }
    this.#silence = news.processing || grown ? 0 : this.#silence + waited;
    // One fault may be told twice, and before the pictures are: failures are believed when a further look shows nothing new.
    if (job.failures.length > 0 && this.#silence > (isComplete(job) ? 0 : failurePause)) {
      return true;
    }
    if (this.#again !== undefined) {
      return false;
    }
    if (
      this.#resend !== undefined &&
      job.state === "sending" &&
      this.#silence >= resendPause &&
      this.#resends < resendLimit
    ) {
      this.#again = this.#sendAgain(this.#resend);
      return false;
    }
    return this.#silence >= this.#limit[job.state === "sending" ? "sending" : "running"];
  }

  /**
   * Sends again beside the polls, which tell what came of it: a synchronous answer may take minutes. A refusal now says nothing
   * about the first send, which may have been accepted.
   */
  async #sendAgain(resend: Resend): Promise<void> {
    const { signal, id, ports } = this.#trail;
    this.#resends++;
    this.#silence = 0;
    try {
      await this.hearSent(await resend(AbortSignal.any([signal, this.#over.signal])));
    } catch (error) {
      if (!isStopped(error)) {
        ports.log.warn(`Task ${id} could not be sent again: ${String(error)}`);
      }
    } finally {
      this.#again = undefined;
    }
  }

  /** Notes what the archive has of the task; resolves to whether there is reason to go on polling. */
  async #archiveExpectsMore(): Promise<boolean> {
    this.#silence = 0;
    const answer = await askArchive(this.#trail);
    const { news, job, before } = await this.#note(answer ?? nothing, 200, answer !== undefined);
    // A task of unsure fate that the archive knows was accepted, and has the patience of one that was.
    const isFound = answer !== undefined && before?.state === "sending" && tally(job) === 0;
    return !hasAll(job) && (news.processing || isFound);
  }
}

/** The silence that is borne for a job of an earlier session. A clock that was set meanwhile can shorten it, and nothing else. */
function patienceLeft({ journal, ports, id }: Trail): { readonly sending: number; readonly running: number } {
  const { createdAt = 0, state } = journal.get(id) ?? {};
  const age = Math.max(0, ports.now() - createdAt);
  const left = (limit: number) => (state === "unknown" ? leastSilenceLimit : Math.max(limit - age, leastSilenceLimit));
  return { sending: left(silenceLimit.sending), running: left(silenceLimit.running) };
}

/** The job as it ends with a refusal of its first send. Whether a refusal of unknown kind is one at all is not known. */
function refused(job: Job, { kind, billed, code = "", message, field }: LimnError): Job {
  return kind === "unexpected" && billed === "maybe"
    ? { ...job, state: "unknown" }
    : { ...job, state: "failed", failures: [{ code, message, billed, ...(field === undefined ? {} : { field }) }] };
}

/** Sends the task for the first time: only now does a refusal tell that nothing of it can be anywhere. */
async function sendFirst({ journal, id, signal }: Trail, resend: Resend): Promise<Sent> {
  try {
    return await resend(signal);
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
export async function follow(trail: Trail, resend?: Resend): Promise<void> {
  const follower = new Follower(trail, resend);
  try {
    if (resend !== undefined) {
      await follower.bringHome(await follower.hearSent(await sendFirst(trail, resend)));
    } else if (!(await follower.takeUp())) {
      await follower.bringHome(false);
    }
  } catch (error) {
    // Pictures on their way come in before anybody hears of the fault. Who stopped waiting does not wait for them.
    await trail.arrivals.settled().catch(() => undefined);
    throw error;
  } finally {
    await follower.end();
  }
}
