import { sentences } from "../../core/sentences.ts";
import type { JobView } from "../../protocol.ts";
import { hasArrived, isOpen } from "./standing.ts";
import { count, excerpt } from "./words.ts";

/** One sentence on how a job ended, for those who listen. */
function ending(job: JobView): string {
  const about = excerpt(job.prompt);
  const bill = job.mayBeBilled ? "It may have been billed." : "";
  switch (job.state) {
    case "failed":
      return sentences(`Failed: ${about}`, job.failures[0]?.message ?? "", bill);
    case "unknown":
      return sentences(`Outcome unknown: ${about}`, bill);
    default: {
      const here = job.pictures.filter(hasArrived).length;
      const all = here === job.count ? count(here, "picture") : `${here} of ${count(job.count, "picture")}`;
      return sentences(`${all} arrived: ${about}`, ...job.notes);
    }
  }
}

/** What to say of the jobs that were open before and are not any more. */
export function endings(before: readonly JobView[], after: readonly JobView[]): readonly string[] {
  const open = new Set(before.filter(isOpen).map(({ id }) => id));
  return after.filter((job) => open.has(job.id) && !isOpen(job)).map(ending);
}
