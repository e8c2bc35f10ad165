import assert from "node:assert/strict";
import { parseJob } from "../../../src/core/jobs/jobSchema.ts";
import { family } from "../../../src/core/models/family.ts";
import { allJobNotes } from "../../../src/host/jobs/resultNotes.ts";
import { type JobViewContext, jobView } from "../../../src/host/panel/jobView.ts";
import { greyPng } from "../../support/greyPng.ts";
import { jobFilesOf } from "../support/files.ts";
import { freshPrompt, generateAndWait } from "../support/panel.ts";
import { faultProxy } from "../support/testService.ts";

const viewContext: JobViewContext = {
  family,
  isFollowed: () => false,
  isUnsent: () => false,
  lastActivityAt: () => 0,
  isInVault: () => true,
  hasThumbnail: () => false,
  isInWorkspace: () => false,
  shownPath: (uri) => uri,
};

/** Returns the job of a prompt with changed pictures. */
async function changedJob(prompt: string, change: (picture: object, index: number) => object) {
  const [file] = await jobFilesOf(prompt);
  assert.ok(file);
  const job = parseJob(JSON.stringify({ ...file, pictures: file.pictures.map(change) }));
  assert.ok(job);
  return job;
}

describe("a deviation from the request", () => {
  it("reads the same in the panel and after a command: another size", async () => {
    faultProxy().setRule(({ method }) =>
      method === "GET" ? { changePicture: () => greyPng(640, 360, 90) } : undefined,
    );
    const prompt = freshPrompt();
    const job = await generateAndWait(prompt);
    const sentence = "Runware delivered 640 × 360 pixels, not the size you asked for.";
    assert.deepEqual([job.notes, job.pictures.map(({ notes }) => notes)], [[sentence], [[sentence]]]);
    assert.deepEqual(allJobNotes(await changedJob(prompt, (picture) => picture)), [sentence]);
  });

  it("reads the same in the panel and after a command: pictures in a fallback folder, flagged and missing ones", async () => {
    const prompt = freshPrompt();
    await generateAndWait(prompt, { count: 2 });
    const change = (picture: object, index: number) =>
      index === 0 ? { ...picture, fallbackPath: "/home/me/limn-recovered/a.png", unsafe: true } : picture;
    const whole = await changedJob(prompt, change);
    const failures = [{ code: "blocked", message: "The filter stopped one." }];
    const file = { ...whole, failures, request: { ...whole.request, count: 3 } };
    const [inFallback, flagged] = [
      "Limn's vault cannot be written, so a picture is stored at /home/me/limn-recovered/a.png for now. See the log.",
      "The safety check flagged the content.",
    ];
    const view = jobView(file, viewContext);
    const missing = ["2 of 3 pictures were made.", "The filter stopped one.", "What is missing may have been billed."];
    assert.deepEqual(view?.notes, [...missing, inFallback, flagged]);
    assert.deepEqual(view?.notes, allJobNotes(file));
    assert.deepEqual(
      view?.pictures.map(({ notes }) => notes),
      [[inFallback, flagged], []],
    );
  });

  it("is shown with bidirectional control characters made visible", async () => {
    const prompt = freshPrompt();
    await generateAndWait(prompt);
    const kept = (picture: object) => ({ ...picture, kept: ["images/cod\u202Egpj.png"] });
    const view = jobView(await changedJob(prompt, kept), viewContext);
    assert.deepEqual(view?.pictures[0]?.kept, ["images/cod‹U+202E›gpj.png"]);
  });
});
