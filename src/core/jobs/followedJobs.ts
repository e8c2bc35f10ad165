import type { Journal } from "../journal/journal.ts";
import { Listeners } from "../listeners.ts";
import type { LogPort } from "../ports.ts";
import type { Job } from "./job.ts";
import { errorOfJob } from "./jobErrors.ts";

/** Called with the job each time it changes. */
export type JobChangeListener = (job: Job) => void;

interface FollowedJob<Outcome> {
  readonly outcome: Promise<Outcome>;
  readonly controller: AbortController;
}

/** The jobs that this window follows, so that none is followed twice. */
export class FollowedJobs<Outcome> {
  readonly #journal: Journal;
  readonly #jobs = new Map<string, FollowedJob<Outcome>>();
  readonly #listeners: Listeners;

  constructor(journal: Journal, log: LogPort) {
    this.#journal = journal;
    this.#listeners = new Listeners((error) =>
      // An error of a listener must not come between a purchase and its pictures.
      log.error(`A listener of the jobs failed: ${String(error)}`),
    );
  }

  has(id: string): boolean {
    return this.#jobs.has(id);
  }

  /** The ids of the jobs. */
  ids(): string[] {
    return [...this.#jobs.keys()];
  }

  /** Adds a listener for the start and end of following. Returns a function that removes it. */
  subscribe(listener: () => void): () => void {
    return this.#listeners.subscribe(listener);
  }

  /** Calls the listeners. */
  notify(): void {
    this.#listeners.notify();
  }

  /** Stops following a job, or all of them: their outcomes reject with kind `stopped`. */
  stop(id?: string): void {
    for (const [followed, { controller }] of this.#jobs) {
      if (id === undefined || id === followed) {
        controller.abort();
      }
    }
  }

  /** Follows a job with `run`, or returns its outcome if this window already follows it. */
  follow(
    id: string,
    signal: AbortSignal,
    onChange: JobChangeListener | undefined,
    run: (stopSignal: AbortSignal) => Promise<Outcome>,
  ): Promise<Outcome> {
    const known = this.#jobs.get(id);
    if (known !== undefined) {
      return known.outcome;
    }
    const controller = new AbortController();
    const unsubscribe = this.#journal.subscribe((job) => job?.taskUUID === id && onChange?.(job));
    const outcome = run(AbortSignal.any([signal, controller.signal]))
      .catch((error: unknown) => {
        throw errorOfJob(this.#journal.get(id), error);
      })
      .finally(() => {
        unsubscribe();
        this.#jobs.delete(id);
        this.notify();
      });
    this.#jobs.set(id, { outcome, controller });
    this.notify();
    return outcome;
  }
}
