import { joinSentences } from "../../core/text/sentences.ts";
import type { JobView } from "../../protocol.ts";
import { excerpt, formatCount } from "./format.ts";
import { isOpen, isStored } from "./jobStatus.ts";

/** One sentence on how a job ended, for those who listen. */
function endText(job: JobView): string {
  const title = excerpt(job.prompt);
  const bill = job.mayBeBilled ? "It may have been billed." : "";
  switch (job.state) {
    case "failed":
      return joinSentences(`Failed: ${title}`, job.failures[0]?.message ?? "", bill);
    case "unknown":
      return joinSentences(`Outcome unknown: ${title}`, bill);
    default: {
      const storedCount = job.pictures.filter(isStored).length;
      const amount =
        storedCount === job.count
          ? formatCount(storedCount, "picture")
          : `${storedCount} of ${formatCount(job.count, "picture")}`;
      return joinSentences(`${amount} arrived: ${title}`, ...job.notes);
    }
  }
}

/** What to say of the jobs that were open before and are not any more. */
export function endAnnouncements(before: readonly JobView[], after: readonly JobView[]): readonly string[] {
  const openIds = new Set(before.filter(isOpen).map(({ id }) => id));
  return after.filter((job) => openIds.has(job.id) && !isOpen(job)).map(endText);
}
