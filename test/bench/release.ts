import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { cache } from "../../scripts/paths.ts";
import { startStallingProxy, type WithheldAnswer } from "../support/stallingProxy.ts";
import { createJobs, jobRequestFor, portsIn } from "./benchJobs.ts";
import type { Figure } from "./figure.ts";
import { type PictureService, startPictureService } from "./pictureService.ts";
import { measureInterleaved } from "./rounds.ts";
import { buyWithoutLimn } from "./tasks.ts";

const rounds = 9;
const epochMs = () => performance.timeOrigin + performance.now();

/** Returns milliseconds from the abort until the service sees that its connection is closed. */
async function msUntilReleased(
  service: PictureService,
  withheld: WithheldAnswer,
  start: (url: string, signal: AbortSignal) => Promise<unknown>,
) {
  const stallingProxy = await startStallingProxy(service.url, withheld);
  const stop = new AbortController();
  try {
    const ended = start(stallingProxy.url, stop.signal).catch(() => undefined);
    await stallingProxy.reached;
    const stopped = epochMs();
    stop.abort();
    const released = await stallingProxy.released;
    await ended;
    return released - stopped;
  } finally {
    await stallingProxy.close();
  }
}

/** Measures how long a poll and a download keep their connections open after Stop. */
export async function measureRelease(): Promise<Figure[]> {
  const service = await startPictureService({ bytes: 5_000_000 });
  const folder = await mkdtemp(join(cache, "bench", "release-"));
  const { key } = service;
  const limn = (url: string, signal: AbortSignal) =>
    createJobs(portsIn(folder, { url, key }), { min: 1, max: 1 }).buy(jobRequestFor(folder, 1), signal);
  const fetchOnly = async (url: string, signal: AbortSignal) => {
    const [picture] = await buyWithoutLimn({ url, key }, 1);
    const response = await fetch(picture?.imageURL ?? "", { signal });
    return response.arrayBuffer();
  };
  try {
    const valuesOf = await measureInterleaved(
      rounds,
      ["poll", () => msUntilReleased(service, "poll", limn)],
      ["picture", () => msUntilReleased(service, "picture", limn)],
      ["bare", () => msUntilReleased(service, "picture", fetchOnly)],
    );
    const figure = {
      unit: "ms",
      other: valuesOf("bare"),
      counterpart: "fetch with the same signal",
      compare: "own",
      goal: 200,
    } as const;
    return [
      { ...figure, name: "From Stop until a poll's connection is closed", own: valuesOf("poll") },
      { ...figure, name: "From Stop until a download's connection is closed", own: valuesOf("picture") },
    ];
  } finally {
    await service.stop();
    await rm(folder, { recursive: true });
  }
}
