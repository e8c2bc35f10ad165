import { describe, expect, test, vi } from "vitest";
import { isUnfinished } from "../../../src/core/jobs/job.ts";
import {
  createJobRequest,
  isArchive,
  isDownload,
  isPoll,
  isSend,
  neverAborted,
  onEvery,
  onFirst,
  respondWith,
  setUp,
} from "../support/setUp.ts";

const taskOf = (body: string): string => /"taskUUID":"([^"]+)"/.exec(body)?.[1] ?? "";
const fault = { code: "providerError", message: "Oh." };

describe("The journal's disk", () => {
  test("that fails for one of two jobs loses no picture of either", async () => {
    const { faultProxy, environment, sandbox } = await setUp();
    let broken = "";
    const write = (id: string, text: string) =>
      id === broken ? Promise.reject(new Error("EIO: i/o error")) : environment.ports.journal.write(id, text);
    const jobs = await environment.openWindow({
      ...environment.ports,
      journal: { ...environment.ports.journal, write },
    });
    const one = await jobs.start(createJobRequest(environment, { count: 2 }), neverAborted);
    const other = await jobs.start(createJobRequest(environment, { count: 2 }), neverAborted);
    faultProxy.setRule((request) => {
      broken = isPoll(request) ? one.id : broken;
      return undefined;
    });
    expect((await one.outcome).files).toHaveLength(2);
    expect((await other.outcome).files).toHaveLength(2);
    // The first job's file lacks its pictures; the window that resumes it finds them in the vault.
    expect(await environment.listFolder("vault")).toHaveLength(4);
    const downloads = faultProxy.requests.filter(isDownload).length;
    const later = await environment.openWindow();
    expect((await later.checkAgain(one.id, neverAborted)).files).toHaveLength(2);
    expect(faultProxy.requests.filter(isDownload)).toHaveLength(downloads);
    expect(sandbox.ledger.taskCount).toBe(2);
  });

  test("that writes a link slowly does not delay the download", async () => {
    const { faultProxy, environment } = await setUp();
    const fetched = new Promise<void>((resolve) => {
      faultProxy.setRule((request) => {
        if (isDownload(request)) resolve();
        return undefined;
      });
    });
    const { journal, vault } = environment.ports;
    const sought: string[] = [];
    const jobs = await environment.openWindow({
      ...environment.ports,
      journal: {
        ...journal,
        async write(id, text) {
          if (text.includes('"url"')) await fetched;
          await journal.write(id, text);
        },
      },
      vault: {
        ...vault,
        read(name) {
          sought.push(name);
          return vault.read(name);
        },
      },
    });
    expect((await jobs.buy(createJobRequest(environment), neverAborted)).files).toHaveLength(1);
    // A new job has no earlier process that could have left pictures in the vault.
    expect(sought).toEqual([]);
  });

  test("that fails at any single write loses no picture and buys none twice", async () => {
    let failed = true;
    for (let nth = 2; failed; nth++) {
      const { environment, sandbox } = await setUp();
      let writes = 0;
      failed = false;
      const write = (id: string, text: string) => {
        failed ||= ++writes === nth;
        return writes === nth ? Promise.reject(new Error("EIO: i/o error")) : environment.ports.journal.write(id, text);
      };
      const jobs = await environment.openWindow({
        ...environment.ports,
        journal: { ...environment.ports.journal, write },
      });
      const { id, outcome } = await jobs.start(createJobRequest(environment, { count: 2 }), neverAborted);
      await outcome.catch(() => undefined);
      const later = await environment.openWindow();
      expect((await later.checkAgain(id, neverAborted)).files).toHaveLength(2);
      expect(await environment.listFolder("pictures")).toHaveLength(2);
      expect(sandbox.ledger.taskCount).toBe(1);
      expect(nth).toBeLessThan(30);
    }
  });
});

describe("A listener that throws", () => {
  test("does not prevent the pictures from arriving", async () => {
    const { environment, jobs, buy } = await setUp();
    jobs.subscribeToFollowed(() => {
      throw new Error("The panel is gone.");
    });
    jobs.journal.subscribe(() => {
      throw new Error("The panel is gone.");
    });
    expect((await buy()).files).toHaveLength(1);
    expect(environment.logLines.join("\n")).toContain("The panel is gone.");
  });
});

