import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { ConfigurationTarget, workspace } from "vscode";
import { Journal } from "../../src/core/journal.ts";
import { journalIn } from "../../src/host/storage.ts";
import { generate, quick, refusal, until } from "./commands.ts";
import { at, freshFolder, home, jobsFolder, jobsOf } from "./files.ts";
import { draft, ended, freshPrompt, made, send, snapshot } from "./panel.ts";
import { record, set } from "./service.ts";

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

const order = (prompt = "A mill", count = 1) => ({ ...quick, prompt, count, path: `${freshFolder()}/mill` });

/** What a request of 0.028 hears once 0.028 of 0.05 are spent. */
const tooMuch = (budget: string, key: string) =>
  `This request is expected to cost about $0.028. ${budget} of $0.050 has $0.022 left ($0.028 spent), so it is about $0.006 too ` +
  `much. Nothing was sent. Change “limn.budget.${key}” in the settings.`;

describe("a budget", () => {
  beforeEach(() => rm(jobsFolder, { recursive: true, force: true }));

  for (const [key, budget] of [
    ["perDay", "Today's budget"],
    ["perMonth", "This month's budget"],
  ] as const) {
    it(`${key} stops a request by program that does not fit, with the sentence why and where to change it`, async () => {
      await set(`budget.${key}`, 0.05);
      await generate(order());
      const sent = record();
      const prompt = freshPrompt();
      assert.equal(await refusal(generate(order(prompt))), tooMuch(budget, key));
      assert.deepEqual([sent.requests().length, await jobsOf(prompt)], [0, []]);
      await set(`budget.${key}`, 0.056);
      await generate(order(prompt));
      assert.equal(sent.tasks().length, 1);
    });
  }

  it("is told in the panel before, and stops a request from there with the same sentence", async () => {
    await set("budget.perDay", 0.05);
    await made(freshPrompt());
    const { engine } = await snapshot();
    assert.equal(engine.today?.spent, 0.028);
    assert.deepEqual(engine.budgets, [{ period: "perDay", limit: 0.05, left: 0.022, sure: true }]);
    const sent = record();
    await send({ type: "generate", draft: draft(freshPrompt()) });
    assert.deepEqual((await snapshot()).trouble, {
      message: tooMuch("Today's budget", "perDay"),
      field: "budget",
      remedy: "budget",
    });
    assert.equal(sent.tasks().length, 0);
    await send({ type: "dismissTrouble" });
  });

  it("does not come back by forgetting what was spent", async () => {
    await set("budget.perDay", 0.05);
    const { id } = await made(freshPrompt());
    // Another window forgets it: here, a dialog would ask.
    const there = new Journal({ journal: journalIn(jobsFolder), now: Date.now, log: quiet });
    await there.load();
    await there.forget(id);
    assert.equal(await refusal(generate(order())), tooMuch("Today's budget", "perDay"));
  });

  it("is not for the sandbox, which is free", async () => {
    await set("engine", "sandbox");
    await set("sandbox.delay", 0);
    await set("budget.perDay", 0.001);
    await set("budget.askAbove", 0.001);
    const { cost } = await generate(order());
    assert.equal(cost, 0.028);
    assert.deepEqual([(await snapshot()).engine.today, (await snapshot()).engine.budgets], [undefined, undefined]);
  });

  it("that is no amount stops everything, instead of counting as none", async () => {
    const sent = record();
    await set("budget.perDay", 0);
    await workspace.getConfiguration("limn").update("budget.perDay", "5 dollars", ConfigurationTarget.Global);
    assert.match(await refusal(generate(order())), /^The setting “limn.budget.perDay” must be an amount in US dollars/);
    assert.equal(sent.requests().length, 0);
  });
});

describe("a request above the amount that is to be asked about", () => {
  // A test window refuses modal dialogs and says with what words: the answers to them are tested in the real workbench.
  const question =
    /refused to show dialog in tests.*expected to cost about \$0\.056, more than the \$0\.028 above which Limn asks/s;

  it("by program is asked about, before anything is written down or sent", async () => {
    await set("budget.askAbove", 0.028);
    const [sent, prompt] = [record(), freshPrompt()];
    assert.match(await refusal(generate(order(prompt, 2))), question);
    assert.deepEqual([sent.requests().length, await jobsOf(prompt)], [0, []]);
    await generate(order(prompt, 1));
    assert.equal(sent.tasks().length, 1);
  });

  it("is one of more than half a dollar, unless another amount is set", async () => {
    const [sent, prompt] = [record(), freshPrompt()];
    const asked = /about \$0\.504, more than the \$0\.500 above which/;
    assert.match(await refusal(generate(order(prompt, 18))), asked);
    assert.deepEqual([sent.requests().length, await jobsOf(prompt)], [0, []]);
  });

  it("from the panel is asked about as well", async () => {
    await set("budget.askAbove", 0.028);
    const sent = record();
    await send({ type: "generate", draft: draft(freshPrompt(), { count: 2 }) });
    assert.match((await snapshot()).trouble?.message ?? "", question);
    assert.equal(sent.tasks().length, 0);
    await send({ type: "dismissTrouble" });
  });
});

describe("the settings of a workspace", () => {
  const file = () => at(".vscode/settings.json").fsPath;
  const own = () => workspace.getConfiguration("limn", home());
  after(async () => {
    await rm(file(), { force: true });
    await until("they are gone", async () => own().get("format") === "jpg");
  });

  it("cannot raise the budget, and cannot take the question away", async () => {
    await rm(jobsFolder, { recursive: true, force: true });
    await set("budget.perDay", 0.02);
    await mkdir(at(".vscode").fsPath, { recursive: true });
    const theirs = { "limn.budget.perDay": 1000, "limn.budget.perMonth": 0, "limn.budget.askAbove": 1000 };
    await writeFile(file(), JSON.stringify({ "limn.format": "png", ...theirs }));
    await until("they are read", async () => own().get("format") === "png");
    const sent = record();
    assert.match(await refusal(generate(order())), /^This .* Today's budget of \$0\.020 has \$0\.020 left, so it is/);
    await set("budget.perDay", undefined);
    await set("budget.askAbove", 0.01);
    assert.match(await refusal(generate(order())), /more than the \$0\.010 above which Limn asks/);
    assert.equal(sent.requests().length, 0);
  });
});

describe("a job", () => {
  it("remembers the workspace folder it was bought for", async () => {
    const prompt = freshPrompt();
    await send({ type: "generate", draft: draft(prompt) });
    await ended(prompt);
    const [job] = await jobsOf(prompt);
    assert.equal(job?.workspace, home().toString());
  });
});
