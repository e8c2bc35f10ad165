import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { commands } from "vscode";
import { parseJob } from "../../src/core/job.ts";
import { until } from "./commands.ts";
import { at, freshFolder, home, jobsOf, namesIn } from "./files.ts";
import { buy, jobFile, writeJob } from "./leftovers.ts";
import { clearReferences, draft, ended, first, freshPrompt, jobOf, made, send, snapshot } from "./panel.ts";
import { greyPng } from "./png.ts";
import { record, service, set } from "./service.ts";

/** Generates, and waits until the service has the job in hand; its answers are held back until the gate opens. */
async function begun(prompt: string) {
  const gate = Promise.withResolvers<void>();
  service().decide(({ taskType }) => (taskType === "getResponse" ? { hold: gate.promise } : undefined));
  await send({ type: "generate", draft: draft(prompt) });
  const job = await until("the job is running", async () => {
    const now = await jobOf(prompt);
    return now?.state === "running" && now;
  });
  return { job, gate };
}

describe("the queue of the panel", () => {
  it("shows a job from the moment it is written down, and that it is waited for", async () => {
    const prompt = freshPrompt();
    const { job, gate } = await begun(prompt);
    assert.deepEqual([job.followed, job.pictures.length, job.estimate], [true, 0, 0.028]);
    gate.resolve();
    assert.equal((await ended(prompt)).state, "done");
  });

  it("stops waiting without losing the job, which is free to check again", async () => {
    const prompt = freshPrompt();
    const { job, gate } = await begun(prompt);
    await send({ type: "stopWaiting", job: job.id });
    await until("nobody waits", async () => (await jobOf(prompt))?.followed === false);
    gate.resolve();
    assert.equal((await snapshot()).trouble, undefined);
    const sent = record();
    await send({ type: "checkAgain", job: job.id });
    assert.deepEqual([(await jobOf(prompt))?.state, (await jobOf(prompt))?.pictures.length], ["done", 1]);
    assert.equal(sent.requests("imageInference").length, 0);
  });

  it("stops waiting for all", async () => {
    const prompts = [freshPrompt(), freshPrompt()];
    const gate = Promise.withResolvers<void>();
    service().decide(({ taskType }) => (taskType === "getResponse" ? { hold: gate.promise } : undefined));
    for (const prompt of prompts) {
      await send({ type: "generate", draft: draft(prompt) });
    }
    await until("both are running", async () =>
      (await Promise.all(prompts.map(jobOf))).every((job) => job?.state === "running"),
    );
    await send({ type: "stopWaiting" });
    await until("nobody waits", async () => (await snapshot()).jobs.every(({ followed }) => !followed));
    gate.resolve();
    for (const prompt of prompts) {
      const job = await jobOf(prompt);
      assert.equal(job?.state, "running");
      await send({ type: "checkAgain", job: job.id });
      assert.equal((await jobOf(prompt))?.state, "done");
    }
  });

  it("tries again with a purchase of its own, and reads the references anew", async () => {
    await clearReferences();
    const folder = freshFolder();
    await mkdir(at(folder).fsPath, { recursive: true });
    await writeFile(at(`${folder}/grey.png`).fsPath, greyPng(300, 300, 20));
    await send({ type: "dropUris", list: at(`${folder}/grey.png`).toString() });
    const prompt = freshPrompt("At night");
    const job = await made(prompt, { quality: 77, format: "JPG" });
    await clearReferences();
    const sent = record();
    await send({ type: "tryAgain", job: job.id });
    const task = await until("it is sent", async () => sent.tasks()[0]);
    assert.deepEqual(
      [task?.positivePrompt, task?.outputQuality, task?.inputs?.referenceImages?.length],
      [prompt, 77, 1],
    );
    assert.notEqual(task?.taskUUID, job.id);
    await until("both jobs are done", async () => {
      const jobs = (await snapshot()).jobs.filter((one) => one.prompt === prompt);
      return jobs.length === 2 && jobs.every(({ state }) => state === "done");
    });
    await rm(at(`${folder}/grey.png`).fsPath);
    // The same job tried again a moment later would be a slip of the hand, so it is the new one.
    const [again] = (await snapshot()).jobs.filter((one) => one.prompt === prompt && one.id !== job.id);
    await send({ type: "tryAgain", job: again?.id ?? "" });
    assert.match((await snapshot()).trouble?.message ?? "", /grey\.png could not be read/);
    assert.equal(sent.tasks().length, 1);
  });

  it("forgets a job that was refused without a question: nothing was bought", async () => {
    const prompt = freshPrompt("A fox [sandbox:refuse=insufficientCredits]");
    await made(prompt);
    const { id } = await ended(prompt);
    await send({ type: "forget", job: id });
    assert.deepEqual([await jobOf(prompt), await jobsOf(prompt)], [undefined, []]);
  });

  it("asks before it forgets a job that failed after it was accepted: it may have been billed", async () => {
    const prompt = freshPrompt("A fox [sandbox:error=providerError]");
    await made(prompt);
    const { id, mayBeBilled, state } = await ended(prompt);
    assert.deepEqual([state, mayBeBilled], ["failed", true]);
    await send({ type: "forget", job: id });
    assert.match((await snapshot()).trouble?.message ?? "", /refused to show dialog in tests.*Forget this job\?/s);
    assert.equal((await jobsOf(prompt)).length, 1);
    await send({ type: "dismissTrouble" });
  });

  it("sends the check that a job of an earlier version asked for, and not the mode that disabled it", async () => {
    const [taskUUID, prompt, sent] = [randomUUID(), freshPrompt(), record()];
    const left = parseJob(jobFile(taskUUID, { endpoint: service().url, folder: home(), keep: "ask" }));
    assert.ok(left);
    const request = { ...left.request, prompt, safety: { checkContent: true, mode: "none" } };
    const failures = [{ code: "x", message: "No.", billed: "no" }];
    await writeJob(taskUUID, JSON.stringify({ ...left, state: "failed", request, failures }));
    await send({ type: "ready" });
    await send({ type: "tryAgain", job: taskUUID });
    const task = await until("it is sent", async () => sent.tasks()[0]);
    assert.deepEqual(task.safety, { checkContent: true, mode: "fast" });
    await until("it is done", async () => (await jobsOf(prompt)).some(({ state }) => state === "done"));
  });

  it("checks a job of an earlier session again, and shows what came of it", async () => {
    const [taskUUID, folder] = [randomUUID(), freshFolder()];
    await buy(taskUUID);
    await writeJob(taskUUID, jobFile(taskUUID, { endpoint: service().url, folder: at(folder), keep: "ask" }));
    await send({ type: "ready" });
    assert.ok((await snapshot()).jobs.some(({ id }) => id === taskUUID));
    await send({ type: "checkAgain", job: taskUUID });
    const job = (await snapshot()).jobs.find(({ id }) => id === taskUUID);
    assert.deepEqual([job?.state, job?.pictures.length, await namesIn(folder)], ["done", 1, []]);
  });

  it("fills the form with a job's settings, references included, each time under a new number", async () => {
    await clearReferences();
    await send({ type: "dropUris", list: at("images/hut.png").toString() });
    const [prompt, folder] = [freshPrompt("At night"), freshFolder()];
    const job = await made(prompt, { quality: 66, format: "WEBP", path: `${folder}/night` });
    await clearReferences();
    await send({ type: "reuse", job: job.id });
    const { fill, draft: view } = await snapshot();
    assert.deepEqual(fill?.draft, {
      ...{ prompt, shape: { width: 1024, height: 1024 }, count: 1, format: "WEBP", quality: 66, outputType: "URL" },
      ...{ path: `${folder}/night`, safety: "off", deliveryMethod: "async" },
    });
    assert.equal(fill?.whole, true);
    assert.deepEqual(
      view.references.map(({ label }) => label),
      ["images/hut.png"],
    );
    await send({ type: "reuse", job: job.id });
    assert.ok(((await snapshot()).fill?.number ?? 0) > (fill?.number ?? 0));
    await clearReferences();
  });

  it("gives back what is rare as well: no size, the safety check and the way of delivery", async () => {
    await commands.executeCommand("limn.addReferences", at("images/hut.png"));
    const rare = { shape: "like-reference", safety: "fast", deliveryMethod: "sync" } as const;
    const [sent, job] = [record(), await made(freshPrompt("At dawn"), rare)];
    const [task] = sent.tasks();
    assert.deepEqual(
      [task?.width, task?.resolution, task?.safety?.mode, task?.deliveryMethod],
      [undefined, undefined, "fast", "sync"],
    );
    await set("deliveryMethod", "async");
    await send({ type: "reuse", job: job.id });
    assert.partialDeepStrictEqual((await snapshot()).fill?.draft, rare);
    await clearReferences();
  });

  it("says so where a job or picture is named that is not there", async () => {
    const nowhere = { job: randomUUID(), picture: randomUUID() };
    const job = await made(freshPrompt());
    for (const intent of [
      { type: "checkAgain", job: nowhere.job },
      { type: "tryAgain", job: nowhere.job },
      { type: "forget", job: nowhere.job },
      { type: "reuse", job: nowhere.job },
      { type: "keep", ...nowhere },
      { type: "open", job: job.id, picture: nowhere.picture },
      { type: "discard", job: nowhere.job, picture: first(job).ref.picture },
      { type: "compare", ...first(job).ref, with: nowhere },
    ] as const) {
      await send(intent);
      assert.match(
        (await snapshot()).trouble?.message ?? "",
        /not in the journal any more|has not arrived/,
        intent.type,
      );
    }
    await send({ type: "dismissTrouble" });
  });
});
