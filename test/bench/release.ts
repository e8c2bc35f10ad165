import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Held, startHolding } from "../support/holding.ts";
import { cache } from "../support/paths.ts";
import type { Figure } from "./figure.ts";
import { inTurn } from "./rounds.ts";
import { type Service, startService } from "./service.ts";
import { buyBare } from "./tasks.ts";
import { openJobs, orderOf, portsIn } from "./world.ts";

const rounds = 9;
const now = () => performance.timeOrigin + performance.now();

/** Milliseconds from Stop until the service sees that nobody waits for its answer any more. */
async function releaseOf(service: Service, held: Held, start: (url: string, signal: AbortSignal) => Promise<unknown>) {
  const holding = await startHolding(service.url, held);
  const stop = new AbortController();
  try {
    const ended = start(holding.url, stop.signal).catch(() => undefined);
    await holding.reached;
    const stopped = now();
    stop.abort();
    const released = await holding.letGo;
    await ended;
    return released - stopped;
  } finally {
    await holding.close();
  }
}

/** How long a wait that was stopped holds its connection: in a poll, and in the middle of a picture. */
export async function measureRelease(): Promise<Figure[]> {
  const service = await startService({ bytes: 5_000_000 });
  const folder = await mkdtemp(join(cache, "bench", "release-"));
  const { key } = service;
  const limn = (url: string, signal: AbortSignal) =>
    openJobs(portsIn(folder, { url, key }), { first: 1, factor: 1, max: 1 }).buy(orderOf(folder, 1), signal);
  const bare = async (url: string, signal: AbortSignal) => {
    const [picture] = await buyBare({ url, key }, 1);
    const response = await fetch(picture?.imageURL ?? "", { signal });
    return response.arrayBuffer();
  };
  try {
    const of = await inTurn(
      rounds,
      ["poll", () => releaseOf(service, "poll", limn)],
      ["picture", () => releaseOf(service, "picture", limn)],
      ["bare", () => releaseOf(service, "picture", bare)],
    );
    const figure = {
      unit: "ms",
      other: of("bare"),
      counterpart: "fetch with the same signal",
      compare: "own",
      goal: 200,
    } as const;
    return [
      { ...figure, name: "From Stop until a poll's connection is let go", own: of("poll") },
      { ...figure, name: "From Stop until a download's connection is let go", own: of("picture") },
    ];
  } finally {
    await service.stop();
    await rm(folder, { recursive: true });
  }
}
