import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { until } from "./commands.ts";
import { at, storage } from "./files.ts";
import { draft, ended, freshPrompt, made, send, snapshot, type Wanted } from "./panel.ts";
import { asks, down, enter, leave, type } from "./quickInput.ts";
import { record } from "./service.ts";

const asksFor = (intent: Wanted) => asks(intent.type, () => send(intent));

const shared = at(".limn/prompts.json").fsPath;
const own = join(storage, "prompts.json");
const good = JSON.stringify({ prompts: [{ name: "Hero", text: "A {thing} in {season}, {thing} again" }] });
const savedAs = async (name: string) => (await snapshot()).saved.find((prompt) => prompt.name === name);

describe("the prompts of the panel", () => {
  before(async () => {
    await mkdir(at(".limn").fsPath, { recursive: true });
    await send({ type: "ready" });
  });

  after(async () => {
    await rm(shared, { force: true });
    await rm(own, { force: true });
    await send({ type: "ready" });
  });

  it("remember what was asked for, the newest first and each once", async () => {
    const [one, two] = [freshPrompt(), freshPrompt()];
    await made(one);
    await made(two);
    await made(one);
    const { history } = await snapshot();
    assert.deepEqual(
      history.slice(0, 2).map(({ text }) => text),
      [one, two],
    );
    await send({ type: "usePrompt", id: history[1]?.id ?? "" });
    assert.deepEqual((await snapshot()).fill?.draft, { prompt: two });
  });

  it("stay in the history when their job is forgotten, over a reload too, until they are removed", async () => {
    const prompt = freshPrompt("A fox [sandbox:refuse=invalidPositivePrompt]");
    await made(prompt);
    const { id } = await ended(prompt);
    await send({ type: "forget", job: id });
    await send({ type: "ready" });
    const after = await snapshot();
    assert.equal(
      after.jobs.some((job) => job.id === id),
      false,
    );
    const [newest] = after.history;
    assert.deepEqual([newest?.text, newest?.removable], [prompt, true]);
    await send({ type: "usePrompt", id: newest?.id ?? "" });
    assert.deepEqual((await snapshot()).fill?.draft, { prompt });
    await send({ type: "deletePrompt", id: newest?.id ?? "" });
    assert.equal(
      (await snapshot()).history.some(({ text }) => text === prompt),
      false,
    );
    assert.ok(!(await readFile(join(storage, "prompt-history.json"), "utf8")).includes(prompt));
  });

  it("are saved for oneself under a name, renamed, and used", async () => {
    const saving = await asksFor({ type: "savePrompt", text: "A quiet lake" });
    await enter();
    await enter();
    await saving.done;
    const saved = await savedAs("A quiet lake");
    assert.deepEqual([saved?.text, saved?.shared], ["A quiet lake", false]);
    const renaming = await asksFor({ type: "renamePrompt", id: saved?.id ?? "" });
    await type("Lake");
    await enter();
    await renaming.done;
    assert.deepEqual([await savedAs("A quiet lake"), (await savedAs("Lake"))?.text], [undefined, "A quiet lake"]);
    assert.equal(JSON.parse(await readFile(own, "utf8")).prompts[0].name, "Lake");
  });

  it("are read from the repository as soon as they are there, and their variables asked for", async () => {
    await writeFile(shared, good);
    const hero = await until("it is shown", () => savedAs("Hero"));
    assert.equal(hero.shared, true);
    const using = await asksFor({ type: "usePrompt", id: hero.id });
    await type("hut");
    await enter();
    await type("winter");
    await enter();
    await using.done;
    assert.deepEqual((await snapshot()).fill?.draft, { prompt: "A hut in winter, hut again" });
  });

  it("that are typed with variables are filled in before the purchase: the job has the text that was sent", async () => {
    const [sent, prompt] = [record(), freshPrompt("A {thing} at noon")];
    const generating = await asksFor({ type: "generate", draft: draft(prompt) });
    await type("newt");
    await enter();
    await generating.done;
    const filled = prompt.replace("{thing}", "newt");
    await ended(filled);
    assert.deepEqual(
      sent.tasks().map(({ positivePrompt }) => positivePrompt),
      [filled],
    );
    // The form keeps what was typed: nothing is filled into it.
    assert.notEqual((await snapshot()).fill?.draft.prompt, filled);
  });

  it("that are typed with variables buy nothing on Escape, and the form is told at once", async () => {
    const [sent, prompt] = [record(), freshPrompt("A {thing} at night")];
    const press = randomUUID();
    const generating = await asksFor({ type: "generate", press, draft: draft(prompt) });
    await leave();
    await generating.done;
    const { presses, trouble } = await snapshot();
    assert.deepEqual([sent.requests().length, presses.at(-1), trouble], [0, { id: press, handled: true }, undefined]);
  });

  it("are left alone with Escape", async () => {
    const before = (await snapshot()).fill;
    const using = await asksFor({ type: "usePrompt", id: (await savedAs("Hero"))?.id ?? "" });
    await leave();
    await using.done;
    assert.deepEqual([(await snapshot()).fill, (await snapshot()).trouble], [before, undefined]);
  });

  for (const [what, text] of [
    ["damaged", "{"],
    ["of another form", '{"prompts":[{"name":""}]}'],
    ["far too large", `{"prompts":[],"more":"${"x".repeat(1_000_001)}"}`],
  ] as const) {
    it(`of a file that is ${what} are left out, and the file is not written over`, async () => {
      await writeFile(shared, good);
      await until("they are shown", () => savedAs("Hero"));
      await writeFile(shared, text);
      await until("they are left out", async () => (await savedAs("Hero")) === undefined);
      const { done } = await asksFor({ type: "savePrompt", text: "A quiet lake" });
      await down();
      await enter();
      await enter();
      await done;
      assert.match((await snapshot()).trouble?.message ?? "", /prompts\.json is not a list of prompts/);
      assert.equal(await readFile(shared, "utf8"), text);
    });
  }

  it("that are not there any more are said to be gone", async () => {
    await send({ type: "renamePrompt", id: "gone" });
    assert.match((await snapshot()).trouble?.message ?? "", /^This prompt is not saved any more\./);
    await send({ type: "savePrompt", text: "  " });
    assert.equal((await snapshot()).trouble?.field, "prompt");
  });
});
