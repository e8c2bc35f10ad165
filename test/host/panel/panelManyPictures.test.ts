import assert from "node:assert/strict";
import fileSystem from "node:fs/promises";
import type { PageFeed } from "../../../src/host/panel/feed/pageFeed.ts";
import type { UpdateMessage } from "../../../src/protocol.ts";
import { type ManyPictures, writeManyPictures } from "../../support/manyPictures.ts";
import { waitUntil } from "../support/commands.ts";
import { jobsFolder, storageFolder } from "../support/files.ts";
import { draftOf, freshPrompt, panel, send } from "../support/panel.ts";

/** Maximum number of bytes of a message about one change. */
const byteLimit = 64_000;

/** What a change costs: messages to the page, their bytes, and job files that are read. */
interface Cost {
  readonly messages: number;
  readonly bytes: number;
  readonly reads: number;
}

let many: ManyPictures | undefined;

/** Number of job files that are read while `work` runs. */
async function countReads(work: () => Promise<void>): Promise<number> {
  const { readFile } = fileSystem;
  let reads = 0;
  const counting = (...args: Parameters<typeof readFile>) => {
    reads += String(args[0]).startsWith(jobsFolder) ? 1 : 0;
    return readFile(...args);
  };
  Object.assign(fileSystem, { readFile: counting });
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
  const reads = await countReads(async () => {
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
  feed.showSheet({ queryNumber: 1, text: "", filter: "all", columns: 3, first: 0, count: 100 });
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
  const [prompt, old] = [freshPrompt(), many.idOf(0)];
  // The number of its messages depends on the service.
  await costOf(
    feed,
    () => send({ type: "generate", draft: draftOf(prompt) }),
    ({ jobs }) => jobs.some((job) => job.prompt === prompt && job.state === "done" && !job.isFollowed),
  );
  const scroll = await costOf(
    feed,
    async () =>
      feed.showSheet({ queryNumber: 2, text: "lantern", filter: "all", columns: 3, first: 1_000_000, count: 100 }),
    ({ jobs }) => jobs.some(({ id }) => id === old),
  );
  return { star, discard, scroll };
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
    for (const change of ["star", "discard", "scroll"] as const) {
      const [small, large] = [few[change], thousands[change]];
      assert.deepEqual([large.messages, large.reads], [small.messages, small.reads], change);
      // A number of rows has more digits.
      assert.ok(Math.abs(large.bytes - small.bytes) < 500, `${change}: ${small.bytes} and ${large.bytes} bytes`);
    }
  });
});
