import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Job } from "../../../src/core/jobs/job.ts";
import { readUnreadable } from "../../../src/core/journal/unreadableJob.ts";
import { spendingIn, totalUsd } from "../../../src/core/money/spending.ts";
import { monthAround } from "../../../src/core/timeSpan.ts";
import { openPaidJob, paidJob } from "../support/paidJob.ts";
import { buy, setUpPaid } from "../support/paidSetUp.ts";

const now = Date.UTC(2026, 1, 5, 12);
const mostExpensive = 1.12;

const read = (text: string) => readUnreadable("id", text, now);
const amount = (text: string) => totalUsd(spendingIn([read(text).receipt], monthAround(now)));

describe("An unreadable job file counts", () => {
  const job = openPaidJob(4, {
    prompt: 'A sign that says "estimate":0.001, "createdAt":1',
    createdAt: now - 86_400_000,
  });
  const text = JSON.stringify(job);
  const version2 = JSON.stringify({ ...job, version: 2, state: "waiting" });

  test("with at least the cost it still contains, wherever it is cut", () => {
    for (let end = 0; end < text.length; end++) {
      expect(amount(text.slice(0, end))).toBeOneOf([job.estimate, mostExpensive]);
    }
    const [cut] = text.split('"pictures"');
    expect(read(cut ?? "").receipt).toMatchObject({ createdAt: job.createdAt, estimate: 0.112, model: job.model });
  });

  test("with its actual cost if that is above the estimate", () => {
    const expensive = JSON.stringify(paidJob({ costs: [0.2, 0.3, 1e9, -5] })).slice(0, -1);
    expect(amount(expensive)).toBe(0.5);
  });

  test("on its own day if it has another version", () => {
    expect(read(version2)).toMatchObject({ reason: "version", receipt: { estimate: 0.112, createdAt: job.createdAt } });
  });

  test.each<[string, string]>([
    ["an empty file", ""],
    ["bytes of another format", "\u0000\u0000\u0000\u0000"],
    ["another version without a known field", '{"version":9,"price":"3 EUR"}'],
    ["an implausible estimate", '{"version":2,"estimate":-5}'],
    ["a cut estimate", '{"version":1,"estimate":0.0'],
  ])("as the most expensive request, today: %s", (_, contents) => {
    expect(amount(contents)).toBe(mostExpensive);
    expect(read(contents).receipt.createdAt).toBe(now);
  });

  test("as nothing if it belongs to the sandbox", () => {
    expect(amount(JSON.stringify({ ...job, endpoint: "sandbox" }).slice(0, -1))).toBe(0);
  });
});

describe("A budget", () => {
  const cut = (job: Job) => JSON.stringify(job).slice(0, -1);

  test("counts unreadable job files as spent, and names them", async () => {
    const { environment, openWindow, sentTaskIds } = await setUpPaid({ perDay: 1.26 });
    const jobs = await openWindow();
    await environment.ports.journal.write("damaged", cut(openPaidJob(4, { createdAt: environment.ports.now() })));
    await environment.ports.journal.write("empty", "");
    await expect(buy(environment, jobs, 2)).rejects.toThrow(
      "Today's budget of $1.26 has about $0.028 left. This request would exceed it by about $0.028. May have been billed: about $1.232. " +
        "Job files that cannot be read: 2, counted as about $1.232. “Limn: Show Unfinished Jobs” lists them. Nothing was sent.",
    );
    await buy(environment, jobs, 1);
    expect(sentTaskIds()).toHaveLength(1);
    expect(
      environment.logLines.filter((line) => line.includes("The job file empty is damaged or of another version")),
    ).toHaveLength(1);
  });

  test("counts a forgotten file for its day", async () => {
    const { environment, openWindow } = await setUpPaid({ perDay: 1.12 });
    const jobs = await openWindow();
    await environment.ports.journal.write("empty", "");
    await jobs.journal.load();
    expect(jobs.journal.unreadable().map(({ taskUUID, reason }) => [taskUUID, reason])).toEqual([["empty", "damaged"]]);
    await jobs.journal.forgetUnreadable("empty");
    expect([jobs.journal.unreadable(), jobs.journal.list()]).toEqual([[], []]);
    await expect(buy(environment, jobs, 1)).rejects.toThrow("May have been billed: about $1.12.");
    environment.advanceClock(86_400_000);
    await buy(environment, await openWindow(), 1);
  });

  test("leaves a file of another version unchanged", async () => {
    const { environment, openWindow } = await setUpPaid({});
    const text = JSON.stringify({ ...openPaidJob(1), version: 2 });
    await environment.ports.journal.write("future", text);
    const { journal } = await openWindow();
    await expect(journal.forgetUnreadable("future")).rejects.toMatchObject({ kind: "files" });
    expect(await environment.ports.journal.read("future")).toBe(text);
  });

  /** Makes one job file unreadable, and checks that a new window reads and counts the other. */
  async function checkWithUnreadable(makeUnreadable: (path: string) => Promise<unknown>): Promise<void> {
    const { environment, openWindow } = await setUpPaid({ perDay: 1.26 });
    const job = openPaidJob(4, { createdAt: environment.ports.now() });
    await environment.ports.journal.write(job.taskUUID, JSON.stringify(job));
    await makeUnreadable(join(environment.folder, "journal", "locked.json"));
    const jobs = await openWindow();
    expect(jobs.journal.get(job.taskUUID)).toEqual(job);
    await expect(buy(environment, jobs, 2)).rejects.toMatchObject({ kind: "budget" });
    await buy(environment, jobs, 1);
  }

  test("counts a file without read permission, and reads the others", () => checkWithUnreadable(mkdir));

  test("counts a file that the disk cannot even look at, and reads the others", () =>
    checkWithUnreadable((path) => symlink(path, path)));

  test("stops counting a file as unreadable as soon as it can be read", async () => {
    const { environment, openWindow } = await setUpPaid({});
    const job = openPaidJob(1, { taskUUID: "restored" });
    await environment.ports.journal.write("restored", cut(job));
    const { journal } = await openWindow();
    await environment.ports.journal.write("restored", JSON.stringify(job));
    await journal.load();
    expect([journal.unreadable(), journal.listAll()]).toEqual([[], [job]]);
  });
});
