import assert from "node:assert/strict";
import fileSystem from "node:fs/promises";
import { basename } from "node:path";
import type { PageFeed } from "../../../src/host/panel/feed/pageFeed.ts";
import type { UpdateMessage } from "../../../src/protocol.ts";
import { type ManyPictures, writeManyPictures } from "../../support/manyPictures.ts";
import { waitUntil } from "../support/commands.ts";
import { jobsFolder, storageFolder } from "../support/files.ts";
import { draftOf, freshPrompt, panel, send } from "../support/panel.ts";

/** Maximum number of bytes of a message about one change. */
const byteLimit = 64_000;

/** About the bytes of one job in a message. */
const jobBytes = 900;

/** What a change costs: messages to the page, their bytes, and names of job files that are read. */
interface Cost {
  readonly messages: number;
  readonly bytes: number;
  readonly reads: readonly string[];
}

let many: ManyPictures | undefined;

/** Names of the job files that are read while `work` runs. */
async function readsOf(work: () => Promise<void>): Promise<string[]> {
  const { readFile } = fileSystem;
  const reads: string[] = [];
  const noting = (...args: Parameters<typeof readFile>) => {
    const path = String(args[0]);
    reads.push(...(path.startsWith(jobsFolder) ? [basename(path, ".json")] : []));
    return readFile(...args);
  };
  Object.assign(fileSystem, { readFile: noting });
  try {
    await work();
  } finally {
    Object.assign(fileSystem, { readFile });
  }
  return reads;
}

/** What `work` costs a page that gets each message, up to the one for which `isDone` is true. */
async function costOf(
  feed: PageFeed,
  work: () => Promise<void>,
  isDone: (message: UpdateMessage) => boolean,
): Promise<Cost> {
  const sizes: number[] = [];
  const reads = await readsOf(async () => {
    await work();
    await waitUntil("the change is sent", async () => {
      const message = feed.next();
      sizes.push(...(message === undefined ? [] : [JSON.stringify(message).length]));
      return message !== undefined && isDone(message);
    });
  });
  assert.ok(Math.max(...sizes) < byteLimit, `A message has ${Math.max(...sizes)} bytes.`);
  return { messages: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0), reads };
}

/** Fills the journal, opens a page, and measures changes. */
async function measure(count: number) {
  many = await writeManyPictures(storageFolder, count, Date.now());
  await send({ type: "ready" });
  const opened = await panel();
  await opened.readJobs();
  const feed = opened.createFeed();
  const form = JSON.stringify(feed.start()).length;
  const top = { queryNumber: 1, text: "", filter: "all", columns: 3, first: 0, count: 100 } as const;
  feed.showSheet(top);
  const first = await waitUntil("all pictures are listed", async () => {
    const message = feed.next();
    return message?.changed.sheet !== undefined && message.changed.sheet.tileCount >= count && message;
  });
  assert.ok(form < byteLimit && JSON.stringify(first).length < byteLimit);
  const ref = { job: many.idOf(count - 1), picture: "picture-0001" };
  const star = await costOf(
    feed,
    () => send({ type: "star", ...ref, starred: true }),
    ({ jobs }) => jobs.some(({ id, pictures }) => id === ref.job && pictures[0]?.isStarred === true),
  );
  const discard = await costOf(
    feed,
    () => send({ type: "discard", ...ref }),
    ({ changed }) => changed.lastDiscarded?.job === ref.job,
  );
  const old = many.idOf(0);
  const showsOld = ({ jobs }: UpdateMessage) => jobs.some(({ id }) => id === old);
  const scroll = await costOf(feed, async () => feed.showSheet({ ...top, queryNumber: 2, first: 1_000_000 }), showsOld);
  await costOf(
    feed,
    async () => feed.showSheet({ ...top, queryNumber: 3 }),
    ({ changed }) => changed.sheet?.firstRow === 0,
  );
  const search = await costOf(
    feed,
    async () => feed.showSheet({ ...top, queryNumber: 4, text: "lantern", first: 1_000_000 }),
    showsOld,
  );
  const opening = await costOf(
    feed,
    async () => {
      feed.start();
      feed.showSheet({ ...top, queryNumber: 5 });
      await send({ type: "ready" });
    },
    ({ changed }) => changed.sheet?.firstRow === 0,
  );
  const prompt = freshPrompt();
  const generate = await costOf(
    feed,
    () => send({ type: "generate", draft: draftOf(prompt) }),
    ({ jobs }) => jobs.some((job) => job.prompt === prompt && job.state === "done" && !job.isFollowed),
  );
  const { idOf } = many;
  // Without the last job of each measurement, which is changed.
  const indexes = Array.from({ length: count - 1 }, (_, index) => index).filter((index) => index !== 99);
  const unchanged: ReadonlySet<string> = new Set(indexes.map(idOf));
  return { opening, star, discard, scroll, search, generate, unchanged };
}

describe("the panel with thousands of pictures", () => {
  afterEach(async () => {
    await many?.remove();
    await send({ type: "ready" });
  });

  it("sends and reads no more for 10,000 pictures than for 100", async () => {
    const few = await measure(100);
    await many?.remove();
    const thousands = await measure(10_000);
    for (const change of ["opening", "star", "discard", "scroll", "search"] as const) {
      const [small, large] = [few[change], thousands[change]];
      assert.equal(large.messages, small.messages, change);
      // The loaded rows are whole jobs, so one more or less; and a number of rows has more digits.
      assert.ok(
        Math.abs(large.bytes - small.bytes) < jobBytes + 500,
        `${change}: ${small.bytes} and ${large.bytes} bytes`,
      );
    }
    for (const change of ["star", "discard", "scroll", "search"] as const) {
      assert.equal(thousands[change].reads.length, few[change].reads.length, change);
    }
    // What was bought before is not read again. The number of messages depends on the service.
    for (const { opening, generate, unchanged } of [few, thousands]) {
      const reads = [...opening.reads, ...generate.reads];
      assert.ok(generate.reads.length > 0);
      assert.deepEqual(
        reads.filter((id) => unchanged.has(id)),
        [],
      );
    }
  });
});
