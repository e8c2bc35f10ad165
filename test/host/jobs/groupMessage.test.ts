import assert from "node:assert/strict";
import { LimnError, stoppedError } from "../../../src/core/errors.ts";
import type { Job, Picture } from "../../../src/core/jobs/job.ts";
import { type EndedItem, groupError, groupSentences } from "../../../src/host/jobs/groupMessage.ts";
import { storedJob, storedRequest } from "../../support/storedJob.ts";
import { uriInWorkspace } from "../support/files.ts";

const unpriced: Picture = { id: "p", file: "p.png", format: "PNG", width: 1024, height: 1024, kept: [] };
const picture: Picture = { ...unpriced, cost: 0.03 };

/** A job for real money with one picture. */
const paidJob = (change: Partial<Picture> = {}, more: Partial<Job> = {}): Job =>
  storedJob({ endpoint: "https://api.runware.ai/v1", pictures: [{ ...picture, ...change }], ...more });

const itemOf = (name: string) => ({ file: uriInWorkspace(name) });
const saved = (name: string, job: Job | undefined = paidJob()): EndedItem => ({
  item: itemOf(name),
  job,
  files: [uriInWorkspace(name).toString()],
});
const failed = (name: string, error: unknown, job?: Job): EndedItem => ({ item: itemOf(name), job, files: [], error });

/** The message on a group; the job files of `unwritten` cannot be written. */
const messageOn = (ended: readonly EndedItem[], notes: readonly string[] = [], unwritten?: string) =>
  groupSentences(ended, {
    jobs: { journal: { unwrittenReason: (id) => (id === unwritten ? "The disk is full." : undefined) } },
    result: (made, count) => `saved ${made} of ${count}`,
    notes,
  });

describe("the message on pictures that are bought together", () => {
  it("has the number of files and what all of them cost, or how much is only expected", () => {
    assert.deepEqual(messageOn([saved("a.png"), saved("b.png")]), ["saved 2 of 2 · $0.060"]);
    assert.deepEqual(messageOn([saved("a.png")]), ["Saved a.png · $0.030"]);
    const unknown = paidJob({}, { pictures: [unpriced] });
    assert.deepEqual(messageOn([saved("a.png"), saved("b.png", unknown)]), [
      "saved 2 of 2 · price unknown, about $0.058",
    ]);
    assert.deepEqual(messageOn([saved("a.png", storedJob({ pictures: [picture] }))]), [
      "Saved a.png · free in the sandbox",
    ]);
  });

  it("says once what differs from the requests, after the names of the files", () => {
    const opaque = paidJob(
      { unsafe: true },
      { taskUUID: "c", request: { ...storedRequest, tool: { id: "removeBackground" } } },
    );
    const cut = { ...opaque, taskUUID: "a", pictures: [{ ...picture, width: 512, fallbackPath: "/fallback/a.png" }] };
    const expensive = paidJob({ claimedCost: 900 });
    assert.deepEqual(
      messageOn([saved("a.png", cut), saved("b.png", expensive), saved("c.png", opaque)], ["Bye."], "c"),
      [
        "saved 3 of 3 · $0.090",
        "a.png: Runware delivered 512 × 1024 pixels, not the size you asked for.",
        "a.png: Limn's vault cannot be written, so a picture is stored at /fallback/a.png for now. See the log.",
        "a.png, c.png: The result has no transparency.",
        "b.png: Runware reported a cost of 900 USD for a picture, which is not plausible. The estimate is counted instead.",
        "c.png: The safety check flagged the content.",
        "c.png: Limn could not store the state of this request. The disk is full. Nothing is lost, and nothing is bought again: Limn checks again at the next start.",
        "Bye.",
      ],
    );
    assert.deepEqual(messageOn([saved("c.png", opaque)]).slice(1), [
      "The result has no transparency.",
      "The safety check flagged the content.",
    ]);
  });

  it("names the files that were not saved, with each reason, and counts pictures that are paid all the same", () => {
    const isFull = new LimnError("files", "The disk is full.");
    const refused = new LimnError("moderation", "The prompt was refused.");
    const ended = [
      saved("a.png"),
      failed("b.png", isFull, paidJob()),
      failed("c.png", refused, paidJob({}, { pictures: [] })),
      failed("d.png", isFull, paidJob()),
      failed("e.png", stoppedError()),
      {
        item: itemOf("f.png"),
        job: paidJob({}, { pictures: [{ id: "p", cost: 0.03, problem: "No answer.", kept: [] }] }),
        files: [],
      },
    ];
    assert.deepEqual(messageOn(ended, ["Bye."]), [
      "saved 1 of 6 · $0.120 for 4 pictures",
      "Not saved: b.png, d.png.",
      "The disk is full.",
      "Not saved: c.png.",
      "The prompt was refused.",
      "Not saved: f.png.",
      "",
      "f.png: A picture could not be fetched: No answer. “Limn: Show Unfinished Jobs” tries again.",
      "Bye.",
    ]);
  });

  it("names what was saved, and where the others are, if the user stops waiting", () => {
    const running = paidJob({}, { state: "running", pictures: [] });
    const ended = [saved("a.png"), failed("b.png", stoppedError(), running), failed("c.png", stoppedError())];
    assert.deepEqual(messageOn(ended), [
      "saved 1 of 3 · $0.030",
      "Limn has stopped waiting for 1 picture. “Limn: Show Unfinished Jobs” checks it again.",
    ]);
    const [one = saved("a.png"), other = one] = ended;
    assert.match(messageOn([one, other, other]).at(-1) ?? "", /waiting for 2 pictures\./);
  });

  it("is an error with all reasons, all files and what was left out, if nothing was saved", () => {
    const offline = new LimnError("offline", "There is no connection", { billed: "maybe", code: "ECONNRESET" });
    const ended = [failed("a.png", offline), failed("b.png", new Error("Oh"), paidJob())];
    const { kind, message, mentionsBilling, code } = groupError(ended, messageOn(ended, ["Left out: c.png"]));
    assert.equal(
      message,
      "saved 0 of 2 · $0.030 for 1 picture. Not saved: a.png. There is no connection It may have been billed. Not saved: b.png. Limn failed: Oh. Left out: c.png.",
    );
    assert.deepEqual([kind, mentionsBilling, code], ["offline", true, "ECONNRESET"]);
    assert.equal(groupError([failed("a.png", stoppedError())], []).kind, "stopped");
  });
});
