import { createConcurrencyLimit } from "../concurrencyLimit.ts";
import { type Job, type Picture, unkeptPictures } from "./job.ts";

/** What early copies need to know of their job. */
interface EarlyCopiesContext {
  /** Returns the latest known state of the job. */
  readonly job: () => Job | undefined;
  /** Copies a picture from the vault to the job's target; resolves to the file's URI. */
  readonly copy: (picture: Picture) => Promise<string>;
}

/** What was copied early. */
export interface EarlyResult {
  /** URIs of the copies, by picture id. */
  readonly files: ReadonlyMap<string, string>;
  /** The picture that could not be copied, and its error. No picture was copied after it. */
  readonly failure: { readonly id: string; readonly error: unknown } | undefined;
}

/**
 * Copies the pictures of a job to its target while others are still being downloaded. They are
 * copied in the order of the job, so that the counters in their names follow it: a picture waits
 * for those before it. Stops at the first failure.
 */
export class EarlyCopies {
  readonly #context: EarlyCopiesContext;
  /** One run at a time. */
  readonly #limit = createConcurrencyLimit(1);
  readonly #files = new Map<string, string>();
  #failure: EarlyResult["failure"];
  #hasEnded = false;

  constructor(context: EarlyCopiesContext) {
    this.#context = context;
  }

  /** Copies what can be copied by now, in the background. */
  copyStored(): void {
    void this.#limit(() => this.#copyAll());
  }

  /** Starts no further copy. Resolves to the result when none is running. Never rejects. */
  async end(): Promise<EarlyResult> {
    this.#hasEnded = true;
    await this.#limit(async () => undefined);
    return { files: this.#files, failure: this.#failure };
  }

  async #copyAll(): Promise<void> {
    for (let picture = this.#next(); picture !== undefined; picture = this.#next()) {
      try {
        this.#files.set(picture.id, await this.#context.copy(picture));
      } catch (error) {
        this.#failure = { id: picture.id, error };
      }
    }
  }

  /** The picture to copy next, by the latest state of the job: the user may have discarded one. */
  #next(): Picture | undefined {
    const job = this.#context.job();
    if (this.#hasEnded || this.#failure !== undefined || job?.target.keep !== "all") {
      return undefined;
    }
    const unkept = new Set(unkeptPictures(job));
    for (const picture of job.pictures) {
      if (picture.file === undefined) {
        return undefined;
      }
      if (unkept.has(picture) && !this.#files.has(picture.id)) {
        return picture;
      }
    }
    return undefined;
  }
}
