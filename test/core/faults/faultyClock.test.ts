import { afterAll, describe, expect, test } from "vitest";
import { createSheets } from "../support/plainPictures.ts";
import { first, isArchive, isDownload, isPoll, isSend, never, openHouse, says } from "../support/setUp.ts";

const sheets = createSheets();
afterAll(() => sheets.dispose());

const hour = 60 * 60_000;
const jumps = [
  ["five hours forward", 5 * hour],
  ["five hours back", -5 * hour],
  ["on by a day, as after a sleep", 24 * hour],
  ["back to 1970", -Date.UTC(2026, 1, 1)],
] as const;

const moments = [
  ["sent", isSend],
  ["polled for", isPoll],
  ["fetched", isDownload],
] as const;

const rows = jumps.flatMap(([jump, ms]) => moments.map(([moment, is]) => ({ jump, ms, moment, is })));

describe("A clock that is set", () => {
  test.each(rows)("$jump while a job is $moment does it no harm", async ({ ms, is }) => {
    const { front, world, sandbox, buy } = await openHouse({ imaging: sheets });
    front.setRule((seen) => {
      if (is(seen)) {
        world.pass(ms);
      }
      // The way back is lost at first, so that there is time for harm.
      return first(1, isSend, { cut: "after" })(seen) ?? first(5, isPoll, says({ data: [] }))(seen);
    });
    const { files, job } = await buy({ count: 2 });
    expect(files).toHaveLength(2);
    expect(job.state).toBe("done");
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test.each(jumps)("%s between two sessions leaves a job that is taken up", async (_, ms) => {
    const { front, world, sandbox, buy } = await openHouse({ imaging: sheets });
    const controller = new AbortController();
    front.setRule((seen) => {
      if (isPoll(seen)) {
        controller.abort();
      }
      return undefined;
    });
    await expect(buy({}, {}, controller.signal)).rejects.toMatchObject({ kind: "stopped" });
    front.setRule(() => undefined);
    world.pass(ms);
    const later = await world.open();
    const [job] = later.journal.list();
    expect((await later.checkAgain(job?.taskUUID ?? "", never)).files).toHaveLength(1);
    expect(sandbox.ledger.taskCount).toBe(1);
  });

  test("does not make the time longer that a service asks for by the date", async () => {
    const { front, world, buy } = await openHouse({ imaging: sheets });
    // The service's clock is years behind: only the distance of its own two dates counts.
    const headers = { date: "Mon, 05 Jan 2015 12:00:00 GMT", "retry-after": "Mon, 05 Jan 2015 12:00:20 GMT" };
    front.setRule(first(1, isSend, says({ errors: [{ code: "", message: "Busy." }] }, 429, headers)));
    await buy();
    expect(world.pauses[0]).toBe(20_000);
  });

  test("while nothing is heard of a job makes nobody believe that it is lost", async () => {
    const { front, world, buy } = await openHouse({ imaging: sheets });
    front.setRule((seen) => {
      if (isPoll(seen)) {
        world.pass(hour);
      }
      return first(30, isPoll, says({ data: [] }))(seen);
    });
    expect((await buy()).files).toHaveLength(1);
    expect(front.requests.filter(isArchive)).toEqual([]);
  });
});
