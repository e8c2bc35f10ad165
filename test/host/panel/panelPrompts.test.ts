import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { commands } from "vscode";
import { waitUntil } from "../support/commands.ts";
import { storageFolder, uriInWorkspace } from "../support/files.ts";
import {
  draftOf,
  freshPrompt,
  generateAndWait,
  send,
  snapshot,
  type TestIntent,
  waitForEnd,
} from "../support/panel.ts";
import { down, enter, pressEscape, typeText, waitForInput } from "../support/quickInput.ts";
import { recordRequests } from "../support/testService.ts";

const sendAndWaitForInput = (intent: TestIntent) => waitForInput(intent.type, () => send(intent));

const sharedPromptsPath = uriInWorkspace(".limn/prompts.json").fsPath;
const ownPromptsPath = join(storageFolder, "prompts.json");
const validPromptsFile = JSON.stringify({ prompts: [{ name: "Hero", text: "A {thing} in {season}, {thing} again" }] });
const findSavedPrompt = async (name: string) => (await snapshot()).saved.find((prompt) => prompt.name === name);

describe("the prompts of the panel", () => {
  before(async () => {
    await mkdir(uriInWorkspace(".limn").fsPath, { recursive: true });
    await send({ type: "ready" });
  });

  after(async () => {
    await rm(sharedPromptsPath, { force: true });
    await rm(ownPromptsPath, { force: true });
    await send({ type: "ready" });
  });

  it("appear in the history, the newest first and each once", async () => {
    const [one, two] = [freshPrompt(), freshPrompt()];
    await generateAndWait(one);
    await generateAndWait(two);
    await generateAndWait(one);
    const { history } = await snapshot();
    assert.deepEqual(
      history.slice(0, 2).map(({ text }) => text),
      [one, two],
    );
    await send({ type: "usePrompt", id: history[1]?.id ?? "" });
    assert.deepEqual((await snapshot()).draftUpdate?.draft, { prompt: two });
  });

  it("stay in the history after their job is forgotten and after a reload, until they are removed", async () => {
    const prompt = freshPrompt("A fox [sandbox:refuse=invalidPositivePrompt]");
    await generateAndWait(prompt);
    const { id } = await waitForEnd(prompt);
    await send({ type: "forget", job: id });
    await send({ type: "ready" });
    const after = await snapshot();
    assert.equal(
      after.jobs.some((job) => job.id === id),
      false,
    );
    const [newest] = after.history;
    assert.deepEqual([newest?.text, newest?.isRemovable], [prompt, true]);
    await send({ type: "usePrompt", id: newest?.id ?? "" });
    assert.deepEqual((await snapshot()).draftUpdate?.draft, { prompt });
    await send({ type: "deletePrompt", id: newest?.id ?? "" });
    assert.equal(
      (await snapshot()).history.some(({ text }) => text === prompt),
      false,
    );
    assert.ok(!(await readFile(join(storageFolder, "prompt-history.json"), "utf8")).includes(prompt));
  });

  it("of forgotten jobs stay if their file cannot be read for a while: nothing is forgotten meanwhile", async () => {
    const refused = "A fox [sandbox:refuse=invalidPositivePrompt]";
    const [forgotten, kept] = [freshPrompt(refused), freshPrompt(refused)];
    const file = join(storageFolder, "prompt-history.json");
    const isInHistory = async (prompt: string) => (await snapshot()).history.some(({ text }) => text === prompt);
    await generateAndWait(forgotten);
    await send({ type: "forget", job: (await waitForEnd(forgotten)).id });
    await generateAndWait(kept);
    const { id } = await waitForEnd(kept);
    await rename(file, `${file}.moved`);
    try {
      // A link to itself: root cannot read it either.
      await symlink(file, file);
      await send({ type: "forget", job: id });
      assert.equal(
        (await snapshot()).lastError?.message,
        "The list of earlier prompts cannot be changed. The symbolic links in the path lead in a circle.",
      );
    } finally {
      await rename(`${file}.moved`, file);
    }
    await send({ type: "ready" });
    const after = await snapshot();
    assert.ok(after.jobs.some((job) => job.id === id));
    assert.ok(await isInHistory(forgotten));
    await send({ type: "forget", job: id });
    await send({ type: "ready" });
    assert.deepEqual([await isInHistory(forgotten), await isInHistory(kept)], [true, true]);
  });

  it("can be saved under a name for the user alone, renamed and used", async () => {
    const saving = await sendAndWaitForInput({ type: "savePrompt", text: "A quiet lake" });
    await enter();
    await enter();
    await saving.done;
    const saved = await findSavedPrompt("A quiet lake");
    assert.deepEqual([saved?.text, saved?.isShared], ["A quiet lake", false]);
    const renaming = await sendAndWaitForInput({ type: "renamePrompt", id: saved?.id ?? "" });
    await typeText("Lake");
    await enter();
    await renaming.done;
    assert.deepEqual(
      [await findSavedPrompt("A quiet lake"), (await findSavedPrompt("Lake"))?.text],
      [undefined, "A quiet lake"],
    );
    assert.equal(JSON.parse(await readFile(ownPromptsPath, "utf8")).prompts[0].name, "Lake");
  });

  it("are read from the repository when the file appears, and ask for their variables", async () => {
    await writeFile(sharedPromptsPath, validPromptsFile);
    const hero = await waitUntil("the prompt is shown", () => findSavedPrompt("Hero"));
    assert.equal(hero.isShared, true);
    const using = await sendAndWaitForInput({ type: "usePrompt", id: hero.id });
    await typeText("hut");
    await enter();
    await typeText("winter");
    await enter();
    await using.done;
    assert.deepEqual((await snapshot()).draftUpdate?.draft, { prompt: "A hut in winter, hut again" });
  });

  it("with variables are filled in before the purchase, and the job stores the sent text", async () => {
    const [sent, prompt] = [recordRequests(), freshPrompt("A {thing} at noon")];
    const generating = await sendAndWaitForInput({ type: "generate", draft: draftOf(prompt) });
    await typeText("newt");
    await enter();
    await generating.done;
    const filled = prompt.replace("{thing}", "newt");
    await waitForEnd(filled);
    assert.deepEqual(
      sent.tasks().map(({ positivePrompt }) => positivePrompt),
      [filled],
    );
    // The form keeps the typed text.
    assert.notEqual((await snapshot()).draftUpdate?.draft.prompt, filled);
    // The focus is in the panel again, and a visible panel asks for the balance.
    await commands.executeCommand("workbench.view.explorer");
  });

  it("with variables buy nothing on Escape, and the press is handled at once", async () => {
    const [sent, prompt] = [recordRequests(), freshPrompt("A {thing} at night")];
    const press = randomUUID();
    const generating = await sendAndWaitForInput({ type: "generate", press, draft: draftOf(prompt) });
    await pressEscape();
    await generating.done;
    const { presses, lastError } = await snapshot();
    assert.deepEqual([sent.tasks().length, presses.at(-1), lastError], [0, { id: press, isHandled: true }, undefined]);
  });

  it("do not change the form on Escape", async () => {
    const before = (await snapshot()).draftUpdate;
    const using = await sendAndWaitForInput({ type: "usePrompt", id: (await findSavedPrompt("Hero"))?.id ?? "" });
    await pressEscape();
    await using.done;
    assert.deepEqual([(await snapshot()).draftUpdate, (await snapshot()).lastError], [before, undefined]);
  });

  for (const [what, text] of [
    ["damaged", "{"],
    ["of another form", '{"prompts":[{"name":""}]}'],
    ["far too large", `{"prompts":[],"more":"${"x".repeat(1_000_001)}"}`],
  ] as const) {
    it(`of a file that is ${what} are left out, and the file is not overwritten`, async () => {
      await writeFile(sharedPromptsPath, validPromptsFile);
      await waitUntil("the prompts are shown", () => findSavedPrompt("Hero"));
      await writeFile(sharedPromptsPath, text);
      await waitUntil("the prompts are left out", async () => (await findSavedPrompt("Hero")) === undefined);
      const { done } = await sendAndWaitForInput({ type: "savePrompt", text: "A quiet lake" });
      await down();
      await enter();
      await enter();
      await done;
      assert.match((await snapshot()).lastError?.message ?? "", /prompts\.json is not a list of prompts/);
      assert.equal(await readFile(sharedPromptsPath, "utf8"), text);
    });
  }

  it("that no longer exist cause an error, as does saving an empty one", async () => {
    await send({ type: "renamePrompt", id: "gone" });
    assert.match((await snapshot()).lastError?.message ?? "", /^This prompt is not saved any more\./);
    await send({ type: "savePrompt", text: "  " });
    assert.equal((await snapshot()).lastError?.field, "prompt");
  });
});
