import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { ConfigurationTarget, workspace } from "vscode";
import { Journal } from "../../../src/core/journal/journal.ts";
import { createJournalPort } from "../../../src/host/storage/storage.ts";
import { fastOptions, generate, rejectionMessage, waitUntil } from "../support/commands.ts";
import { freshFolder, jobFilesOf, jobsFolder, journalPaths, uriInWorkspace, workspaceRoot } from "../support/files.ts";
import { draftOf, freshPrompt, generateAndWait, send, snapshot, waitForEnd } from "../support/panel.ts";
import { recordRequests, setSetting } from "../support/testService.ts";

const silentLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

const millArgument = (prompt = "A mill", count = 1) => ({
  ...fastOptions,
  prompt,
  count,
  path: `${freshFolder()}/mill`,
});

/** The error for a request of $0.028 if $0.028 of $0.05 are spent. */
const overBudgetMessage = (budget: string, key: string) =>
  `This request is expected to cost about $0.028. ${budget} of $0.050 has $0.022 left. This request would exceed ` +
  `it by about $0.006. Spent: $0.028. Nothing was sent. Change “limn.budget.${key}” in the settings.`;

describe("a budget", () => {
  beforeEach(() => rm(jobsFolder, { recursive: true, force: true }));

  for (const [key, budget] of [
    ["perDay", "Today's budget"],
    ["perMonth", "This month's budget"],
  ] as const) {
    it(`${key} stops a program's request that exceeds it, and the error names the setting`, async () => {
      await setSetting(`budget.${key}`, 0.05);
      await generate(millArgument());
      const sent = recordRequests();
      const prompt = freshPrompt();
      assert.equal(await rejectionMessage(generate(millArgument(prompt))), overBudgetMessage(budget, key));
      assert.deepEqual([sent.requests().length, await jobFilesOf(prompt)], [0, []]);
      await setSetting(`budget.${key}`, 0.056);
      await generate(millArgument(prompt));
      assert.equal(sent.tasks().length, 1);
    });
  }

  it("is shown in the panel, and stops a request from there with the same message", async () => {
    await setSetting("budget.perDay", 0.05);
    await generateAndWait(freshPrompt());
    const { engine } = await snapshot();
    assert.equal(engine.spendingToday?.spent, 0.028);
    assert.deepEqual(engine.budgets, [{ period: "perDay", limit: 0.05, remaining: 0.022, isExact: true }]);
    const sent = recordRequests();
    await send({ type: "generate", draft: draftOf(freshPrompt()) });
    assert.deepEqual((await snapshot()).lastError, {
      message: overBudgetMessage("Today's budget", "perDay"),
      field: "budget",
      remedy: "budget",
    });
    assert.equal(sent.tasks().length, 0);
    await send({ type: "dismissError" });
  });

  it("still counts spending whose job was forgotten", async () => {
    await setSetting("budget.perDay", 0.05);
    const { id } = await generateAndWait(freshPrompt());
    // Forgets it in another window, since this one would ask in a dialog.
    const there = new Journal({ journal: createJournalPort(journalPaths), now: Date.now, log: silentLog });
    await there.load();
    await there.forget(id);
    assert.equal(await rejectionMessage(generate(millArgument())), overBudgetMessage("Today's budget", "perDay"));
  });

  it("does not apply to the sandbox, which is free", async () => {
    await setSetting("engine", "sandbox");
    await setSetting("sandbox.delay", 0);
    await setSetting("budget.perDay", 0.001);
    await setSetting("budget.askAbove", 0.001);
    const { cost } = await generate(millArgument());
    assert.equal(cost, 0);
    assert.deepEqual(
      [(await snapshot()).engine.spendingToday, (await snapshot()).engine.budgets],
      [undefined, undefined],
    );
  });

  it("stops every request if it is not an amount", async () => {
    const sent = recordRequests();
    await setSetting("budget.perDay", 0);
    await workspace.getConfiguration("limn").update("budget.perDay", "5 dollars", ConfigurationTarget.Global);
    assert.match(
      await rejectionMessage(generate(millArgument())),
      /^The setting “limn.budget.perDay” must be an amount in US dollars/,
    );
    assert.equal(sent.requests().length, 0);
  });
});

describe("a request above the amount of “limn.budget.askAbove”", () => {
  // A test window throws instead of showing a modal dialog; test/e2e tests the answers.
  const question =
    /refused to show dialog in tests.*expected to cost about \$0\.056, more than the \$0\.028 above which Limn asks/s;

  it("by a program needs a confirmation before anything is stored or sent", async () => {
    await setSetting("budget.askAbove", 0.028);
    const [sent, prompt] = [recordRequests(), freshPrompt()];
    assert.match(await rejectionMessage(generate(millArgument(prompt, 2))), question);
    assert.deepEqual([sent.requests().length, await jobFilesOf(prompt)], [0, []]);
    await generate(millArgument(prompt, 1));
    assert.equal(sent.tasks().length, 1);
  });

  it("costs more than $0.50 by default", async () => {
    const [sent, prompt] = [recordRequests(), freshPrompt()];
    const defaultQuestion = /about \$0\.504, more than the \$0\.500 above which/;
    assert.match(await rejectionMessage(generate(millArgument(prompt, 18))), defaultQuestion);
    assert.deepEqual([sent.requests().length, await jobFilesOf(prompt)], [0, []]);
  });

  it("from the panel needs a confirmation as well", async () => {
    await setSetting("budget.askAbove", 0.028);
    const sent = recordRequests();
    await send({ type: "generate", draft: draftOf(freshPrompt(), { count: 2 }) });
    assert.match((await snapshot()).lastError?.message ?? "", question);
    assert.equal(sent.tasks().length, 0);
    await send({ type: "dismissError" });
  });
});

describe("the settings of a workspace", () => {
  const file = () => uriInWorkspace(".vscode/settings.json").fsPath;
  const own = () => workspace.getConfiguration("limn", workspaceRoot());
  after(async () => {
    await rm(file(), { force: true });
    await waitUntil("the settings are deleted", async () => own().get("format") === "jpg");
  });

  it("cannot raise the budget or disable the confirmation", async () => {
    await rm(jobsFolder, { recursive: true, force: true });
    await setSetting("budget.perDay", 0.02);
    await mkdir(uriInWorkspace(".vscode").fsPath, { recursive: true });
    const overrides = { "limn.budget.perDay": 1000, "limn.budget.perMonth": 0, "limn.budget.askAbove": 1000 };
    await writeFile(file(), JSON.stringify({ "limn.format": "png", ...overrides }));
    await waitUntil("the settings are read", async () => own().get("format") === "png");
    const sent = recordRequests();
    assert.match(
      await rejectionMessage(generate(millArgument())),
      /^This .* Today's budget of \$0\.020 has \$0\.020 left\. This request would exceed it/,
    );
    await setSetting("budget.perDay", undefined);
    await setSetting("budget.askAbove", 0.01);
    assert.match(await rejectionMessage(generate(millArgument())), /more than the \$0\.010 above which Limn asks/);
    assert.equal(sent.requests().length, 0);
  });
});

describe("a job", () => {
  it("stores the workspace folder in which it was started", async () => {
    const prompt = freshPrompt();
    await send({ type: "generate", draft: draftOf(prompt) });
    await waitForEnd(prompt);
    const [job] = await jobFilesOf(prompt);
    assert.equal(job?.workspace, workspaceRoot().toString());
  });
});
