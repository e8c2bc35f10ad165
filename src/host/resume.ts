import { l10n, Uri, window } from "vscode";
import { isStopped } from "../core/errors.ts";
import { isOpen, isUnfinished, type Job, unkept } from "../core/job.ts";
import { uriKey } from "./fileUri.ts";
import { shownPath } from "./places.ts";
import type { Services } from "./services.ts";
import { tell } from "./tell.ts";
import { showUnfinishedJobs } from "./unfinished.ts";

/**
 * Jobs that need nobody: open ones are asked for, pictures that were to be saved by themselves are saved, and what the vault could not take
 * is brought into it.
 */
const needsNobody = (job: Job): boolean =>
  isOpen(job) ||
  (job.target.keep === "all" && unkept(job).length > 0) ||
  job.pictures.some(({ rescued }) => rescued !== undefined);

/**
 * Goes on with what an earlier session left: asks for open jobs (free, nothing is sent again), fetches what there is and saves what
 * was to be saved. Speaks only where something came of it, and not of jobs that a person sees anyway, as `isSeen` says.
 */
export async function resumeJobs(services: Services, signal: AbortSignal, isSeen: () => boolean): Promise<void> {
  const { jobs, log } = services;
  await jobs.journal.load();
  const left = jobs.journal.list().filter((job) => needsNobody(job) && !jobs.isFollowed(job.taskUUID));
  await Promise.all(
    left.map(async (job) => {
      const before = new Set(job.pictures.flatMap(({ kept }) => kept.map((uri) => uriKey(uri))));
      try {
        const { files } = await jobs.check(job.taskUUID, signal);
        const fresh = files.filter((file) => !before.has(uriKey(file)));
        if (fresh.length > 0) {
          const shown = fresh.map((file) => shownPath(Uri.parse(file))).join(", ");
          void tell(l10n.t("A job of an earlier session is done. Saved {0}.", shown));
        }
      } catch (error) {
        if (!isStopped(error)) {
          log.warn(`Job ${job.taskUUID} of an earlier session could not be finished: ${String(error)}`);
        }
      }
    }),
  );
  const waiting = jobs.journal.list().filter((job) => isUnfinished(job) && !jobs.isFollowed(job.taskUUID));
  if (left.length > 0 && waiting.length > 0 && !signal.aborted && !isSeen()) {
    const show = l10n.t("Show Unfinished Jobs");
    const pressed = await window.showInformationMessage(
      l10n.t("Jobs of earlier sessions that need a look: {0}", waiting.length),
      show,
    );
    if (pressed === show) {
      await showUnfinishedJobs(services);
    }
  }
}
