import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expectedFile } from "../../src/core/files/keep.ts";
import { isUnfinished } from "../../src/core/jobs/job.ts";
import type { Jobs } from "../../src/core/jobs/jobs.ts";
import type { SelectNeeded } from "../../src/core/jobs/unsentGroup.ts";
import type { JobRequest } from "../../src/core/request/request.ts";

/** Selects requests whose files do not exist and that no other job makes, as `neededItems` does. */
export const neededFiles =
  ({ journal }: Jobs, jobRequests: readonly JobRequest[]): SelectNeeded =>
  async (isRival) => {
    await journal.reload();
    const making = journal.list().filter(isUnfinished);
    return jobRequests.filter((jobRequest) => {
      const file = expectedFile(jobRequest) ?? "";
      const isMade = making.some((job) => expectedFile(job) === file && isRival(job, jobRequest));
      return !isMade && !existsSync(fileURLToPath(file));
    });
  };
