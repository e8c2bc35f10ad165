import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { edit, generate, quick } from "./commands.ts";
import { at, freshFolder, namesIn } from "./files.ts";
import { clearReferences, draft, ended, freshPrompt, made, panel, send, snapshot } from "./panel.ts";
import { greyPng } from "./png.ts";
import { record } from "./service.ts";

/** How the page is told of a press. */
const pressOf = async (id: string) => (await snapshot()).presses.find((press) => press.id === id);

/** Puts large grey pictures into a folder of the workspace; reading them takes a while. */
async function largePictures(count: number): Promise<string[]> {
  const folder = freshFolder();
  await mkdir(at(folder).fsPath, { recursive: true });
  const paths = Array.from({ length: count }, (_, index) => `${folder}/grey-${index}.png`);
  for (const [index, path] of paths.entries()) {
    await writeFile(at(path).fsPath, greyPng(3000, 2000, 20 + index));
  }
  return paths;
}

describe("a press of a button that buys", () => {
  beforeEach(clearReferences);
  after(clearReferences);

  it("is accepted once, whatever comes with it the second time", async () => {
    const [sent, press, prompt] = [record(), randomUUID(), freshPrompt()];
    await send({ type: "generate", press, draft: draft(prompt) });
    await send({ type: "generate", press, draft: draft(freshPrompt("An owl")) });
    const job = await ended(prompt);
    await send({ type: "tryAgain", press, job: job.id });
    assert.deepEqual(
      sent.tasks().map(({ positivePrompt }) => positivePrompt),
      [prompt],
    );
    assert.deepEqual(await pressOf(press), { id: press, handled: true });
  });

  it("joins the purchase it repeats within a second, and both are handled", async () => {
    const [sent, prompt] = [record(), freshPrompt()];
    const presses = [randomUUID(), randomUUID(), randomUUID()];
    const [first = "", second = "", third = ""] = presses;
    await Promise.all([first, second].map((press) => send({ type: "generate", press, draft: draft(prompt) })));
    await send({ type: "generate", press: third, draft: draft(prompt) });
    assert.equal((await snapshot()).jobs.filter((job) => job.prompt === prompt).length, 1);
    await ended(prompt);
    assert.equal(sent.tasks().length, 1);
    for (const press of presses) {
      assert.equal((await pressOf(press))?.handled, true);
    }
  });

  it("is an order of its own where anything in the form differs", async () => {
    const [sent, prompt] = [record(), freshPrompt()];
    await Promise.all([1, 2].map((count) => send({ type: "generate", draft: draft(prompt, { count }) })));
    assert.deepEqual(
      (await snapshot()).jobs.filter((job) => job.prompt === prompt).map(({ count }) => count),
      [2, 1],
    );
    await ended(prompt);
    assert.equal(sent.tasks().length, 2);
  });

  it("waits for its turn, and buys with the references that were there when it was pressed", async () => {
    const large = await largePictures(3);
    const [slow, fast] = [freshPrompt("A slow snail"), freshPrompt("A fast hare")];
    await send({ type: "dropUris", list: large.map((path) => at(path).toString()).join("\n") });
    const before = await made(slow, { shape: { resolution: "1k" } });
    await clearReferences();
    await send({ type: "dropUris", list: at("images/hut.png").toString() });
    const [sent, press] = [record(), randomUUID()];
    const both = [
      send({ type: "tryAgain", job: before.id }),
      send({ type: "generate", press, draft: draft(fast, { shape: { resolution: "1k" } }) }),
    ];
    assert.deepEqual(await pressOf(press), { id: press, handled: false });
    await clearReferences();
    await Promise.all(both);
    await ended(fast);
    assert.deepEqual(
      sent.tasks().map(({ positivePrompt, inputs }) => [positivePrompt, inputs?.referenceImages?.length]),
      [
        [slow, 3],
        [fast, 1],
      ],
    );
  });

  it("is answered where its form holds what cannot be sent: the button does not stay off for ever", async () => {
    const [sent, press] = [record(), randomUUID()];
    await (await panel()).receive({ type: "generate", press, draft: { prompt: "A fox", path: "a".repeat(1001) } });
    assert.equal((await pressOf(press))?.handled, true);
    assert.match((await snapshot()).trouble?.message ?? "", /cannot be sent, so nothing was bought/);
    assert.deepEqual(sent.tasks(), []);
  });

  it("that could not be sent stands in nobody's way", async () => {
    const sent = record();
    const lost = { type: "generate", draft: draft("A fox", { count: 99 }) } as const;
    await send(lost);
    await send({ type: "dismissTrouble" });
    await send(lost);
    assert.match((await snapshot()).trouble?.message ?? "", /^The number of pictures must be/);
    assert.deepEqual(sent.tasks(), []);
  });
});

describe("a command with an argument", () => {
  it("buys once for a key that is held, and every call has the same result", async () => {
    const [sent, folder] = [record(), freshFolder()];
    const argument = { ...quick, prompt: freshPrompt(), path: `${folder}/fox.png` };
    const { size, prompt, ...rest } = argument;
    const results = await Promise.all([
      ...Array.from({ length: 30 }, () => generate(argument)),
      // The order of the fields says nothing.
      generate({ ...rest, prompt, size }),
    ]);
    assert.equal(new Set(results.map((result) => JSON.stringify(result))).size, 1);
    assert.deepEqual([sent.tasks().length, await namesIn(folder)], [1, ["fox.png"]]);
  });

  it("buys for each argument, and for each of the two commands", async () => {
    const [sent, folder, prompt] = [record(), freshFolder(), freshPrompt()];
    const argument = { ...quick, prompt, path: `${folder}/fox.png`, references: ["images/hut.png"] };
    await Promise.all([generate(argument), edit(argument), generate({ ...argument, count: 2 })]);
    assert.deepEqual([sent.tasks().length, (await namesIn(folder)).length], [3, 4]);
  });
});
