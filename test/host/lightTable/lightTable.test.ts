import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { commands, env, type Tab, ViewColumn, window } from "vscode";
import { waitUntil } from "../support/commands.ts";
import { fileNamesIn, freshFolder, jobFilesOf, readLogs, vaultFolder } from "../support/files.ts";
import { findJobView, freshPrompt, generateAndWait, lightTable, send, snapshot } from "../support/panel.ts";
import { lightTableTabs } from "../support/quickInput.ts";

/** Generates pictures and returns the references to them. */
async function generate(count: number, path = "images/hut") {
  const prompt = freshPrompt("A mountain hut");
  const job = await generateAndWait(prompt, { count, path });
  return { prompt, refs: job.pictures.map(({ id }) => ({ job: job.id, picture: id })) };
}

const labelOf = ([tab]: readonly Tab[]) => tab?.label;

const waitForLabel = (label: string | undefined) =>
  waitUntil(`the light table is “${label}”`, async () => labelOf(lightTableTabs()) === label);

/** Sends a message to the light table as its page does. */
const post = async (message: unknown) => (await lightTable()).handleMessage(message);

describe("the light table", () => {
  before(() => send({ type: "ready" }));
  afterEach(async () => {
    (await lightTable()).close();
    await waitForLabel(undefined);
  });
  // A visible panel asks for the balance when a job has ended, also in later tests.
  after(() => commands.executeCommand("workbench.view.explorer"));

  it("opens for a tile of the panel, with the prompt and the place of the picture as its title", async () => {
    const { prompt, refs } = await generate(2);
    assert.ok(refs[1]);
    await send({ type: "open", ...refs[1] });
    await waitForLabel(`${prompt}, 2 of 2`);
  });

  it("shows another picture in the same tab, and follows the page", async () => {
    const [a, b] = [await generate(1), await generate(2)];
    assert.ok(a.refs[0] && b.refs[0] && b.refs[1]);
    await send({ type: "open", ...a.refs[0] });
    await waitForLabel(a.prompt);
    await send({ type: "open", ...b.refs[0] });
    await waitForLabel(`${b.prompt}, 1 of 2`);
    assert.equal(lightTableTabs().length, 1);
    await post({ type: "show", ...b.refs[1] });
    await waitForLabel(`${b.prompt}, 2 of 2`);
    // Only pictures of the job that is open can be chosen.
    await post({ type: "show", ...a.refs[0] });
    assert.equal(labelOf(lightTableTabs()), `${b.prompt}, 2 of 2`);
  });

  it("keeps, stars, discards and restores as the panel does, and the panel shows it", async () => {
    const folder = freshFolder();
    const { prompt, refs } = await generate(2, `${folder}/hut`);
    const [first, second] = refs;
    assert.ok(first && second);
    await send({ type: "open", ...first });
    await post({ type: "keep", ...first });
    await post({ type: "star", ...first, starred: true });
    await post({ type: "discard", ...second });
    const job = await findJobView(prompt);
    assert.deepEqual(await fileNamesIn(folder), ["hut.png"]);
    assert.deepEqual(
      job?.pictures.map(({ kept, isStarred }) => [kept, isStarred]),
      [[[`${folder}/hut.png`], true]],
    );
    assert.equal((await snapshot()).lastDiscarded?.picture, second.picture);
    await post({ type: "restore", ...second });
    assert.equal((await findJobView(prompt))?.pictures.length, 2);
  });

  it("opens the file that a picture was kept as", async () => {
    const folder = freshFolder();
    const { refs } = await generate(1, `${folder}/hut`);
    assert.ok(refs[0]);
    await send({ type: "open", ...refs[0] });
    await post({ type: "keep", ...refs[0] });
    await post({ type: "openKept", ...refs[0], index: 0 });
    await waitUntil("the file is open", async () =>
      window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === "hut.png")),
    );
    await post({ type: "openKept", ...refs[0], index: 7 });
    await commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("makes a picture the reference of the form", async () => {
    const { prompt, refs } = await generate(1);
    assert.ok(refs[0]);
    await send({ type: "open", ...refs[0] });
    await post({ type: "useAsReference", ...refs[0] });
    const { draft, draftUpdate } = await snapshot();
    assert.deepEqual([draft.references.map(({ label }) => label), draftUpdate?.focus], [[prompt], "prompt"]);
    const [reference] = draft.references;
    assert.ok(reference);
    await send({ type: "removeReference", id: reference.id });
    await commands.executeCommand("workbench.view.explorer");
  });

  it("compares with the neighbour, or with the marked picture, and returns to the picture", async () => {
    const { prompt, refs } = await generate(3);
    const [first, second, third] = refs;
    assert.ok(first && second && third);
    await send({ type: "open", ...second });
    await waitForLabel(`${prompt}, 2 of 3`);
    await post({ type: "compare", ...second, otherwise: first });
    await waitForLabel(`Picture 1 of “${prompt}” ↔ Picture 2 of “${prompt}”`);
    await post({ type: "stopComparing" });
    await waitForLabel(`${prompt}, 2 of 3`);
    const query = {
      type: "showSheet",
      queryNumber: 1,
      text: "",
      filter: "all",
      columns: 2,
      first: 0,
      count: 50,
    } as const;
    await send({ ...query, marked: third });
    await post({ type: "compare", ...second, otherwise: first });
    await waitForLabel(`Picture 3 of “${prompt}” ↔ Picture 2 of “${prompt}”`);
    await send({ ...query, queryNumber: 2 });
  });

  it("closes on request", async () => {
    const { prompt, refs } = await generate(1);
    assert.ok(refs[0]);
    await send({ type: "open", ...refs[0] });
    await waitForLabel(prompt);
    await post({ type: "close" });
    await waitForLabel(undefined);
  });

  it("closes when the pictures of its job are gone", async () => {
    const { prompt, refs } = await generate(1, `${freshFolder()}/hut`);
    assert.ok(refs[0]);
    await send({ type: "open", ...refs[0] });
    await waitForLabel(prompt);
    await post({ type: "keep", ...refs[0] });
    const [job] = await jobFilesOf(prompt);
    await rm(join(vaultFolder, job?.pictures[0]?.file ?? "?"));
    await waitForLabel(undefined);
  });

  it("opens for pictures in a tab of an earlier session, and closes that of other ones", async () => {
    const { prompt, refs } = await generate(2);
    const restored = window.createWebviewPanel("limn.lightTable", "Restored", ViewColumn.Active);
    await (await lightTable()).restore(restored, { scale: 1, shown: refs[1] });
    await waitForLabel(`${prompt}, 2 of 2`);
    (await lightTable()).close();
    await waitForLabel(undefined);
    for (const state of [undefined, { shown: { job: "gone", picture: "gone" } }, { shown: "../x" }]) {
      const stale = window.createWebviewPanel("limn.lightTable", "Stale", ViewColumn.Active);
      await (await lightTable()).restore(stale, state);
      await waitForLabel(undefined);
    }
  });

  it("drops and logs hostile messages", async () => {
    const clipboard = await env.clipboard.readText();
    for (const message of [
      undefined,
      "close",
      { type: "copy", job: "a", picture: "b", what: "prompt" },
      { type: "generate", press: "a", draft: {} },
      { type: "show", job: "../../etc/passwd", picture: "a" },
      { type: "openKept", job: "a", picture: "b", index: -1 },
      { type: "openKept", job: "a", picture: "b", index: 0, path: "/etc/passwd" },
      { type: "keep", job: "a", picture: "b", path: "/etc/passwd" },
    ]) {
      await post(message);
    }
    assert.match(await readLogs(), /A message of the light table was dropped because it is not a valid intent/);
    assert.equal(await env.clipboard.readText(), clipboard);
  });
});
