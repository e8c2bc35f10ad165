import type { JobView, Snapshot } from "../../protocol.ts";

/** A discarded picture that is offered back. */
export interface Offered {
  readonly number: number;
  readonly job: JobView;
}

/**
 * The discard that is offered back: the last one the host knows, in every view of the panel, until the user has gone on to something else
 * in this one.
 */
export class UndoOffer {
  readonly #passed = new Set<number>();

  /** What is offered now. */
  of({ lastDiscarded, jobs }: Snapshot): Offered | undefined {
    const job = jobs.find(({ id }) => id === lastDiscarded?.job);
    return job === undefined || lastDiscarded === undefined || this.#passed.has(lastDiscarded.number)
      ? undefined
      : { number: lastDiscarded.number, job };
  }

  /** Does not offer this one any more. */
  pass(offered: Offered | undefined): void {
    if (offered !== undefined) {
      this.#passed.add(offered.number);
    }
  }
}
