import { describe, expect, test } from "vitest";
import {
  every,
  first,
  isArchive,
  isDownload,
  isPoll,
  isSend,
  never,
  openHouse,
  order,
  says,
} from "../support/setUp.ts";

const busy = (headers = {}) => says({ errors: [{ code: "tooManyRequests", message: "Slow down." }] }, 429, headers);

describe("A service that cannot be reached", () => {
  test("costs nothing, and says so", async () => {
    const { sandbox, front, buy, job } = await openHouse();
    await front.close();
    await expect(buy()).rejects.toMatchObject({ kind: "offline", billed: "no" });
    expect(await job()).toMatchObject({ state: "failed", pictures: [] });
    expect(sandbox.receivedTaskTypes).toEqual([]);
  });
});

describe("A service that is busy", () => {
  test("is asked again after the time it names, under the same UUID", async () => {
    const { sandbox, front, world, buy, sends } = await openHouse();
    front.setRule(first(2, isSend, busy({ "retry-after": "7" })));
    const { job } = await buy();
    expect(world.pauses.slice(0, 2)).toEqual([7000, 7000]);
    expect(sends()).toEqual([job.taskUUID, job.taskUUID, job.taskUUID]);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("for good has bought nothing", async () => {
    const { sandbox, front, buy, job, sends } = await openHouse();
    front.setRule(every(busy(), isSend));
    await expect(buy()).rejects.toMatchObject({ kind: "busy", billed: "no" });
    expect(sends()).toHaveLength(3);
    expect(await job()).toMatchObject({ state: "failed" });
    expect(sandbox.ledger.taskCount).toBe(0);
  });

  test("is left in silence by who stops waiting, with a job that is known to have cost nothing", async () => {
    const { front, world, jobs, job, sends } = await openHouse();
    const controller = new AbortController();
    front.setRule((seen) => {
      controller.abort();
      return every(busy({ "retry-after": "60" }), isSend)(seen);
    });
    // The answer is there before the wish to stop.
    const fetched = { ...world.ports, fetch: (url: string, { signal: _, ...init }: RequestInit) => fetch(url, init) };
    const window = await world.open(fetched);
    await expect(window.buy(order(world), controller.signal)).rejects.toMatchObject({ kind: "stopped" });
    await jobs.journal.load();
    expect(await job()).toMatchObject({ state: "failed" });
    expect(sends()).toHaveLength(1);
  });

  test("at a poll is given the time it asks for", async () => {
    const { front, world, buy } = await openHouse();
    front.setRule(first(1, isPoll, busy({ "retry-after": "30" })));
    expect((await buy()).files).toHaveLength(1);
    expect(world.pauses).toContain(30_000);
  });
});

describe("Polls", () => {
  test.each([
    ["that are cut", { cut: "before" as const }],
    ["with a page of HTML", says("<html></html>", 502)],
    ["with HTTP 500 and an error", says({ errors: [{ code: "internalServerError", message: "Oh." }] }, 500)],
    ["with cut JSON", says('{"data":[')],
    ["with nothing", says("")],
    ["with JSON of something else", says("null")],
    ["with empty data", says({ data: [] })],
    ["with items of somebody else", says({ data: [{ taskUUID: "other", imageURL: "https://im.runware.ai/x.jpg" }] })],
  ])("%s are borne, however long it takes", async (_, deed) => {
    const { sandbox, front, buy } = await openHouse();
    front.setRule(first(40, isPoll, deed));
    expect((await buy()).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("that fail for hours do not end a job that runs", async () => {
    const { front, world, buy } = await openHouse();
    front.setRule(first(200, isPoll, says({ errors: [{ code: "serviceUnavailable", message: "Later." }] }, 503)));
    expect((await buy()).files).toHaveLength(1);
    expect(world.pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(30 * 60_000);
  });

  test("that tell one fault twice do not lose the picture that is still made", async () => {
    const { front, buy } = await openHouse();
    const fault = { code: "providerError", message: "Oh." };
    front.setRule((seen) => {
      const [{ taskUUID }]: [{ taskUUID: string }] = isPoll(seen) ? JSON.parse(seen.body) : [{ taskUUID: "" }];
      const data = [
        { taskUUID, status: "error", ...fault },
        { taskUUID, status: "processing" },
      ];
      return first(3, isPoll, says({ data, errors: [{ taskUUID, ...fault }] }))(seen);
    });
    expect((await buy({ count: 2 })).files).toHaveLength(2);
  });

  test("that tell a fault before they tell the pictures lose none", async () => {
    const { front, buy } = await openHouse();
    front.setRule((seen) => {
      const [{ taskUUID }]: [{ taskUUID: string }] = isPoll(seen) ? JSON.parse(seen.body) : [{ taskUUID: "" }];
      return first(3, isPoll, says({ errors: [{ taskUUID, code: "providerError", message: "Oh." }] }, 400))(seen);
    });
    expect((await buy({ count: 4 })).files).toHaveLength(4);
  });

  test("that tell one fault and nothing else end the job within a minute, if the archive knows nothing else", async () => {
    const { front, world, buy, job } = await openHouse();
    front.setRule((seen) => {
      const [{ taskUUID }]: [{ taskUUID: string }] = seen.body === "" ? [{ taskUUID: "" }] : JSON.parse(seen.body);
      return every(says({ errors: [{ taskUUID, code: "providerError", message: "Oh." }] }), isPoll, isArchive)(seen);
    });
    await expect(buy({ count: 4 })).rejects.toMatchObject({ kind: "upstream", billed: "maybe" });
    expect(await job()).toMatchObject({ state: "failed", failures: [{ code: "providerError" }] });
    expect(world.pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThan(60_000);
  });

  test("ask for all running tasks together", async () => {
    const { front, buy } = await openHouse();
    front.setRule(first(3, isPoll, says({ data: [] })));
    await Promise.all([buy(), buy()]);
    const sizes = front.requests.filter(isPoll).map(({ body }) => body.split("getResponse").length - 1);
    expect(Math.max(...sizes)).toBe(2);
  });

  test("end with the key where it is refused, and leave the job open", async () => {
    const { front, jobs, buy, job } = await openHouse();
    front.setRule(every(says({ errors: [{ code: "invalidApiKey", message: "Invalid." }] }, 401), isPoll));
    await expect(buy()).rejects.toMatchObject({ kind: "key" });
    const { taskUUID, state } = await job();
    expect(state).toBe("running");
    front.setRule(() => undefined);
    expect((await jobs.checkAgain(taskUUID, never)).files).toHaveLength(1);
  });
});

describe("A picture that cannot be fetched", () => {
  test.each([
    ["HTTP 422", says("", 422)],
    ["HTTP 502", says("<html></html>", 502)],
    ["a cut connection", { cut: "before" as const }],
    ["something that is no picture", says("<html></html>")],
  ])("for a moment, because of %s, is tried again", async (_, deed) => {
    const { front, buy } = await openHouse();
    front.setRule(first(3, isDownload, deed));
    const { files, job } = await buy();
    expect(files).toHaveLength(1);
    expect(job.pictures[0]?.problem).toBeUndefined();
  });

  test("because its link has expired is noted, costs none of the others, and can be had later", async () => {
    const { front, world, jobs, buy } = await openHouse();
    let expired = "";
    front.setRule((seen) => {
      expired ||= isDownload(seen) ? seen.path : "";
      return seen.path === expired ? says("", 404) : undefined;
    });
    const { files, job } = await buy({ count: 3 });
    expect(files).toHaveLength(2);
    expect(job.pictures.flatMap(({ problem }) => problem ?? [])).toEqual([expect.stringContaining("404")]);
    front.setRule(() => undefined);
    const later = await jobs.checkAgain(job.taskUUID, never);
    expect(later.files).toHaveLength(3);
    expect(later.job.pictures.flatMap(({ problem }) => problem ?? [])).toEqual([]);
    expect(await world.names("pictures")).toHaveLength(3);
  });

  test("from a host that is not Runware's is not asked for", async () => {
    const { front, world } = await openHouse();
    const asked: string[] = [];
    const ports = {
      ...world.ports,
      fetch: (url: string, init: RequestInit) => {
        asked.push(new URL(url).host);
        return fetch(url, init);
      },
    };
    front.setRule(
      every(
        { change: (body) => body.replaceAll(/http:[^"]*image/g, "http://169.254.169.254/image") },
        isPoll,
        isArchive,
      ),
    );
    const window = await world.open(ports);
    const { files, job } = await window.buy(order(world), never);
    expect(files).toEqual([]);
    expect(job.pictures[0]?.problem).toContain("169.254.169.254");
    expect(new Set(asked)).toEqual(new Set([new URL(front.url).host]));
  });

  test("is asked for once more at the archive, which may have another link", async () => {
    const { front, buy } = await openHouse();
    front.setRule(
      every({ change: (body) => body.replaceAll(/http:[^"]*image/g, "https://evil.example/image") }, isPoll),
    );
    const { files, job } = await buy();
    expect(files).toHaveLength(1);
    expect(job.pictures[0]).not.toHaveProperty("problem");
  });

  test("through a redirect is not followed there", async () => {
    const { front, buy } = await openHouse();
    front.setRule(every(says("", 302, { location: `${front.url}/elsewhere` }), isDownload));
    const { files, job } = await buy();
    expect(files).toEqual([]);
    expect(job.pictures[0]?.problem).toContain("302");
    expect(front.requests.filter(({ path }) => path.endsWith("elsewhere"))).toEqual([]);
  });

  test("never takes the key along", async () => {
    const { front, buy } = await openHouse();
    await buy();
    const downloads = front.requests.filter(isDownload);
    expect(downloads).toHaveLength(1);
    expect(downloads.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });
});
