import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { commands } from "vscode";
import { parseJob } from "../../../src/core/jobs/jobSchema.ts";
import { greyPng } from "../../support/greyPng.ts";
import { waitUntil } from "../support/commands.ts";
import { fileNamesIn, freshFolder, jobFilesOf, uriInWorkspace, workspaceRoot } from "../support/files.ts";
import {
  clearReferences,
  draftOf,
  findJobView,
  firstPicture,
  freshPrompt,
  generateAndWait,
  panel,
  send,
  snapshot,
  waitForEnd,
} from "../support/panel.ts";
import { buyFromSandbox, jobFileText, writeJob } from "../support/storedJobs.ts";
import { faultProxy, holdPictures, recordRequests, setSetting } from "../support/testService.ts";

/** Starts a job and waits until it is running. Call `release` to let the service answer. */
async function startHeldJob(prompt: string) {
  const release = holdPictures();
  await send({ type: "generate", draft: draftOf(prompt) });
  const job = await waitUntil("the job is running", async () => {
    const now = await findJobView(prompt);
    return now?.state === "running" && now;
  });
  return { job, release };
}

describe("the queue of the panel", () => {
  it("shows a job as soon as it is stored, and that Limn follows it", async () => {
    const prompt = freshPrompt();
    const { job, release } = await startHeldJob(prompt);
    assert.deepEqual([job.isFollowed, job.pictures.length, job.estimate], [true, 0, 0.028]);
    release();
    assert.equal((await waitForEnd(prompt)).state, "done");
  });

  it("stops waiting for a job, which can be checked again for free", async () => {
    const prompt = freshPrompt();
    const { job, release } = await startHeldJob(prompt);
    await send({ type: "stopWaiting", job: job.id });
    await waitUntil("Limn has stopped following", async () => (await findJobView(prompt))?.isFollowed === false);
    release();
    assert.equal((await snapshot()).lastError, undefined);
    const sent = recordRequests();
    await send({ type: "checkAgain", job: job.id });
    assert.deepEqual([(await findJobView(prompt))?.state, (await findJobView(prompt))?.pictures.length], ["done", 1]);
    assert.equal(sent.requests("imageInference").length, 0);
  });

  it("stops waiting for all jobs", async () => {
    const prompts = [freshPrompt(), freshPrompt()];
    const release = holdPictures();
    for (const prompt of prompts) {
      await send({ type: "generate", draft: draftOf(prompt) });
    }
    await waitUntil("both are running", async () =>
      (await Promise.all(prompts.map(findJobView))).every((job) => job?.state === "running"),
    );
    await send({ type: "stopWaiting" });
    await waitUntil("Limn has stopped following", async () =>
      (await snapshot()).jobs.every(({ isFollowed: followed }) => !followed),
    );
    release();
    for (const prompt of prompts) {
      const job = await findJobView(prompt);
      assert.equal(job?.state, "running");
      await send({ type: "checkAgain", job: job.id });
      assert.equal((await findJobView(prompt))?.state, "done");
    }
  });

  it("tries again with a new purchase, and reads the references again", async () => {
    await clearReferences();
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    await writeFile(uriInWorkspace(`${folder}/grey.png`).fsPath, greyPng(300, 300, 20));
    await send({ type: "dropUris", list: uriInWorkspace(`${folder}/grey.png`).toString() });
    const prompt = freshPrompt("At night");
    const job = await generateAndWait(prompt, { quality: 77, format: "JPG" });
    await clearReferences();
    const sent = recordRequests();
    await send({ type: "tryAgain", job: job.id });
    const task = await waitUntil("the request is sent", async () => sent.tasks()[0]);
    assert.deepEqual(
      [task?.positivePrompt, task?.outputQuality, task?.inputs?.referenceImages?.length],
      [prompt, 77, 1],
    );
    assert.notEqual(task?.taskUUID, job.id);
    await waitUntil("both jobs are done", async () => {
      const jobs = (await snapshot()).jobs.filter((one) => one.prompt === prompt);
      return jobs.length === 2 && jobs.every(({ state }) => state === "done");
    });
    await rm(uriInWorkspace(`${folder}/grey.png`).fsPath);
    // Uses the new job, since a second Try Again on the same one would count as a double click.
    const [again] = (await snapshot()).jobs.filter((one) => one.prompt === prompt && one.id !== job.id);
    await send({ type: "tryAgain", job: again?.id ?? "" });
    assert.match((await snapshot()).lastError?.message ?? "", /grey\.png could not be read/);
    assert.equal(sent.tasks().length, 1);
  });

  it("makes more like a picture by the same request, and one in 2K, with their prices before", async () => {
    await clearReferences();
    const prompt = freshPrompt("A hut");
    const job = await generateAndWait(prompt, { count: 2, shape: { width: 1360, height: 768 } });
    assert.deepEqual([job.makeMoreEstimate, job.in2kEstimate], [0.056, 0.028]);
    const sent = recordRequests();
    await send({ type: "makeMore", job: job.id, in2k: false });
    await send({ type: "makeMore", job: job.id, in2k: true });
    await waitUntil("both requests are sent", async () => sent.tasks().length === 2);
    assert.deepEqual(
      sent
        .tasks()
        .map(({ positivePrompt, width, height, numberResults }) => [positivePrompt, width, height, numberResults]),
      [
        [prompt, 1360, 768, 2],
        [prompt, 2720, 1536, 1],
      ],
    );
    assert.equal(new Set([job.id, ...sent.tasks().map(({ taskUUID }) => taskUUID)]).size, 3);
    const jobs = await waitUntil("all are done", async () => {
      const all = (await snapshot()).jobs.filter((one) => one.prompt === prompt);
      return all.length === 3 && all.every(({ state }) => state === "done") ? all : undefined;
    });
    const large = jobs.find(({ shape }) => shape === "2720 × 1536");
    assert.equal(large?.in2kEstimate, undefined);
    await send({ type: "makeMore", job: large?.id ?? "", in2k: true });
    assert.match((await snapshot()).lastError?.message ?? "", /no larger size/);
    assert.equal(sent.tasks().length, 2);
  });

  it("makes the pictures that were not made, once, and shows their price before", async () => {
    const prompt = freshPrompt("A fox [sandbox:fail=1]");
    const { id, ...job } = await generateAndWait(prompt, { count: 3 });
    assert.deepEqual([job.state, job.pictures.length, job.unmade, job.tryAgainEstimate], ["done", 2, 1, 0.028]);
    const sent = recordRequests();
    await send({ type: "makeUnmade", job: id });
    const task = await waitUntil("the request is sent", async () => sent.tasks()[0]);
    assert.deepEqual([task?.positivePrompt, task?.numberResults ?? 1], [prompt, 1]);
    assert.notEqual(task?.taskUUID, id);
    const first = async () => (await snapshot()).jobs.find((one) => one.id === id);
    assert.equal((await first())?.unmade, undefined);
    await send({ type: "makeUnmade", job: id });
    assert.equal(sent.tasks().length, 1);
  });

  it("makes no pictures that were dismissed", async () => {
    const { id } = await generateAndWait(freshPrompt("A fox [sandbox:fail=1]"), { count: 2 });
    await send({ type: "dismissUnmade", job: id });
    const sent = recordRequests();
    await send({ type: "makeUnmade", job: id });
    assert.match((await snapshot()).lastError?.message ?? "", /made again, or dismissed/);
    assert.equal(sent.tasks().length, 0);
  });

  it("still offers pictures that were not made if the budget refuses them, and until they are dismissed", async () => {
    const { id } = await generateAndWait(freshPrompt("A fox [sandbox:fail=1]"), { count: 2 });
    const unmade = async () => (await snapshot()).jobs.find((one) => one.id === id)?.unmade;
    const sent = recordRequests();
    await setSetting("budget.perDay", 0.001);
    try {
      await send({ type: "makeUnmade", job: id });
      assert.equal((await snapshot()).lastError?.remedy, "budget");
    } finally {
      await setSetting("budget.perDay", 0);
    }
    assert.deepEqual([await unmade(), sent.tasks().length], [1, 0]);
    await send({ type: "dismissUnmade", job: id });
    assert.deepEqual([await unmade(), sent.tasks().length], [undefined, 0]);
  });

  for (const [fault, remedy] of [
    ["refuse=invalidApiKey", "setApiKey"],
    ["refuse=insufficientCredits", "getKey"],
    ["refuse=promptBlocked", "edit"],
    ["error=contentModeration", "edit"],
    ["error=providerError", undefined],
  ] as const) {
    it(`offers what helps after ${fault}: ${remedy ?? "only trying again"}`, async () => {
      const prompt = freshPrompt(`A fox [sandbox:${fault}]`);
      await generateAndWait(prompt);
      const job = await waitForEnd(prompt);
      assert.deepEqual([job.state, job.remedy], ["failed", remedy]);
    });
  }

  it("forgets a refused job without a confirmation, since nothing was bought", async () => {
    const prompt = freshPrompt("A fox [sandbox:refuse=insufficientCredits]");
    await generateAndWait(prompt);
    const { id } = await waitForEnd(prompt);
    await send({ type: "forget", job: id });
    assert.deepEqual([await findJobView(prompt), await jobFilesOf(prompt)], [undefined, []]);
  });

  it("asks before it forgets a job that failed after acceptance, since it may have been billed", async () => {
    const prompt = freshPrompt("A fox [sandbox:error=providerError]");
    await generateAndWait(prompt);
    const { id, mayBeBilled, state } = await waitForEnd(prompt);
    assert.deepEqual([state, mayBeBilled], ["failed", true]);
    await send({ type: "forget", job: id });
    assert.match((await snapshot()).lastError?.message ?? "", /refused to show dialog in tests.*Forget this job\?/s);
    assert.equal((await jobFilesOf(prompt)).length, 1);
    await send({ type: "dismissError" });
  });

  it("sends the safety check of a job of an earlier version, and not the mode that disabled it", async () => {
    const [taskUUID, prompt, sent] = [randomUUID(), freshPrompt(), recordRequests()];
    const storedJob = parseJob(
      jobFileText(taskUUID, { endpoint: faultProxy().url, folder: workspaceRoot(), keep: "ask" }),
    );
    assert.ok(storedJob);
    const request = { ...storedJob.request, prompt, safety: { checkContent: true, mode: "none" } };
    const failures = [{ code: "x", message: "No.", billed: "no" }];
    await writeJob(taskUUID, JSON.stringify({ ...storedJob, state: "failed", request, failures }));
    await send({ type: "ready" });
    await send({ type: "tryAgain", job: taskUUID });
    const task = await waitUntil("the request is sent", async () => sent.tasks()[0]);
    assert.deepEqual(task.safety, { checkContent: true, mode: "fast" });
    await waitUntil("the job is done", async () => (await jobFilesOf(prompt)).some(({ state }) => state === "done"));
  });

  /** Writes a refused job of a model, and returns its UUID. */
  async function writeRefusedJob(prompt: string, model: string, values: object): Promise<string> {
    const taskUUID = randomUUID();
    const storedJob = parseJob(
      jobFileText(taskUUID, { endpoint: faultProxy().url, folder: workspaceRoot(), keep: "ask" }),
    );
    assert.ok(storedJob);
    const request = { ...storedJob.request, prompt, ...values };
    const failures = [{ code: "x", message: "No.", billed: "no" }];
    const job = { ...storedJob, model, state: "failed", request, failures, estimate: 0.028 };
    await writeJob(taskUUID, JSON.stringify(job));
    await send({ type: "ready" });
    return taskUUID;
  }

  it("shows what trying again costs today, not what it was to cost when the job began", async () => {
    const prompt = freshPrompt();
    await writeRefusedJob(prompt, "klingai:kling-image@o3", { shape: { width: 4096, height: 4096 } });
    const job = await findJobView(prompt);
    assert.deepEqual([job?.estimate, job?.tryAgainEstimate], [0.028, 0.056]);
  });

  it("says that a job of an unknown model cannot be tried again, and fills the form with its other settings", async () => {
    const [prompt, sent] = [freshPrompt(), recordRequests()];
    const taskUUID = await writeRefusedJob(prompt, "acme:swan@9", { shape: { width: 1024, height: 1024 } });
    assert.equal((await findJobView(prompt))?.tryAgainEstimate, undefined);
    await send({ type: "tryAgain", job: taskUUID });
    assert.match(
      (await snapshot()).lastError?.message ?? "",
      /^Limn does not know the model “acme:swan@9” of this job, so it cannot be tried again\./,
    );
    assert.equal(sent.requests("imageInference").length, 0);
    await send({ type: "dismissError" });
    await send({ type: "reuse", job: taskUUID });
    const { draftUpdate, lastError } = await snapshot();
    assert.partialDeepStrictEqual(draftUpdate?.draft, { prompt, model: "acme:swan@9", count: 1 });
    assert.equal(lastError, undefined);
  });

  it("shows a job with values of a later version, does not try it again, and fills the form with the known ones", async () => {
    const [prompt, sent] = [freshPrompt(), recordRequests()];
    const values = { shape: { resolution: "8k" }, format: "AVIF", outputType: "blob" };
    const taskUUID = await writeRefusedJob(prompt, "klingai:kling-image@3", values);
    const job = await findJobView(prompt);
    assert.deepEqual([job?.shape, job?.format, job?.tryAgainEstimate], ["8K like the reference", "AVIF", undefined]);
    await send({ type: "tryAgain", job: taskUUID });
    assert.match(
      (await snapshot()).lastError?.message ?? "",
      /^This job uses “8k, AVIF, blob”, which this version of Limn does not know/,
    );
    assert.equal(sent.requests("imageInference").length, 0);
    await send({ type: "dismissError" });
    await send({ type: "reuse", job: taskUUID });
    const { draftUpdate, lastError } = await snapshot();
    assert.partialDeepStrictEqual(draftUpdate?.draft, { prompt, count: 1 });
    assert.deepEqual(
      [draftUpdate?.draft.shape, draftUpdate?.draft.format, lastError],
      [undefined, undefined, undefined],
    );
  });

  it("checks a job of an earlier session again, and shows its result", async () => {
    const [taskUUID, folder] = [randomUUID(), freshFolder()];
    await buyFromSandbox(taskUUID);
    await writeJob(
      taskUUID,
      jobFileText(taskUUID, { endpoint: faultProxy().url, folder: uriInWorkspace(folder), keep: "ask" }),
    );
    await send({ type: "ready" });
    assert.ok((await snapshot()).jobs.some(({ id }) => id === taskUUID));
    await send({ type: "checkAgain", job: taskUUID });
    const job = (await snapshot()).jobs.find(({ id }) => id === taskUUID);
    assert.deepEqual([job?.state, job?.pictures.length, await fileNamesIn(folder)], ["done", 1, []]);
  });

  it("lists pictures of another workspace apart, and those of an unknown one in every workspace", async () => {
    const ids: string[] = [];
    for (const workspace of [workspaceRoot().toString(), "file:///somewhere/else", undefined]) {
      const [taskUUID, folder] = [randomUUID(), uriInWorkspace(freshFolder())];
      ids.push(taskUUID);
      await buyFromSandbox(taskUUID);
      const fields = { endpoint: faultProxy().url, folder, keep: "ask" } as const;
      await writeJob(taskUUID, jobFileText(taskUUID, { ...fields, ...(workspace === undefined ? {} : { workspace }) }));
      await send({ type: "ready" });
      await send({ type: "checkAgain", job: taskUUID });
    }
    const feed = (await panel()).createFeed();
    feed.start();
    const shown = (everywhere: boolean) => {
      feed.showSheet({ queryNumber: 1, text: "", filter: "all", everywhere, columns: 1, first: 0, count: 100_000 });
      const sheet = feed.next()?.changed.sheet;
      return ids.map((id) => sheet?.groups.some(({ job }) => job === id));
    };
    assert.deepEqual(
      [shown(false), shown(true)],
      [
        [true, false, true],
        [true, true, true],
      ],
    );
  });

  it("fills the form with a job's settings and references, each time with a new id", async () => {
    await clearReferences();
    await send({ type: "dropUris", list: uriInWorkspace("images/hut.png").toString() });
    const [prompt, folder] = [freshPrompt("At night"), freshFolder()];
    const job = await generateAndWait(prompt, { quality: 66, format: "WEBP", path: `${folder}/night` });
    await clearReferences();
    await send({ type: "reuse", job: job.id });
    const { draftUpdate: fill, draft: view } = await snapshot();
    assert.deepEqual(fill?.draft, {
      model: "klingai:kling-image@3",
      prompt,
      shape: { width: 1024, height: 1024 },
      count: 1,
      format: "WEBP",
      quality: 66,
      path: `${folder}/night`,
      safety: "off",
    });
    assert.equal(fill?.replacesDraft, true);
    assert.deepEqual(
      view.references.map(({ label }) => label),
      ["images/hut.png"],
    );
    await send({ type: "reuse", job: job.id });
    assert.ok(((await snapshot()).draftUpdate?.id ?? 0) > (fill?.id ?? 0));
    await clearReferences();
  });

  it("also restores the shape of the reference and the safety check", async () => {
    await commands.executeCommand("limn.addReferences", uriInWorkspace("images/hut.png"));
    const rareFields = { shape: "like-reference", safety: "fast" } as const;
    const [sent, job] = [recordRequests(), await generateAndWait(freshPrompt("At dawn"), rareFields)];
    const [task] = sent.tasks();
    assert.deepEqual([task?.width, task?.resolution, task?.safety?.mode], [undefined, undefined, "fast"]);
    await send({ type: "reuse", job: job.id });
    assert.partialDeepStrictEqual((await snapshot()).draftUpdate?.draft, rareFields);
    await clearReferences();
  });

  it("shows an error for an unknown job or picture", async () => {
    const unknown = { job: randomUUID(), picture: randomUUID() };
    const job = await generateAndWait(freshPrompt());
    for (const intent of [
      { type: "checkAgain", job: unknown.job },
      { type: "tryAgain", job: unknown.job },
      { type: "forget", job: unknown.job },
      { type: "reuse", job: unknown.job },
      { type: "keep", ...unknown },
      { type: "open", job: job.id, picture: unknown.picture },
      { type: "discard", job: unknown.job, picture: firstPicture(job).ref.picture },
      { type: "compare", ...firstPicture(job).ref, with: unknown },
    ] as const) {
      await send(intent);
      assert.match((await snapshot()).lastError?.message ?? "", /does not exist any more|has not arrived/, intent.type);
    }
    await send({ type: "dismissError" });
  });
});
