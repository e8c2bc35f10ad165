import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { ManyAction } from "../../../src/core/sheet/manyPictures.ts";
import type { DraftFields } from "../../../src/protocol.ts";
import { fileNamesIn, freshFolder, jobFilesOf, vaultFolder } from "../support/files.ts";
import { findJobView, freshPrompt, generateAndWait, send, snapshot } from "../support/panel.ts";
import { enter, enterUntilDone, escapeUntilDone, typeText, waitForInput } from "../support/quickInput.ts";

/** Generates pictures that are kept as `fox` in a new folder; returns the references to them. */
async function generateFoxes(count: number, more: DraftFields = {}) {
  const [prompt, folder] = [freshPrompt(), freshFolder()];
  const job = await generateAndWait(prompt, { count, path: `${folder}/fox`, ...more });
  return { prompt, folder, refs: job.pictures.map(({ id }) => ({ job: job.id, picture: id })) };
}

type Ref = Awaited<ReturnType<typeof generateFoxes>>["refs"][number];

const act = (action: ManyAction, pictures: readonly Ref[]) =>
  send({ type: "actOnMany", action, pictures: [...pictures] });
const lastError = async () => (await snapshot()).lastError?.message;
const shownCount = async (prompt: string) => (await findJobView(prompt))?.pictures.length ?? 0;

describe("several pictures of the panel", () => {
  before(() => send({ type: "ready" }));
  afterEach(() => send({ type: "dismissError" }));

  it("are kept together, in their order, without those that are kept already", async () => {
    const { prompt, folder, refs } = await generateFoxes(3);
    await act("keep", refs.slice(0, 1));
    await act("keep", refs);
    assert.deepEqual(await fileNamesIn(folder), ["fox-2.png", "fox-3.png", "fox.png"]);
    assert.deepEqual(
      (await findJobView(prompt))?.pictures.map(({ kept }) => kept),
      [[`${folder}/fox.png`], [`${folder}/fox-2.png`], [`${folder}/fox-3.png`]],
    );
    assert.equal(await lastError(), undefined);
  });

  it("are kept although one of them cannot be, and the message says which one and why", async () => {
    const { prompt, folder, refs } = await generateFoxes(3);
    const [job] = await jobFilesOf(prompt);
    await rm(join(vaultFolder, job?.pictures[1]?.file ?? "?"));
    await act("keep", refs);
    assert.deepEqual(await fileNamesIn(folder), ["fox-2.png", "fox.png"]);
    const message = (await lastError()) ?? "";
    assert.ok(message.startsWith("1 of 3 pictures could not be kept. They are still in the panel."), message);
    assert.ok(message.includes(`Picture 2 of “${prompt}”: `), message);
  });

  it("are kept with a message on all that went wrong, also with the files that they are for", async () => {
    const { prompt, folder, refs } = await generateFoxes(2, { exportTarget: "hero" });
    const [job] = await jobFilesOf(prompt);
    await rm(join(vaultFolder, job?.pictures[1]?.file ?? "?"));
    await act("keep", refs);
    assert.deepEqual(await fileNamesIn(folder), ["fox.png"]);
    const message = (await lastError()) ?? "";
    assert.ok(message.startsWith("1 of 2 pictures could not be kept."), message);
    assert.match(message, /fox\.png has 1024 × 1024 pixels, and Hero.* needs 1920 × 1080/);
  });

  it("are discarded together, and one Undo restores them all, and no picture that was discarded before", async () => {
    const { prompt, refs } = await generateFoxes(4);
    const [first, ...others] = refs;
    assert.ok(first);
    await act("discard", [first]);
    await act("discard", others);
    assert.equal(await shownCount(prompt), 0);
    const offered = (await snapshot()).lastDiscarded;
    assert.deepEqual([offered?.job, offered?.others], [first.job, 2]);
    await send({ type: "undoDiscard" });
    assert.equal(await shownCount(prompt), 3);
    const next = (await snapshot()).lastDiscarded;
    assert.deepEqual([next?.picture, next?.others], [first.picture, undefined]);
    await send({ type: "undoDiscard" });
    assert.equal(await shownCount(prompt), 4);
  });

  it("are offered by Undo without one that was restored alone", async () => {
    const { prompt, refs } = await generateFoxes(3);
    await act("discard", refs);
    await act("restore", refs.slice(0, 1));
    assert.equal((await snapshot()).lastDiscarded?.others, 1);
    await send({ type: "undoDiscard" });
    assert.equal(await shownCount(prompt), 3);
  });

  it("get and lose their stars together", async () => {
    const { prompt, refs } = await generateFoxes(2);
    const stars = async () => (await findJobView(prompt))?.pictures.map(({ isStarred }) => isStarred);
    await act("star", refs);
    assert.deepEqual(await stars(), [true, true]);
    await act("unstar", refs);
    assert.deepEqual(await stars(), [false, false]);
  });

  it("are exported in one step, and not kept by it", async () => {
    const { folder, refs } = await generateFoxes(2);
    await act("keep", refs.slice(0, 1));
    const exported = await waitForInput("the export", () => act("export", [...refs, ...refs]));
    await typeText("AVIF");
    await enterUntilDone(exported);
    assert.deepEqual(await fileNamesIn(folder), ["fox-2.avif", "fox.avif", "fox.png"]);
  });

  it("leave no file if the export is canceled, at the target or at the folder", async () => {
    const { prompt, folder, refs } = await generateFoxes(2);
    for (const steps of [0, 1]) {
      const exported = await waitForInput("the export", () => act("export", refs));
      if (steps > 0) {
        await typeText("AVIF");
        await enter();
      }
      await escapeUntilDone(exported);
    }
    assert.deepEqual(await fileNamesIn(folder), []);
    assert.deepEqual(
      (await findJobView(prompt))?.pictures.flatMap(({ kept }) => kept),
      [],
    );
    assert.equal(await lastError(), undefined);
  });

  it("for a target of one picture are kept, with a sentence on what to do", async () => {
    const { folder, refs } = await generateFoxes(2, { exportTarget: "favicon" });
    await act("keep", refs);
    assert.deepEqual(await fileNamesIn(folder), ["fox-2.png", "fox.png"]);
    assert.match((await lastError()) ?? "", /^Favicon.* is made of one picture, and you kept 2\./);
  });

  it("that are many are discarded with a progress, and restored together", async () => {
    const foxes = [await generateFoxes(12), await generateFoxes(12)];
    const counts = () => Promise.all(foxes.map(({ prompt }) => shownCount(prompt)));
    await act(
      "discard",
      foxes.flatMap(({ refs }) => refs),
    );
    assert.deepEqual(await counts(), [0, 0]);
    assert.equal((await snapshot()).lastDiscarded?.others, 23);
    await send({ type: "undoDiscard" });
    assert.deepEqual(await counts(), [12, 12]);
  });

  it("of which one does not exist any more do what they can, and say it", async () => {
    const { prompt, refs } = await generateFoxes(1);
    await act("star", [...refs, { job: refs[0]?.job ?? "", picture: "gone" }]);
    assert.equal((await findJobView(prompt))?.pictures[0]?.isStarred, true);
    assert.match((await lastError()) ?? "", /^1 of 2 pictures could not be changed\./);
  });
});
