import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Jobs } from "../../../src/core/jobs/jobs.ts";
import type { Ports } from "../../../src/core/ports.ts";
import type { JobRequest } from "../../../src/core/request/request.ts";
import { neededFiles } from "../../support/neededFiles.ts";
import { openPaidJob } from "../support/paidJob.ts";
import { setUpPaid } from "../support/paidSetUp.ts";
import { respondWith as answerWith, createJobRequest, fileName, isSend, neverAborted } from "../support/setUp.ts";

const names = ["one", "two", "three"] as const;

/** A service for real money, and three requests for one picture each, USD 0.028 a picture. */
async function setUpThree(...given: Parameters<typeof setUpPaid>) {
  const setup = await setUpPaid(...given);
  const { environment } = setup;
  const jobRequests = names.map((name) => createJobRequest(environment, { prompt: `Hut ${name}` }, { name }));
  const listFolders = async () => ({
    journal: (await environment.listFolder("journal")).length,
    sent: setup.sentTaskIds().length,
  });
  return { ...setup, jobRequests, listFolders };
}

/** Buys what is still needed. Resolves to the names that were bought, and those of the files. */
async function buyNeeded(jobs: Jobs, jobRequests: readonly JobRequest[]) {
  const purchases = await jobs.startAll(jobRequests, neverAborted, neededFiles(jobs, jobRequests));
  const outcomes = await Promise.all([...purchases.values()].map(({ outcome }) => outcome));
  return {
    names: [...purchases.keys()].map((jobRequest) => jobRequest.target.name),
    files: outcomes.flatMap(({ files }) => files.map(fileName)),
  };
}

/** Starts the requests together and waits until all jobs have ended. */
async function buyAll(jobs: Jobs, jobRequests: readonly JobRequest[]) {
  const purchases = await jobs.startAll(jobRequests, neverAborted);
  const started = [...purchases.values()];
  const results = await Promise.allSettled(started.map(({ outcome }) => outcome));
  return { ids: started.map(({ id }) => id), results };
}

test("Requests that are started together are jobs of their own, and the user is asked once about their sum", async () => {
  const { openWindow, jobRequests, approvalRequests, sentTaskIds, listFolders } = await setUpThree({ askAbove: 0.03 });
  const jobs = await openWindow();
  const { ids, results } = await buyAll(jobs, jobRequests);
  const outcomes = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  expect(approvalRequests).toEqual([{ estimate: 0.084, askAbove: 0.03, count: 3 }]);
  expect(outcomes.flatMap(({ files }) => files.map(fileName))).toEqual(["one.jpg", "two.jpg", "three.jpg"]);
  expect(outcomes.map(({ cost }) => cost)).toEqual([0.028, 0.028, 0.028]);
  expect(sentTaskIds().toSorted()).toEqual(ids.toSorted());
  expect(await listFolders()).toEqual({ journal: 3, sent: 3 });
});

test("The user is not asked if no more than the amount is bought in all, and none is bought if they decline", async () => {
  const small = await setUpThree({ askAbove: 0.084 });
  await buyAll(await small.openWindow(), small.jobRequests);
  expect(small.approvalRequests).toEqual([]);
  const declined = await setUpThree({ askAbove: 0.083, perDay: 1 }, false);
  const starting = (await declined.openWindow()).startAll(declined.jobRequests, neverAborted);
  await expect(starting).rejects.toMatchObject({ kind: "stopped" });
  expect(await declined.listFolders()).toEqual({ journal: 0, sent: 0 });
});

test("What is not needed any more when the user has answered is not bought", async () => {
  for (const limits of [{ askAbove: 0.03 }, { askAbove: 0.03, perDay: 1 }]) {
    const { openWindow, jobRequests, approvalRequests, faultProxy, listFolders } = await setUpThree(limits);
    const asked: number[] = [];
    const select = (from: number) => async () => {
      asked.push(approvalRequests.length);
      return jobRequests.slice(from);
    };
    const jobs = await openWindow();
    const purchases = await jobs.startAll(jobRequests, neverAborted, select(2));
    const files = await Promise.all(
      [...purchases.values()].map(async ({ outcome }) => (await outcome).files.map(fileName)),
    );
    // Again when it is stored.
    expect([files, asked]).toEqual([[["three.jpg"]], [1, 1]]);
    expect(await listFolders()).toEqual({ journal: 1, sent: 1 });
    expect(faultProxy.requests.filter(isSend)[0]?.body).toContain("Hut three");
    expect(await jobs.startAll(jobRequests, neverAborted, select(3))).toEqual(new Map());
    expect(await listFolders()).toEqual({ journal: 1, sent: 1 });
  }
});

test("A budget that two of three would fit into refuses all three, with their sum", async () => {
  const { openWindow, jobRequests, listFolders } = await setUpThree({ perDay: 0.083 });
  const jobs = await openWindow();
  await expect(jobs.startAll(jobRequests, neverAborted)).rejects.toMatchObject({
    kind: "budget",
    message: expect.stringContaining("expected to cost about $0.084"),
  });
  expect(await listFolders()).toEqual({ journal: 0, sent: 0 });
  await buyAll(jobs, jobRequests.slice(0, 2));
  expect((await listFolders()).journal).toBe(2);
});

