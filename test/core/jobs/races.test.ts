import { afterAll, describe, expect, test, vi } from "vitest";
import { isUnfinished } from "../../../src/core/jobs/job.ts";
import { createSheets } from "../support/plainPictures.ts";
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

const sheets = createSheets();
afterAll(() => sheets.dispose());

const taskOf = (body: string): string => /"taskUUID":"([^"]+)"/.exec(body)?.[1] ?? "";
const fault = { code: "providerError", message: "Oh." };

describe("The journal's disk", () => {
  test("that fails for one of two jobs costs neither a picture", async () => {
    const { front, world, sandbox } = await openHouse({ imaging: sheets });
    let broken = "";
    const write = (id: string, text: string) =>
      id === broken ? Promise.reject(new Error("EIO: i/o error")) : world.ports.journal.write(id, text);
    const jobs = await world.open({ ...world.ports, journal: { ...world.ports.journal, write } });
    const one = await jobs.start(order(world, { count: 2 }), never);
    const other = await jobs.start(order(world, { count: 2 }), never);
    front.setRule((seen) => {
      broken = isPoll(seen) ? one.id : broken;
      return undefined;
    });
    expect((await one.outcome).files).toHaveLength(2);
    expect((await other.outcome).files).toHaveLength(2);
    // The disk knows nothing of the first job's pictures, and whoever takes it up finds them in the
    // vault.
    expect(await world.names("vault")).toHaveLength(4);
    const downloads = front.requests.filter(isDownload).length;
    const later = await world.open();
    expect((await later.checkAgain(one.id, never)).files).toHaveLength(2);
    expect(front.requests.filter(isDownload)).toHaveLength(downloads);
    expect(sandbox.ledger.taskCount).toBe(2);
  });

  test("that is slow to note a link does not hold up its picture", async () => {
    const { front, world } = await openHouse({ imaging: sheets });
    const fetched = new Promise<void>((resolve) => {
      front.setRule((seen) => {
        if (isDownload(seen)) resolve();
        return undefined;
      });
    });
    const { journal, vault } = world.ports;
    const sought: string[] = [];
    const jobs = await world.open({
      ...world.ports,
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
    expect((await jobs.buy(order(world), never)).files).toHaveLength(1);
    // A new job has had no life that could have left its pictures in the vault.
    expect(sought).toEqual([]);
  });

  test("that fails at any one moment costs no picture and buys none twice", async () => {
    let failed = true;
    for (let nth = 2; failed; nth++) {
      const { world, sandbox } = await openHouse({ imaging: sheets });
      let writes = 0;
      failed = false;
      const write = (id: string, text: string) => {
        failed ||= ++writes === nth;
        return writes === nth ? Promise.reject(new Error("EIO: i/o error")) : world.ports.journal.write(id, text);
      };
      const jobs = await world.open({ ...world.ports, journal: { ...world.ports.journal, write } });
      const { id, outcome } = await jobs.start(order(world, { count: 2 }), never);
      await outcome.catch(() => undefined);
      const later = await world.open();
      expect((await later.checkAgain(id, never)).files).toHaveLength(2);
      expect(await world.names("pictures")).toHaveLength(2);
      expect(sandbox.ledger.taskCount).toBe(1);
      expect(nth).toBeLessThan(30);
    }
  });
});

describe("A listener that fails", () => {
  test("comes between nobody and their pictures", async () => {
    const { world, jobs, buy } = await openHouse({ imaging: sheets });
    jobs.subscribeToFollowed(() => {
      throw new Error("The panel is gone.");
    });
    jobs.journal.subscribe(() => {
      throw new Error("The panel is gone.");
    });
    expect((await buy()).files).toHaveLength(1);
    expect(world.lines.join("\n")).toContain("The panel is gone.");
  });
});

describe("Pictures that come after a failure was told", () => {
  test("twice, and nothing of the work that goes on, are not lost", async () => {
    const { front, buy } = await openHouse({ imaging: sheets });
    front.setRule((seen) => {
      const taskUUID = taskOf(seen.body);
      // The archive knows nothing yet, so it is the second look that finds them.
      if (isArchive(seen)) {
        return says({ data: [] });
      }
      return first(
        1,
        isPoll,
        says({ data: [{ taskUUID, status: "error", ...fault }], errors: [{ taskUUID, ...fault }] }),
      )(seen);
    });
    expect((await buy({ count: 2 })).files).toHaveLength(2);
  });

  test("for good by all polls are had from the archive", async () => {
    const { front, buy } = await openHouse({ imaging: sheets });
    front.setRule((seen) => every(says({ errors: [{ taskUUID: taskOf(seen.body), ...fault }] }), isPoll)(seen));
    expect((await buy({ count: 2 })).files).toHaveLength(2);
  });
});

describe("A synchronous answer", () => {
  test("that tells of half the pictures is completed from the archive", async () => {
    const { front, sandbox, buy } = await openHouse({ imaging: sheets });
    const half = (body: string) => {
      const { data }: { data: readonly unknown[] } = JSON.parse(body);
      return JSON.stringify({ data: data.slice(0, 2) });
    };
    front.setRule(every({ change: half }, isSend));
    const { files, cost } = await buy({ count: 4, deliveryMethod: "sync" });
    expect(files).toHaveLength(4);
    expect(cost).toBe(sandbox.ledger.billed);
  });

  test("without the task's UUID is an answer to the one task that was sent", async () => {
    const { front, buy } = await openHouse({ imaging: sheets });
    front.setRule(every({ change: (body) => body.replaceAll(/"taskUUID":"[^"]+",?/g, "") }, isSend));
    expect((await buy({ deliveryMethod: "sync" })).files).toHaveLength(1);
    expect(front.requests.filter(isPoll)).toEqual([]);
  });
});

describe("A task of unsure fate", () => {
  test("that only the archive knows, as running, is waited for", async () => {
    const { front, sandbox, buy } = await openHouse({ imaging: sheets });
    let asked = 0;
    front.setRule((seen) => {
      if (isSend(seen)) {
        return first(1, isSend, { cut: "after" })(seen) ?? { cut: "before" };
      }
      if (isArchive(seen)) {
        asked++;
        const item = { taskType: "getTaskDetails", taskUUID: taskOf(seen.body), response: { data: [] } };
        return says({ data: [item] });
      }
      // Polls tell of it only after the archive has.
      return isPoll(seen) && asked === 0 ? says({ data: [] }) : undefined;
    });
    const { files, job } = await buy();
    expect([files.length, job.state, sandbox.ledger.taskCount]).toEqual([1, "done", 1]);
  });

  test("leaves no send behind when polls have brought its pictures", async () => {
    const { front, world, buy } = await openHouse({ imaging: sheets });
    const again = Promise.withResolvers<void>();
    front.setRule((seen) => {
      if (isSend(seen)) {
        if (seen.precedingCount === 1) {
          again.resolve();
        }
        return first(1, isSend, { cut: "after" })(seen) ?? { holdUntil: new Promise<void>(() => undefined) };
      }
      return isPoll(seen) && front.requests.filter(isSend).length < 2 ? says({ data: [] }) : undefined;
    });
    const bought = buy();
    await again.promise;
    expect((await bought).files).toHaveLength(1);
    expect(world.line.waiting()).toBe(0);
  });
});

describe("Polls", () => {
  test("that are refused while a picture is on its way end when it is in the vault", async () => {
    const { front, world, buy, jobs, job } = await openHouse({ imaging: sheets });
    const gate = Promise.withResolvers<void>();
    const told = (body: string) => {
      const { data }: { data: readonly unknown[] } = JSON.parse(body);
      return JSON.stringify({ data: data.slice(0, 1) });
    };
    front.setRule((seen) => {
      if (isDownload(seen)) {
        return { holdUntil: gate.promise };
      }
      return first(1, isPoll, { change: told })(seen) ?? every(says("", 401), isPoll)(seen);
    });
    const end = buy({ count: 2 }).catch(async (error: unknown) => ({ error, vault: await world.names("vault") }));
    await vi.waitUntil(() => front.requests.filter(isPoll).length === 2 && front.requests.some(isDownload));
    gate.resolve();
    expect(await end).toMatchObject({ error: { kind: "key" }, vault: [expect.stringContaining(".jpg")] });
    front.setRule(() => undefined);
    expect((await jobs.checkAgain((await job()).taskUUID, never)).files).toHaveLength(2);
  });

  test("that are refused with a bare 401 end with the key, and say that the task may have been billed", async () => {
    const { front, jobs, buy, job } = await openHouse({ imaging: sheets });
    front.setRule(every(says("", 401), isPoll));
    await expect(buy()).rejects.toMatchObject({ kind: "key", billed: "maybe" });
    const { taskUUID } = await job();
    front.setRule(() => undefined);
    expect((await jobs.checkAgain(taskUUID, never)).files).toHaveLength(1);
  });

  test("whose answer is too long ask for fewer tasks at a time", async () => {
    const { front, world, jobs } = await openHouse({ imaging: sheets });
    const long = `{"data":[]${" ".repeat(70_000_000)}}`;
    const sizes: number[] = [];
    front.setRule((seen) => {
      const size = isPoll(seen) ? seen.body.split("getResponse").length - 1 : 0;
      sizes.push(...(size > 0 ? [size] : []));
      return size > 1 ? says(long) : undefined;
    });
    const purchases = await Promise.all(
      [1, 2, 3].map(() => jobs.start(order(world, { outputType: "base64Data" }), never)),
    );
    for (const { outcome } of purchases) {
      expect((await outcome).files).toHaveLength(1);
    }
    expect(Math.max(...sizes)).toBeGreaterThan(1);
    expect(sizes.at(-1)).toBe(1);
  });

  test("with a state nobody knows yet count as work that goes on", async () => {
    const { front, world, buy } = await openHouse({ imaging: sheets });
    front.setRule((seen) =>
      first(120, isPoll, says({ data: [{ taskUUID: taskOf(seen.body), status: "queued" }] }))(seen),
    );
    expect((await buy()).files).toHaveLength(1);
    expect(front.requests.filter(isArchive)).toEqual([]);
    expect(world.pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(16 * 60_000);
  });

  test("with empty texts beside a picture's link lose nothing", async () => {
    const { front, buy } = await openHouse({ imaging: sheets });
    const empty = { imageBase64Data: "", imageDataURI: "" };
    const emptied = (body: string) => {
      const { data }: { data: readonly object[] } = JSON.parse(body);
      return JSON.stringify({ data: data.map((item) => ({ ...item, ...empty })) });
    };
    front.setRule((seen) => (isArchive(seen) ? says({ data: [] }) : every({ change: emptied }, isPoll)(seen)));
    const { files, job } = await buy();
    expect([files.length, isUnfinished(job)]).toEqual([1, false]);
  });
});

describe("Stop Waiting", () => {
  test("lets go of a call that hangs at once", async () => {
    const { front, world, jobs } = await openHouse({ imaging: sheets });
    front.setRule((seen) => (isPoll(seen) ? { holdUntil: new Promise<void>(() => undefined) } : undefined));
    const { id, outcome } = await jobs.start(order(world), never);
    await vi.waitUntil(() => front.requests.some(isPoll));
    jobs.stop(id);
    await expect(outcome).rejects.toMatchObject({ kind: "stopped" });
    await vi.waitUntil(() => world.line.waiting() === 0);
  });
});
