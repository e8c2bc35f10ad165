import type { JobView, UpdateMessage } from "../../../protocol.ts";

/** Maximum number of jobs that are sent only because they have changed. */
const changeLimit = 50;

/** The jobs that a page has. */
export class SentJobs {
  #sent = new Map<string, JobView>();
  #open: readonly string[] = [];
  #changed = new Set<string>();

  /** The page announces what the user did with a picture once the job shows it. */
  noteChange(job: string): void {
    // Added at the end again, so that the last changes are sent.
    this.#changed.delete(job);
    this.#changed.add(job);
  }

  /**
   * The difference between what the page has and what it needs.
   *
   * @param named The jobs that it shows.
   * @param open All open jobs.
   */
  update(
    named: readonly string[],
    open: readonly string[],
    jobView: (id: string) => JobView | undefined,
  ): Pick<UpdateMessage, "jobs" | "dropped" | "ended"> {
    const isOpen = new Set(open);
    const closed = this.#open.filter((id) => !isOpen.has(id));
    const wanted = new Set([...named, ...closed, ...[...this.#changed].slice(-changeLimit)]);
    const now = new Map<string, JobView>();
    const jobs: JobView[] = [];
    for (const id of wanted) {
      const view = jobView(id);
      if (view !== undefined) {
        now.set(id, view);
        jobs.push(...(isSame(this.#sent.get(id), view) ? [] : [view]));
      }
    }
    const dropped = [...this.#sent.keys()].filter((id) => !now.has(id));
    this.#sent = now;
    this.#open = open;
    this.#changed = new Set();
    return { jobs, dropped, ended: closed.filter((id) => now.has(id)) };
  }
}

const isSame = (one: JobView | undefined, other: JobView): boolean =>
  one === other || (one !== undefined && JSON.stringify(one) === JSON.stringify(other));
