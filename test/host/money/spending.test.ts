import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import { commands, type Uri, window, workspace } from "vscode";
import { parseJob } from "../../../src/core/jobs/jobSchema.ts";
import { budgetStatuses } from "../../../src/core/money/budget.ts";
import { spendingUri } from "../../../src/host/money/spendingDocument.ts";
import { statusBarText } from "../../../src/host/money/statusBar.ts";
import { waitUntil } from "../support/commands.ts";
import { freshFolder, jobsFolder, uriInWorkspace, workspaceRoot } from "../support/files.ts";
import { jobFileText, writeJob } from "../support/storedJobs.ts";
import { faultProxy, setSetting } from "../support/testService.ts";

/** A folder whose name contains a link, a picture, a tag, a formula and a cell separator. */
const hostileFolder = uriInWorkspace("=x|<img src=x>[a](x:y) www.evil.example `b`");

interface PaidJob {
  readonly state?: string;
  readonly workspace?: Uri;
  readonly costs?: readonly (number | undefined)[];
  readonly endpoint?: string;
  readonly kept?: number;
  readonly model?: string;
}

/** Writes the file of a job for four pictures and returns its UUID. */
async function writePaidJob({
  state = "done",
  workspace: folder,
  costs = [],
  endpoint,
  kept = 0,
  model,
}: PaidJob): Promise<string> {
  const taskUUID = randomUUID();
  const storedJob = parseJob(
    jobFileText(taskUUID, { endpoint: endpoint ?? faultProxy().url, folder: workspaceRoot() }),
  );
  assert.ok(storedJob);
  const pictures = costs.map((cost, index) => ({
    id: `${taskUUID}-${index}`,
    file: "there.png",
    kept: index < kept ? [uriInWorkspace("kept.png").toString()] : [],
    cost,
  }));
  const request = { ...storedJob.request, prompt: "A secret product", count: 4 };
  const job = {
    ...storedJob,
    state,
    request,
    estimate: 0.112,
    pictures,
    workspace: folder?.toString(),
    ...(model && { model }),
  };
  await writeJob(taskUUID, JSON.stringify(job));
  return taskUUID;
}

const today = new Date().toISOString().slice(0, 10);

async function writePaidJobs(): Promise<void> {
  await writePaidJob({ workspace: workspaceRoot(), costs: [0.03, 0.03, 0.03, 0.03], kept: 1 });
  await writePaidJob({ workspace: hostileFolder, costs: [0.03, 0.03, 0.03, undefined], kept: 3 });
  await writePaidJob({ state: "unknown" });
  await writePaidJob({ endpoint: "sandbox", costs: [9, 9, 9, 9] });
}

/** Deletes all jobs before each test of a suite. At the top level, it would do so in all files. */
function clearJobsBeforeEach(): void {
  beforeEach(async () => {
    await rm(jobsFolder, { recursive: true, force: true });
    await mkdir(jobsFolder, { recursive: true });
  });
  after(() => rm(jobsFolder, { recursive: true, force: true }));
}

describe("Show Spending", () => {
  clearJobsBeforeEach();
  afterEach(() => commands.executeCommand("workbench.action.closeAllEditors"));

  /** Opens the report and returns its text when it contains these words. */
  async function report(words: string): Promise<string> {
    await commands.executeCommand("limn.showSpending");
    await waitUntil("the report is open", async () =>
      window.tabGroups.all.some(({ activeTab }) => activeTab?.label.includes("Limn Spending.md")),
    );
    return waitUntil(`the report contains “${words}”`, async () => {
      const text = (await workspace.openTextDocument(spendingUri)).getText();
      return text.includes(words) && text;
    });
  }

  it("says that nothing was bought", async () => {
    await writePaidJob({ endpoint: "sandbox", costs: [9] });
    await report("Nothing was bought yet.\n\nThe sandbox is left out: it is free.");
  });

  it("sums up spent, uncertain and kept, by day, month, workspace and model, without the sandbox", async () => {
    await writePaidJobs();
    await setSetting("budget.perDay", 1);
    const sum = "$0.238 spent, of which about $0.028 is estimated, about $0.112 that may have been billed";
    const text = await report(`- Today: ${sum}.\n- This month: ${sum}.\n- Total: ${sum}.`);
    assert.ok(text.includes("- Pictures that arrived: 8; kept as files: 4 (50 %)."), text);
    assert.ok(text.includes("- about $0.650 left of today's budget of $1.00."), text);
    const html = await commands.executeCommand<string>("markdown.api.render", text);
    const rows = [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
      [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell]) => cell),
    );
    const all = ["8", "4 (50 %)", "$0.238, of which about $0.028 is estimated", "", "about $0.112"];
    for (const row of [
      [today, ...all],
      [today.slice(0, 7), ...all],
      ["klingai:kling-image@3", ...all],
      [workspaceRoot().path.split("/").at(-1), "4", "1 (25 %)", "$0.120", "", ""],
      ["not known", "0", "0", "$0.00", "", "about $0.112"],
      [today, "not known", "4", "about $0.112"],
    ]) {
      assert.ok(
        rows.some((found) => JSON.stringify(found) === JSON.stringify(row)),
        `${row.join()} in ${html}`,
      );
    }
  });

  it("escapes the names of folders", async () => {
    await writePaidJobs();
    const html = await commands.executeCommand<string>("markdown.api.render", await report("www"));
    assert.doesNotMatch(html, /<(a|img|code)\b/);
    assert.match(html, /<td[^>]*>=x\|&lt;img src=x&gt;\[a\]\(x:y\) www\.evil\.example `b`<\/td>/);
  });

  it("shortens the id of a model, and shows characters that would disguise the rest of the page", async () => {
    await writePaidJob({ costs: [0.03], model: `acme:\u202Eswan${"x".repeat(200)}` });
    await writeJob(randomUUID(), '{"version":1,"estimate":0.112,"pic');
    const text = await report("acme");
    const html = await commands.executeCommand<string>("markdown.api.render", text);
    assert.match(html, /<td[^>]*>acme:‹U\+202E›swanx{69}…<\/td>/);
    // A damaged file may name no model.
    assert.match(text.slice(text.indexOf("## By Model")), /^\| not known \|/m);
  });

  it("counts unreadable job files and mentions them", async () => {
    await writeJob(randomUUID(), '{"version":1,"estimate":0.112,"pic');
    await writeJob(randomUUID(), "");
    const text = await report("- Total: $0.00 spent, about $1.232 that may have been billed.");
    const line =
      "- Job files that cannot be read: 2, counted as about $1.232. “Limn: Show Unfinished Jobs” lists them.";
    assert.ok(text.includes(line), text);
  });

  it("updates the report when it is shown again", async () => {
    await report("Nothing was bought yet");
    await writePaidJobs();
    await report("- Total: $0.238");
  });
});

