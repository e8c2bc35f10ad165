import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { greyPng } from "../../support/greyPng.ts";
import { edit, fastOptions, generate } from "../support/commands.ts";
import { fileNamesIn, freshFolder, uriInWorkspace } from "../support/files.ts";
import {
  clearReferences,
  draftOf,
  freshPrompt,
  generateAndWait,
  panel,
  send,
  snapshot,
  waitForEnd,
} from "../support/panel.ts";
import { recordRequests } from "../support/testService.ts";

/** Returns the state of a press in the page's snapshot. */
const pressView = async (id: string) => (await snapshot()).presses.find((press) => press.id === id);

/** Writes large grey pictures into the workspace, which take a while to read. */
async function largePictures(count: number): Promise<string[]> {
  const folder = freshFolder();
  await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
  const paths = Array.from({ length: count }, (_, index) => `${folder}/grey-${index}.png`);
  for (const [index, path] of paths.entries()) {
    await writeFile(uriInWorkspace(path).fsPath, greyPng(3000, 2000, 20 + index));
  }
  return paths;
}

describe("a press of a buy button", () => {
  beforeEach(clearReferences);
  after(clearReferences);

  it("is accepted once, even if the second message has another content", async () => {
    const [sent, press, prompt] = [recordRequests(), randomUUID(), freshPrompt()];
    await send({ type: "generate", press, draft: draftOf(prompt) });
    await send({ type: "generate", press, draft: draftOf(freshPrompt("An owl")) });
    const job = await waitForEnd(prompt);
    await send({ type: "tryAgain", press, job: job.id });
    assert.deepEqual(
      sent.tasks().map(({ positivePrompt }) => positivePrompt),
      [prompt],
    );
    assert.deepEqual(await pressView(press), { id: press, isHandled: true });
  });

  it("joins the same purchase if it follows within a second, and is handled", async () => {
    const [sent, prompt] = [recordRequests(), freshPrompt()];
    const presses = [randomUUID(), randomUUID(), randomUUID()];
    const [first = "", second = "", third = ""] = presses;
    await Promise.all([first, second].map((press) => send({ type: "generate", press, draft: draftOf(prompt) })));
    await send({ type: "generate", press: third, draft: draftOf(prompt) });
    assert.equal((await snapshot()).jobs.filter((job) => job.prompt === prompt).length, 1);
    await waitForEnd(prompt);
    assert.equal(sent.tasks().length, 1);
    for (const press of presses) {
      assert.equal((await pressView(press))?.isHandled, true);
    }
  });

  it("is a separate purchase if anything in the form differs", async () => {
    const [sent, prompt] = [recordRequests(), freshPrompt()];
    await Promise.all([1, 2].map((count) => send({ type: "generate", draft: draftOf(prompt, { count }) })));
    assert.deepEqual(
      (await snapshot()).jobs.filter((job) => job.prompt === prompt).map(({ count }) => count),
      [2, 1],
    );
    await waitForEnd(prompt);
    assert.equal(sent.tasks().length, 2);
  });

  it("waits in a queue, and uses the references from the time of the press", async () => {
    const large = await largePictures(3);
    const [slow, fast] = [freshPrompt("A slow snail"), freshPrompt("A fast hare")];
    await send({ type: "dropUris", list: large.map((path) => uriInWorkspace(path).toString()).join("\n") });
    const before = await generateAndWait(slow, { shape: { resolution: "1k" } });
    await clearReferences();
    await send({ type: "dropUris", list: uriInWorkspace("images/hut.png").toString() });
    const [sent, press] = [recordRequests(), randomUUID()];
    const both = [
      send({ type: "tryAgain", job: before.id }),
      send({ type: "generate", press, draft: draftOf(fast, { shape: { resolution: "1k" } }) }),
    ];
    assert.deepEqual(await pressView(press), { id: press, isHandled: false });
    await clearReferences();
    await Promise.all(both);
    await waitForEnd(fast);
    assert.deepEqual(
      sent.tasks().map(({ positivePrompt, inputs }) => [positivePrompt, inputs?.referenceImages?.length]),
      [
        [slow, 3],
        [fast, 1],
      ],
    );
  });

  it("is handled even if its form is invalid, so that the button is enabled again", async () => {
    const [sent, press] = [recordRequests(), randomUUID()];
    await (await panel()).handleMessage({
      type: "generate",
      press,
      draft: { prompt: "A fox", path: "a".repeat(1001) },
    });
    assert.equal((await pressView(press))?.isHandled, true);
    assert.match((await snapshot()).lastError?.message ?? "", /not valid, so nothing was bought/);
    assert.deepEqual(sent.tasks(), []);
  });

  it("that could not be sent does not block the same press again", async () => {
    const sent = recordRequests();
    const lost = { type: "generate", draft: draftOf("A fox", { count: 99 }) } as const;
    await send(lost);
    await send({ type: "dismissError" });
    await send(lost);
    assert.match((await snapshot()).lastError?.message ?? "", /^The number of pictures must be/);
    assert.deepEqual(sent.tasks(), []);
  });
});

describe("a command with an argument", () => {
  it("buys once while a key is held, and every call has the same result", async () => {
    const [sent, folder] = [recordRequests(), freshFolder()];
    const argument = { ...fastOptions, prompt: freshPrompt(), path: `${folder}/fox.png` };
    const { size, prompt, ...rest } = argument;
    const results = await Promise.all([
      ...Array.from({ length: 30 }, () => generate(argument)),
      // The order of the fields does not matter.
      generate({ ...rest, prompt, size }),
    ]);
    assert.equal(new Set(results.map((result) => JSON.stringify(result))).size, 1);
    assert.deepEqual([sent.tasks().length, await fileNamesIn(folder)], [1, ["fox.png"]]);
  });

  it("buys for each different argument and for each of the two commands", async () => {
    const [sent, folder, prompt] = [recordRequests(), freshFolder(), freshPrompt()];
    const argument = { ...fastOptions, prompt, path: `${folder}/fox.png`, references: ["images/hut.png"] };
    await Promise.all([generate(argument), edit(argument), generate({ ...argument, count: 2 })]);
    assert.deepEqual([sent.tasks().length, (await fileNamesIn(folder)).length], [3, 4]);
  });
});
