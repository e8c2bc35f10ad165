import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { cache } from "../../scripts/paths.ts";
import { newJob } from "../../src/core/jobs/newJob.ts";
import { longestWait, serviceTimeDirective } from "../support/serviceTime.ts";
import { createJobs, jobRequestFor, portsIn } from "./benchJobs.ts";
import type { Figure } from "./figure.ts";
import { type PictureService, startPictureService } from "./pictureService.ts";

const rounds = 3;

/** Number of service times of a round, and the range in ms over which they are spread evenly. */
const [timeCount, shortest, longest] = [16, 4000, 45_000];

/** Number of earlier jobs whose durations are known. */
const earlierJobs = 12;

/** One bought picture. */
interface PickUp {
  /** How long the service took, in ms. */
  readonly serviceTime: number;
  /** Milliseconds from the end of that to the request for the picture. */
  readonly wait: number;
  /** Number of polls. */
  readonly polls: number;
}

/** Buys a picture that takes the service this long, in its own window and with the real clock. */
async function pickUp(service: PictureService, serviceTime: number, isDurationKnown: boolean): Promise<PickUp> {
  const folder = await mkdtemp(join(cache, "bench", "pickup-"));
  const id = randomUUID();
  const ports = portsIn(folder, service);
  let [sentAt, requestedAt, polls] = [0, 0, 0];
  const jobs = createJobs({
    ...ports,
    uuid: () => id,
    fetch(address, init) {
      if (init.body === undefined) {
        requestedAt ||= performance.now();
      } else if (String(init.body).includes('"getResponse"')) {
        polls++;
      } else {
        sentAt ||= performance.now();
      }
      return ports.fetch(address, init);
    },
  });
  const jobRequest = jobRequestFor(folder, 1, { prompt: `noise ${serviceTimeDirective(id, serviceTime)}` });
  try {
    for (let index = 0; isDurationKnown && index < earlierJobs; index++) {
      const endpoint = { name: "sandbox", ...service };
      const earlier = newJob(jobRequest, randomUUID(), { ports, createdAt: ports.now(), estimate: 0.028, endpoint });
      const firstPictureAfter = serviceTime * (0.9 + (0.2 * index) / earlierJobs);
      await jobs.journal.create({ ...earlier, state: "done", firstPictureAfter });
    }
    await jobs.buy(jobRequest, new AbortController().signal);
    return { serviceTime, wait: requestedAt - sentAt - serviceTime, polls };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const mean = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0) / values.length;

/**
 * Measures how long a finished picture is at the service before Limn requests it, over service
 * times from 4 to 45 s. All pictures are bought side by side, each in its own window.
 */
export async function measurePickUp(): Promise<Figure[]> {
  const service = await startPictureService({ bytes: 1_000_000 });
  const step = (longest - shortest) / timeCount;
  let started = 0;
  const buyAll = (round: number, isDurationKnown: boolean) =>
    Promise.all(
      Array.from({ length: timeCount }, async (_, index) => {
        // Their first requests would wait for each other.
        await wait(50 * started++);
        return pickUp(service, shortest + step * (index + (round + 0.5) / rounds), isDurationKnown);
      }),
    );
  try {
    const numbers = Array.from({ length: rounds }, (_, round) => round);
    const [unknown, known] = await Promise.all([
      Promise.all(numbers.map((round) => buyAll(round, false))),
      Promise.all(numbers.map((round) => buyAll(round, true))),
    ]);
    const name = "A finished picture is at the service until it is requested";
    const figuresOf = (pickUps: readonly (readonly PickUp[])[], condition: string): Figure[] => {
      const excess = (one: PickUp) => one.wait / longestWait(one.serviceTime);
      const worst = pickUps
        .flat()
        .toSorted((one, other) => excess(other) - excess(one))
        .slice(0, 1);
      return [
        {
          name: `${name}, mean${condition}`,
          unit: "ms",
          own: pickUps.map((round) => mean(round.map((one) => one.wait))),
          other: pickUps.map((round) => mean(round.map(({ serviceTime }) => serviceTime))),
          counterpart: "the service's own time",
          compare: "ratio",
          goal: 0.05,
        },
        {
          name: `${name}, longest${condition}`,
          unit: "ms",
          own: worst.map((one) => one.wait),
          other: worst.map(({ serviceTime }) => longestWait(serviceTime)),
          counterpart: "1 s, or a tenth of the service's time",
          compare: "ratio",
          goal: 1,
        },
      ];
    };
    const pollsOf = (pickUps: readonly (readonly PickUp[])[]) =>
      pickUps.map((round) => mean(round.map(({ polls }) => polls)));
    return [
      ...figuresOf(unknown, ""),
      ...figuresOf(known, `, if ${earlierJobs} such jobs have taken as long`),
      {
        name: `Polls for one picture, if ${earlierJobs} such jobs have taken as long`,
        unit: "polls",
        own: pollsOf(known),
        other: pollsOf(unknown),
        counterpart: "without earlier jobs",
        compare: "ratio",
      },
    ];
  } finally {
    await service.stop();
  }
}