test("Of two windows that start three each at the same moment with a budget for five, one buys all and the other none", async () => {
  for (let round = 0; round < 5; round++) {
    const { environment, ports, openWindow, jobRequests } = await setUpThree({ perMonth: 0.14 });
    const now = environment.ports.now();
    const { journal } = ports();
    const areAllStored = Promise.withResolvers<void>();
    let stored = 0;
    const together: Partial<Ports> = {
      now: () => now,
      // The window that comes first waits until the other one has withdrawn.
      sleep: async () => {
        while ((await environment.listFolder("journal")).length > 3) {
          await setImmediate();
        }
      },
      // Both read the files of the other one only after both have stored theirs.
      journal: {
        ...journal,
        list: async () => {
          if (stored > 0) await areAllStored.promise;
          return journal.list();
        },
        write: async (id, text) => {
          await journal.write(id, text);
          if (++stored === 6) areAllStored.resolve();
        },
      },
    };
    const windows = [await openWindow(together), await openWindow(together)];
    const results = await Promise.allSettled(windows.map((jobs) => buyAll(jobs, jobRequests)));
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await environment.listFolder("journal")).toHaveLength(3);
  }
});

test("What a window that crashed had reserved is not bought by another one, until that reservation is removed", async () => {
  for (const limits of [{}, { perDay: 1 }]) {
    const { openWindow, environment, jobRequests } = await setUpThree(limits);
    const { target } = jobRequests[0] ?? createJobRequest(environment, {});
    const crashed = openPaidJob(1, { state: "sending", target, unconfirmed: true });
    await environment.ports.journal.write(crashed.taskUUID, JSON.stringify(crashed));
    const jobs = await openWindow();
    expect((await buyNeeded(jobs, jobRequests)).names).toEqual(["two", "three"]);
    await expect(jobs.checkAgain(crashed.taskUUID, neverAborted)).rejects.toMatchObject({ billed: "no" });
    expect((await buyNeeded(jobs, jobRequests)).names).toEqual(["one"]);
  }
});

test("What another window reserves a moment later, and never releases, is not bought by either", async () => {
  for (const limits of [{}, { perDay: 1 }]) {
    const { openWindow, ports, environment, jobRequests, sentTaskIds } = await setUpThree(limits);
    const { target } = jobRequests[0] ?? createJobRequest(environment, {});
    const createdAt = environment.ports.now() + 60_000;
    const later = openPaidJob(1, { state: "sending", target, unconfirmed: true, createdAt });
    const { journal } = ports();
    const write = async (id: string, text: string) => {
      await journal.write(id, text);
      if (text.includes("Hut one")) await journal.write(later.taskUUID, JSON.stringify(later));
    };
    const jobs = await openWindow({ journal: { ...journal, write }, sleep: async () => undefined });
    expect((await buyNeeded(jobs, jobRequests)).names).toEqual(["two", "three"]);
    expect(sentTaskIds()).toHaveLength(2);
  }
});

test("Two requests for one file are no rivals of each other: both are made, the second under a free name", async () => {
  const { openWindow, environment } = await setUpThree({ perDay: 1 });
  const jobRequests = ["Hut one", "Hut two"].map((prompt) =>
    createJobRequest(environment, { prompt }, { name: "hut" }),
  );
  const { names, files } = await buyNeeded(await openWindow(), jobRequests);
  expect([names, files.toSorted()]).toEqual([
    ["hut", "hut"],
    ["hut-2.jpg", "hut.jpg"],
  ]);
});

test("Requests that are started together have one time, so that no job of another window comes between them", async () => {
  const { openWindow, environment, jobRequests } = await setUpThree({ perDay: 1 });
  let time = environment.ports.now();
  const jobs = await openWindow({ now: () => time++ });
  await buyAll(jobs, jobRequests);
  expect([jobs.journal.list().length, new Set(jobs.journal.list().map(({ createdAt }) => createdAt)).size]).toEqual([
    3, 1,
  ]);
});

test("If one cannot be stored, the stored ones are removed and nothing is sent", async () => {
  for (const limits of [{}, { perDay: 1 }]) {
    const { ports, openWindow, jobRequests, listFolders } = await setUpThree(limits);
    const { journal } = ports();
    const write = async (id: string, text: string) => {
      if (text.includes("Hut three")) throw Object.assign(new Error("full"), { code: "ENOSPC" });
      await journal.write(id, text);
    };
    const jobs = await openWindow({ journal: { ...journal, write } });
    await expect(jobs.startAll(jobRequests, neverAborted)).rejects.toMatchObject({ kind: "files" });
    expect(await listFolders()).toEqual({ journal: 0, sent: 0 });
    expect(jobs.journal.list()).toEqual([]);
  }
});

test("If one request breaks a rule, none is sent", async () => {
  const { openWindow, environment, jobRequests, listFolders } = await setUpThree({});
  const invalid = createJobRequest(environment, { prompt: "" });
  const jobs = await openWindow();
  await expect(jobs.startAll([...jobRequests, invalid], neverAborted)).rejects.toMatchObject({ kind: "input" });
  expect(await listFolders()).toEqual({ journal: 0, sent: 0 });
});

test("If the service refuses one, the others are made", async () => {
  const { faultProxy, openWindow, jobRequests } = await setUpThree({ perDay: 1 });
  faultProxy.setRule((request) =>
    isSend(request) && request.body.includes("Hut two")
      ? answerWith({ errors: [{ code: "invalidPositivePrompt", message: "No.", parameter: "positivePrompt" }] }, 400)
      : undefined,
  );
  const { results } = await buyAll(await openWindow(), jobRequests);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
});
