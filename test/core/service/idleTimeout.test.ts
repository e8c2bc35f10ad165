import { describe, expect, onTestFinished, test } from "vitest";
import { every, first, isDownload, isSend, never, openHouse, order } from "../support/setUp.ts";

/** A house whose windows give up after so many milliseconds without data. */
async function housePatientFor(timeout: number | undefined) {
  const house = await openHouse();
  const given: number[] = [];
  const jobs = await house.world.open({
    ...house.world.ports,
    idleTimeoutSetting: () => timeout,
    timer(ms, ring) {
      given.push(ms);
      return house.world.ports.timer(ms, ring);
    },
  });
  onTestFinished(() => jobs.stop());
  return { ...house, jobs, given };
}

/**
 * Milliseconds without data after which a download lets others go first. It is not given up, so no
 * setting has a say in it.
 */
const stallTime = 2000;

describe("The user's timeout", () => {
  test("counts for requests, polls and downloads alike; without one, the usual values do", async () => {
    const usual = await housePatientFor(undefined);
    await usual.jobs.buy(order(usual.world), never);
    expect(new Set(usual.given)).toEqual(new Set([120_000, 60_000, 30_000, stallTime]));
    const own = await housePatientFor(45_000);
    await own.jobs.buy(order(own.world), never);
    expect(new Set(own.given)).toEqual(new Set([45_000, stallTime]));
  });

  test("gives a request that is held open while the service works its 200 s, unless it is longer", async () => {
    const short = await housePatientFor(45_000);
    await short.jobs.buy(order(short.world, { deliveryMethod: "sync" }), never);
    expect(short.given[0]).toBe(200_000);
    const long = await housePatientFor(300_000);
    await long.jobs.buy(order(long.world, { deliveryMethod: "sync" }), never);
    expect(long.given[0]).toBe(300_000);
  });

  test("ends a request that hangs, which is not bought again, and a download that hangs, which is tried again", async () => {
    const { jobs, world, front, sandbox } = await housePatientFor(45_000);
    front.setRule((seen) => first(1, isSend, { hang: "after" })(seen) ?? first(1, isDownload, { hang: "body" })(seen));
    expect((await jobs.buy(order(world), never)).files).toHaveLength(1);
    expect(sandbox.ledger).toMatchObject({ taskCount: 1, billed: 0.028 });
    expect(world.lines.join("\n")).toContain("no data for 45 s");
  });

  test("never cuts a slow line that still delivers, however long it takes in all", async () => {
    const { jobs, world, front } = await housePatientFor(5000);
    world.line.slowDown(4000);
    front.setRule(every({ pieces: 20 }, isDownload));
    expect((await jobs.buy(order(world), never)).files).toHaveLength(1);
    expect(front.requests.filter(isDownload)).toHaveLength(1);
  });
});
