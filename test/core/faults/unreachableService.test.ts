import { describe, expect, test } from "vitest";
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

const busy = (headers = {}) =>
  respondWith({ errors: [{ code: "tooManyRequests", message: "Slow down." }] }, 429, headers);

describe("An unreachable service", () => {
  test("costs nothing, and the error explains that", async () => {
    const { sandbox, faultProxy, buy, readJob } = await setUp();
    await faultProxy.close();
    const message = expect.stringMatching(/The request was not sent, and nothing was billed\.$/);
    await expect(buy()).rejects.toMatchObject({ kind: "offline", billed: "no", message });
    const failures = [{ kind: "offline", message, billed: "no" }];
    expect(await readJob()).toMatchObject({ state: "failed", pictures: [], failures });
    expect(sandbox.receivedTaskTypes).toEqual([]);
  });
});

describe("A busy service", () => {
  test("gets the same UUID again after its Retry-After", async () => {
    const { sandbox, faultProxy, environment, buy, sentTaskIds } = await setUp();
    faultProxy.setRule(onFirst(2, isSend, busy({ "retry-after": "7" })));
    const { job } = await buy();
    expect(environment.pauses.slice(0, 2)).toEqual([7000, 7000]);
    expect(sentTaskIds()).toEqual([job.taskUUID, job.taskUUID, job.taskUUID]);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("that stays busy has billed nothing", async () => {
    const { sandbox, faultProxy, buy, readJob, sentTaskIds } = await setUp();
    faultProxy.setRule(onEvery(busy(), isSend));
    await expect(buy()).rejects.toMatchObject({ kind: "busy", billed: "no" });
    expect(sentTaskIds()).toHaveLength(3);
    expect(await readJob()).toMatchObject({ state: "failed" });
    expect(sandbox.ledger.taskCount).toBe(0);
  });

  test("shows no error after Stop Waiting, and the job counts as not billed", async () => {
    const { faultProxy, environment, jobs, readJob, sentTaskIds } = await setUp();
    const controller = new AbortController();
    faultProxy.setRule((request) => {
      controller.abort();
      return onEvery(busy({ "retry-after": "60" }), isSend)(request);
    });
    // The answer arrives before the abort.
    const fetched = {
      ...environment.ports,
      fetch: (url: string, { signal: _, ...init }: RequestInit) => fetch(url, init),
    };
    const window = await environment.openWindow(fetched);
    await expect(window.buy(createJobRequest(environment), controller.signal)).rejects.toMatchObject({
      kind: "stopped",
    });
    await jobs.journal.load();
    expect(await readJob()).toMatchObject({ state: "failed" });
    expect(sentTaskIds()).toHaveLength(1);
  });

  test("is polled again only after its Retry-After", async () => {
    const { faultProxy, environment, buy } = await setUp();
    faultProxy.setRule(onFirst(1, isPoll, busy({ "retry-after": "30" })));
    expect((await buy()).files).toHaveLength(1);
    expect(environment.pauses).toContain(30_000);
  });
});

describe("Polls", () => {
  test.each([
    ["that are cut", { cut: "before" as const }],
    ["with a page of HTML", respondWith("<html></html>", 502)],
    ["with HTTP 500 and an error", respondWith({ errors: [{ code: "internalServerError", message: "Oh." }] }, 500)],
    ["with cut JSON", respondWith('{"data":[')],
    ["with nothing", respondWith("")],
    ["with JSON of something else", respondWith("null")],
    ["with empty data", respondWith({ data: [] })],
    [
      "with items of another task",
      respondWith({ data: [{ taskUUID: "other", imageURL: "https://im.runware.ai/x.jpg" }] }),
    ],
  ])("continue after %s, however long it lasts", async (_, action) => {
    const { sandbox, faultProxy, buy } = await setUp();
    faultProxy.setRule(onFirst(40, isPoll, action));
    expect((await buy()).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("that fail for hours do not end a running job", async () => {
    const { faultProxy, environment, buy } = await setUp();
    faultProxy.setRule(
      onFirst(200, isPoll, respondWith({ errors: [{ code: "serviceUnavailable", message: "Later." }] }, 503)),
    );
    expect((await buy()).files).toHaveLength(1);
    expect(environment.pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(30 * 60_000);
  });

  test("that report one failure twice do not lose the picture still in progress", async () => {
    const { faultProxy, buy } = await setUp();
    const fault = { code: "providerError", message: "Oh." };
    faultProxy.setRule((request) => {
      const [{ taskUUID }]: [{ taskUUID: string }] = isPoll(request) ? JSON.parse(request.body) : [{ taskUUID: "" }];
      const data = [
        { taskUUID, status: "error", ...fault },
        { taskUUID, status: "processing" },
      ];
      return onFirst(3, isPoll, respondWith({ data, errors: [{ taskUUID, ...fault }] }))(request);
    });
    expect((await buy({ count: 2 })).files).toHaveLength(2);
  });

  test("that report a failure before the pictures lose none", async () => {
    const { faultProxy, buy } = await setUp();
    faultProxy.setRule((request) => {
      const [{ taskUUID }]: [{ taskUUID: string }] = isPoll(request) ? JSON.parse(request.body) : [{ taskUUID: "" }];
      return onFirst(
        3,
        isPoll,
        respondWith({ errors: [{ taskUUID, code: "providerError", message: "Oh." }] }, 400),
      )(request);
    });
    expect((await buy({ count: 4 })).files).toHaveLength(4);
  });

  test("that report only a failure end the job within a minute if the archive agrees", async () => {
    const { faultProxy, environment, buy, readJob } = await setUp();
    faultProxy.setRule((request) => {
      const [{ taskUUID }]: [{ taskUUID: string }] =
        request.body === "" ? [{ taskUUID: "" }] : JSON.parse(request.body);
      return onEvery(
        respondWith({ errors: [{ taskUUID, code: "providerError", message: "Oh." }] }),
        isPoll,
        isArchive,
      )(request);
    });
    await expect(buy({ count: 4 })).rejects.toMatchObject({ kind: "upstream", billed: "maybe" });
    expect(await readJob()).toMatchObject({ state: "failed", failures: [{ code: "providerError" }] });
    expect(environment.pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(60_000);
  });

  test("request all running tasks together", async () => {
    const { faultProxy, buy } = await setUp();
    faultProxy.setRule(onFirst(3, isPoll, respondWith({ data: [] })));
    await Promise.all([buy(), buy()]);
    const sizes = faultProxy.requests.filter(isPoll).map(({ body }) => body.split("getResponse").length - 1);
    expect(Math.max(...sizes)).toBe(2);
  });

  test("end with an error of kind key when the key is refused, and leave the job open", async () => {
    const { faultProxy, jobs, buy, readJob } = await setUp();
    faultProxy.setRule(onEvery(respondWith({ errors: [{ code: "invalidApiKey", message: "Invalid." }] }, 401), isPoll));
    await expect(buy()).rejects.toMatchObject({ kind: "key" });
    const { taskUUID, state } = await readJob();
    expect(state).toBe("running");
    faultProxy.setRule(() => undefined);
    expect((await jobs.checkAgain(taskUUID, neverAborted)).files).toHaveLength(1);
  });
});

describe("A failed download", () => {
  test.each([
    ["HTTP 422", respondWith("", 422)],
    ["HTTP 502", respondWith("<html></html>", 502)],
    ["a cut connection", { cut: "before" as const }],
    ["something that is no picture", respondWith("<html></html>")],
  ])("is retried after %s", async (_, action) => {
    const { faultProxy, buy } = await setUp();
    faultProxy.setRule(onFirst(3, isDownload, action));
    const { files, job } = await buy();
    expect(files).toHaveLength(1);
    expect(job.pictures[0]?.problem).toBeUndefined();
  });

  test("because of an expired link is recorded, affects no other picture, and works later", async () => {
    const { faultProxy, environment, jobs, buy } = await setUp();
    let expired = "";
    faultProxy.setRule((request) => {
      expired ||= isDownload(request) ? request.path : "";
      return request.path === expired ? respondWith("", 404) : undefined;
    });
    const { files, job } = await buy({ count: 3 });
    expect(files).toHaveLength(2);
    expect(job.pictures.flatMap(({ problem }) => problem ?? [])).toEqual([expect.stringContaining("404")]);
    faultProxy.setRule(() => undefined);
    const later = await jobs.checkAgain(job.taskUUID, neverAborted);
    expect(later.files).toHaveLength(3);
    expect(later.job.pictures.flatMap(({ problem }) => problem ?? [])).toEqual([]);
    expect(await environment.listFolder("pictures")).toHaveLength(3);
  });

  test("is not attempted from a host that is not Runware's", async () => {
    const { faultProxy, environment } = await setUp();
    const asked: string[] = [];
    const ports = {
      ...environment.ports,
      fetch: (url: string, init: RequestInit) => {
        asked.push(new URL(url).host);
        return fetch(url, init);
      },
    };
    faultProxy.setRule(
      onEvery(
        { change: (body) => body.replaceAll(/http:[^"]*image/g, "http://169.254.169.254/image") },
        isPoll,
        isArchive,
      ),
    );
    const window = await environment.openWindow(ports);
    const { files, job } = await window.buy(createJobRequest(environment), neverAborted);
    expect(files).toEqual([]);
    expect(job.pictures[0]?.problem).toContain("169.254.169.254");
    expect(new Set(asked)).toEqual(new Set([new URL(faultProxy.url).host]));
  });

  test("from a forbidden host is retried with the archive's link", async () => {
    const { faultProxy, buy } = await setUp();
    faultProxy.setRule(
      onEvery({ change: (body) => body.replaceAll(/http:[^"]*image/g, "https://evil.example/image") }, isPoll),
    );
    const { files, job } = await buy();
    expect(files).toHaveLength(1);
    expect(job.pictures[0]).not.toHaveProperty("problem");
  });

  test("because of a redirect does not follow it", async () => {
    const { faultProxy, buy } = await setUp();
    faultProxy.setRule(onEvery(respondWith("", 302, { location: `${faultProxy.url}/elsewhere` }), isDownload));
    const { files, job } = await buy();
    expect(files).toEqual([]);
    expect(job.pictures[0]?.problem).toContain("302");
    expect(faultProxy.requests.filter(({ path }) => path.endsWith("elsewhere"))).toEqual([]);
  });

  test("never sends the key", async () => {
    const { faultProxy, buy } = await setUp();
    await buy();
    const downloads = faultProxy.requests.filter(isDownload);
    expect(downloads).toHaveLength(1);
    expect(downloads.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });
});
