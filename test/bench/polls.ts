import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { cache } from "../../scripts/paths.ts";
import { createJobs, jobRequestFor, portsIn } from "./benchJobs.ts";
import type { Figure } from "./figure.ts";
import { type PictureService, startPictureService } from "./pictureService.ts";

const minute = 60_000;
const rounds = 3;

/** Returns the number of polls of `count` running jobs in the first minute. */
async function countPolls(service: PictureService, count: number): Promise<number> {
  const folder = await mkdtemp(join(cache, "bench", "polls-"));
  const stop = new AbortController();
  const ports = portsIn(folder, service);
  let polls = 0;
  const jobs = createJobs({
    ...ports,
    fetch(address, init) {
      polls += String(init.body).includes('"getResponse"') ? 1 : 0;
      return ports.fetch(address, init);
    },
  });
  try {
    const outcomes = await Promise.all(
      Array.from({ length: count }, async () => {
        const { outcome } = await jobs.start(jobRequestFor(folder, 1), stop.signal);
        return { outcome: outcome.catch(() => undefined) };
      }),
    );
    polls = 0;
    await wait(minute);
    const counted = polls;
    stop.abort();
    await Promise.all(outcomes.map(({ outcome }) => outcome));
    return counted;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Measures polls per minute for 100 running jobs against one, with the product's own polling
 * interval. All rounds run in the same minute.
 */
export async function measurePolls(): Promise<Figure[]> {
  const service = await startPictureService({ bytes: 5_000_000, delay: 10 * minute });
  try {
    const all = (count: number) => Promise.all(Array.from({ length: rounds }, () => countPolls(service, count)));
    const [own, other] = await Promise.all([all(100), all(1)]);
    const name = "Polls a minute for 100 running jobs";
    return [{ name, unit: "polls", own, other, counterpart: "one running job", compare: "ratio", goal: 1.2 }];
  } finally {
    await service.stop();
  }
}