describe("Pictures that arrive after a reported failure", () => {
  test("are not lost if one poll reports it twice and no running work", async () => {
    const { faultProxy, buy } = await setUp();
    faultProxy.setRule((request) => {
      const taskUUID = taskOf(request.body);
      // The archive knows nothing yet, so the second poll finds them.
      if (isArchive(request)) {
        return respondWith({ data: [] });
      }
      return onFirst(
        1,
        isPoll,
        respondWith({ data: [{ taskUUID, status: "error", ...fault }], errors: [{ taskUUID, ...fault }] }),
      )(request);
    });
    expect((await buy({ count: 2 })).files).toHaveLength(2);
  });

  test("are not lost if polls report it for some seconds, and the archive too", async () => {
    const { faultProxy, environment, buy } = await setUp();
    let firstReport: number | undefined;
    faultProxy.setRule((request) => {
      if (!isPoll(request) && !isArchive(request)) {
        return undefined;
      }
      const now = environment.ports.now();
      firstReport ??= now;
      if (now - firstReport >= 3000) {
        return undefined;
      }
      const taskUUID = taskOf(request.body);
      const errors = [{ taskUUID, ...fault }];
      const details = { taskType: "getTaskDetails", taskUUID, response: { errors } };
      return respondWith(isArchive(request) ? { data: [details] } : { errors });
    });
    expect((await buy()).files).toHaveLength(1);
  });

  test("come from the archive if all polls report only the failure", async () => {
    const { faultProxy, buy } = await setUp();
    faultProxy.setRule((request) =>
      onEvery(respondWith({ errors: [{ taskUUID: taskOf(request.body), ...fault }] }), isPoll)(request),
    );
    expect((await buy({ count: 2 })).files).toHaveLength(2);
  });
});

