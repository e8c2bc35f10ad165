import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Job } from "../../../src/core/jobs/job.ts";
import { readUnreadable } from "../../../src/core/jobs/unreadableJob.ts";
import { spendingIn, totalUsd } from "../../../src/core/money/spending.ts";
import { monthAround } from "../../../src/core/timeSpan.ts";
import { bought, open } from "../support/paidJob.ts";
import { buy, openShop } from "../support/paidSetUp.ts";

const now = Date.UTC(2026, 1, 5, 12);
const mostExpensive = 0.56;

const read = (text: string) => readUnreadable("id", text, now);
const amount = (text: string) => totalUsd(spendingIn([read(text).receipt], monthAround(now)));

describe("A job file that cannot be read counts", () => {
  const job = open(4, { prompt: 'A sign that says "estimate":0.001, "createdAt":1', createdAt: now - 86_400_000 });
  const text = JSON.stringify(job);
  const version2 = JSON.stringify({ ...job, version: 2, state: "waiting" });

  test("wherever it is cut, with what it says, and never with less", () => {
    for (let end = 0; end < text.length; end++) {
      expect(amount(text.slice(0, end))).toBeOneOf([job.estimate, mostExpensive]);
    }
    const [cut] = text.split('"pictures"');
    expect(read(cut ?? "").receipt).toMatchObject({ createdAt: job.createdAt, estimate: 0.112, model: job.model });
  });

  test("as what came to more than it was expected to", () => {
    const expensive = JSON.stringify(bought({ costs: [0.2, 0.3, 1e9, -5] })).slice(0, -1);
    expect(amount(expensive)).toBe(0.5);
  });

  test("on its own day if it is of another version", () => {
    expect(read(version2)).toMatchObject({ reason: "version", receipt: { estimate: 0.112, createdAt: job.createdAt } });
  });

  test.each<[string, string]>([
    ["an empty file", ""],
    ["bytes of something else", "\u0000\u0000\u0000\u0000"],
    ["another version without a word Limn knows", '{"version":9,"price":"3 EUR"}'],
    ["an estimate that cannot be", '{"version":2,"estimate":-5}'],
    ["an estimate that is cut itself", '{"version":1,"estimate":0.0'],
  ])("as the dearest request there is, now: %s", (_, contents) => {
    expect(amount(contents)).toBe(mostExpensive);
    expect(read(contents).receipt.createdAt).toBe(now);
  });

  test("nothing if it is the sandbox's", () => {
    expect(amount(JSON.stringify({ ...job, endpoint: "sandbox" }).slice(0, -1))).toBe(0);
  });
});

describe("A budget", () => {
  const cut = (job: Job) => JSON.stringify(job).slice(0, -1);

  test("does not fail open because of job files that cannot be read, and names them", async () => {
    const { world, window, sends } = await openShop({ perDay: 0.7 });
    const jobs = await window();
    await world.ports.journal.write("damaged", cut(open(4, { createdAt: world.ports.now() })));
    await world.ports.journal.write("empty", "");
    await expect(buy(world, jobs, 2)).rejects.toThrow(
      "Today's budget of $0.700 has about $0.028 left, so it is about $0.028 too much. May have been billed: about $0.672. " +
        "Job files that cannot be read: 2, counted with about $0.672. “Limn: Show Unfinished Jobs” lists them. Nothing was sent.",
    );
    await buy(world, jobs, 1);
    expect(sends()).toHaveLength(1);
    expect(
      world.lines.filter((line) => line.includes("The job file empty is damaged or of another version")),
    ).toHaveLength(1);
  });

  test("counts a file that the user forgets from then on for its day", async () => {
    const { world, window } = await openShop({ perDay: 0.56 });
    const jobs = await window();
    await world.ports.journal.write("empty", "");
    await jobs.journal.load();
    expect(jobs.journal.unreadable().map(({ taskUUID, reason }) => [taskUUID, reason])).toEqual([["empty", "damaged"]]);
    await jobs.journal.forgetUnreadable("empty");
    expect([jobs.journal.unreadable(), jobs.journal.list()]).toEqual([[], []]);
    await expect(buy(world, jobs, 1)).rejects.toThrow("May have been billed: about $0.560.");
    world.pass(86_400_000);
    await buy(world, await window(), 1);
  });

  test("leaves a file of another version as it is", async () => {
    const { world, window } = await openShop({});
    const text = JSON.stringify({ ...open(1), version: 2 });
    await world.ports.journal.write("future", text);
    const { journal } = await window();
    await expect(journal.forgetUnreadable("future")).rejects.toMatchObject({ kind: "files" });
    expect(await world.ports.journal.read("future")).toBe(text);
  });

  test("counts a file that the system does not let Limn read, and reads the others", async () => {
    const { world, window } = await openShop({ perDay: 0.7 });
    const job = open(4, { createdAt: world.ports.now() });
    await world.ports.journal.write(job.taskUUID, JSON.stringify(job));
    await mkdir(join(world.folder, "journal", "locked.json"));
    const jobs = await window();
    expect(jobs.journal.get(job.taskUUID)).toEqual(job);
    await expect(buy(world, jobs, 2)).rejects.toMatchObject({ kind: "budget" });
    await buy(world, jobs, 1);
  });

  test("lets a file go as soon as it can be read", async () => {
    const { world, window } = await openShop({});
    const job = open(1, { taskUUID: "mended" });
    await world.ports.journal.write("mended", cut(job));
    const { journal } = await window();
    await world.ports.journal.write("mended", JSON.stringify(job));
    await journal.load();
    expect([journal.unreadable(), journal.listAll()]).toEqual([[], [job]]);
  });
});