describe("Export Spending as CSV", () => {
  clearJobsBeforeEach();
  it("saves every paid job as a row, without its prompt and without formulas", async () => {
    const folder = freshFolder();
    await mkdir(uriInWorkspace(folder).fsPath, { recursive: true });
    const file = uriInWorkspace(`${folder}/spending.csv`);
    const id = await writePaidJob({ workspace: hostileFolder, costs: [0.03, 0.03, undefined], kept: 2 });
    await writePaidJob({ endpoint: "sandbox", costs: [9] });
    await commands.executeCommand("limn.exportSpending", file);
    const [header, row = "", ...rest] = (await readFile(file.fsPath, "utf8")).slice(1).split("\r\n");
    assert.equal(header, "time,day,workspace,model,size,asked,pictures,kept,state,cost,estimate,taskUUID");
    const [time = "", ...cells] = row.split(",");
    assert.equal(new Date(time).toISOString(), time);
    const facts = ["klingai:kling-image@3", "1024x1024", "4", "3", "2", "done", "0.06", "0.056", id];
    assert.deepEqual(cells, [today, hostileFolder.fsPath, ...facts]);
    assert.deepEqual(rest, [""]);
  });
});

describe("the status bar", () => {
  clearJobsBeforeEach();
  const money = { spent: 0, estimated: 0, reserved: 0, unknown: 0 };

  it("shows today's spending and the reserved amount", () => {
    assert.equal(statusBarText({ ...money, spent: 0.112 }, []).text, "$(sparkle) Limn $0.112");
    assert.equal(
      statusBarText({ ...money, reserved: 0.084, spent: 0.028 }, []).text,
      "$(sparkle) Limn $0.028 + about $0.084",
    );
    assert.equal(statusBarText({ ...money, spent: 0.1, estimated: 0.028 }, []).text, "$(sparkle) Limn about $0.128");
  });

  it("says that the sandbox is free, and still shows what was spent with Runware today", () => {
    assert.deepEqual(statusBarText(money, budgetStatuses({ perDay: 1 }, [], Date.now()), true), {
      text: "$(sparkle) Limn free in the sandbox",
      tooltip: "New pictures are free in the sandbox.\nClick for the spending report",
    });
    const { text, tooltip } = statusBarText({ ...money, spent: 0.028 }, [], true);
    assert.equal(text, "$(sparkle) Limn $0.028");
    assert.match(tooltip, /^Spent today: \$0\.028\nNew pictures are free in the sandbox\.\n/);
  });

  it("explains the amounts and the remaining budget in its tooltip", () => {
    const { tooltip } = statusBarText(
      { spent: 0.1, estimated: 0.028, reserved: 0.056, unknown: 0.112 },
      budgetStatuses({ perDay: 1, perMonth: 5 }, [], Date.now()),
    );
    assert.deepEqual(tooltip.split("\n"), [
      "Spent today: $0.128, of which about $0.028 is estimated",
      "about $0.056 reserved for running requests",
      "about $0.112 that may have been billed",
      "$1.00 left of today's budget of $1.00",
      "$5.00 left of this month's budget of $5.00",
      "Click for the spending report",
    ]);
  });
});