describe("A synchronous answer", () => {
  test("with half of the pictures is completed from the archive", async () => {
    const { faultProxy, sandbox, buy } = await setUp();
    const half = (body: string) => {
      const { data }: { data: readonly unknown[] } = JSON.parse(body);
      return JSON.stringify({ data: data.slice(0, 2) });
    };
    faultProxy.setRule(onEvery({ change: half }, isSend));
    const { files, cost } = await buy({ count: 4, deliveryMethod: "sync" });
    expect(files).toHaveLength(4);
    expect(cost).toBe(sandbox.ledger.billed);
  });

  test("without a UUID belongs to the one task that was sent", async () => {
    const { faultProxy, buy } = await setUp();
    faultProxy.setRule(onEvery({ change: (body) => body.replaceAll(/"taskUUID":"[^"]+",?/g, "") }, isSend));
    expect((await buy({ deliveryMethod: "sync" })).files).toHaveLength(1);
    expect(faultProxy.requests.filter(isPoll)).toEqual([]);
  });
});

describe("A task with an uncertain outcome", () => {
  test("is waited for if only the archive lists it, as running", async () => {
    const { faultProxy, sandbox, buy } = await setUp();
    let asked = 0;
    faultProxy.setRule((request) => {
      if (isSend(request)) {
        return onFirst(1, isSend, { cut: "after" })(request) ?? { cut: "before" };
      }
      if (isArchive(request)) {
        asked++;
        const item = { taskType: "getTaskDetails", taskUUID: taskOf(request.body), response: { data: [] } };
        return respondWith({ data: [item] });
      }
      // Polls report it only after the archive has.
      return isPoll(request) && asked === 0 ? respondWith({ data: [] }) : undefined;
    });
    const { files, job } = await buy();
    expect([files.length, job.state, sandbox.ledger.taskCount]).toEqual([1, "done", 1]);
  });

  test("leaves no pending send when polls have delivered its pictures", async () => {
    const { faultProxy, environment, buy } = await setUp();
    const again = Promise.withResolvers<void>();
    faultProxy.setRule((request) => {
      if (isSend(request)) {
        if (request.precedingCount === 1) {
          again.resolve();
        }
        return onFirst(1, isSend, { cut: "after" })(request) ?? { holdUntil: new Promise<void>(() => undefined) };
      }
      return isPoll(request) && faultProxy.requests.filter(isSend).length < 2 ? respondWith({ data: [] }) : undefined;
    });
    const bought = buy();
    await again.promise;
    expect((await bought).files).toHaveLength(1);
    expect(environment.fetchTiming.pendingCount()).toBe(0);
  });
});

describe("Polls", () => {
  test("that are refused during a download end after the picture is in the vault", async () => {
    const { faultProxy, environment, buy, jobs, readJob } = await setUp();
    const gate = Promise.withResolvers<void>();
    const firstItemOnly = (body: string) => {
      const { data }: { data: readonly unknown[] } = JSON.parse(body);
      return JSON.stringify({ data: data.slice(0, 1) });
    };
    faultProxy.setRule((request) => {
      if (isDownload(request)) {
        return { holdUntil: gate.promise };
      }
      return onFirst(1, isPoll, { change: firstItemOnly })(request) ?? onEvery(respondWith("", 401), isPoll)(request);
    });
    const end = buy({ count: 2 }).catch(async (error: unknown) => ({
      error,
      vault: await environment.listFolder("vault"),
    }));
    await vi.waitUntil(() => faultProxy.requests.filter(isPoll).length === 2 && faultProxy.requests.some(isDownload));
    gate.resolve();
    expect(await end).toMatchObject({ error: { kind: "key" }, vault: [expect.stringContaining(".jpg")] });
    faultProxy.setRule(() => undefined);
    expect((await jobs.checkAgain((await readJob()).taskUUID, neverAborted)).files).toHaveLength(2);
  });

  test("that get an empty 401 end with an error of kind key that says the task may have been billed", async () => {
    const { faultProxy, jobs, buy, readJob } = await setUp();
    faultProxy.setRule(onEvery(respondWith("", 401), isPoll));
    await expect(buy()).rejects.toMatchObject({ kind: "key", billed: "maybe" });
    const { taskUUID } = await readJob();
    faultProxy.setRule(() => undefined);
    expect((await jobs.checkAgain(taskUUID, neverAborted)).files).toHaveLength(1);
  });

  test("request fewer tasks at a time after an answer that is too long", async () => {
    const { faultProxy, environment, jobs } = await setUp();
    const long = `{"data":[]${" ".repeat(70_000_000)}}`;
    const sizes: number[] = [];
    faultProxy.setRule((request) => {
      const size = isPoll(request) ? request.body.split("getResponse").length - 1 : 0;
      sizes.push(...(size > 0 ? [size] : []));
      return size > 1 ? respondWith(long) : undefined;
    });
    const purchases = await Promise.all(
      [1, 2, 3].map(() => jobs.start(createJobRequest(environment, { outputType: "base64Data" }), neverAborted)),
    );
    for (const { outcome } of purchases) {
      expect((await outcome).files).toHaveLength(1);
    }
    expect(Math.max(...sizes)).toBeGreaterThan(1);
    expect(sizes.at(-1)).toBe(1);
  });

  test("count an unknown state as running", async () => {
    const { faultProxy, environment, buy } = await setUp();
    faultProxy.setRule((request) =>
      onFirst(140, isPoll, respondWith({ data: [{ taskUUID: taskOf(request.body), status: "queued" }] }))(request),
    );
    expect((await buy()).files).toHaveLength(1);
    expect(faultProxy.requests.filter(isArchive)).toEqual([]);
    expect(environment.pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(16 * 60_000);
  });

  test("ignore empty texts next to a picture's link", async () => {
    const { faultProxy, buy } = await setUp();
    const empty = { imageBase64Data: "", imageDataURI: "" };
    const emptied = (body: string) => {
      const { data }: { data: readonly object[] } = JSON.parse(body);
      return JSON.stringify({ data: data.map((item) => ({ ...item, ...empty })) });
    };
    faultProxy.setRule((request) =>
      isArchive(request) ? respondWith({ data: [] }) : onEvery({ change: emptied }, isPoll)(request),
    );
    const { files, job } = await buy();
    expect([files.length, isUnfinished(job)]).toEqual([1, false]);
  });
});

describe("Stop Waiting", () => {
  test("aborts a hanging call at once", async () => {
    const { faultProxy, environment, jobs } = await setUp();
    faultProxy.setRule((request) => (isPoll(request) ? { holdUntil: new Promise<void>(() => undefined) } : undefined));
    const { id, outcome } = await jobs.start(createJobRequest(environment), neverAborted);
    await vi.waitUntil(() => faultProxy.requests.some(isPoll));
    jobs.stop(id);
    await expect(outcome).rejects.toMatchObject({ kind: "stopped" });
    await vi.waitUntil(() => environment.fetchTiming.pendingCount() === 0);
  });
});

describe("The pictures of a job that were not made", () => {
  test("go to one of several buyers, in one window and in another one that knows the job from before", async () => {
    const { environment } = await setUp();
    const jobs = await environment.openWindow();
    const request = createJobRequest(environment, { count: 3, prompt: "A fox [sandbox:fail=1]" });
    const { job } = await jobs.buy(request, neverAborted);
    expect([job.state, job.pictures.length]).toEqual(["done", 2]);
    const otherWindow = await environment.openWindow();
    const claims = [jobs.claimUnmade(job.taskUUID), jobs.claimUnmade(job.taskUUID)];
    expect(await Promise.all(claims)).toEqual([1, 0]);
    expect(await otherWindow.claimUnmade(job.taskUUID)).toBe(0);
    await jobs.setUnmadeSettled(job.taskUUID, false);
    expect(await otherWindow.claimUnmade(job.taskUUID)).toBe(1);
  });
});
