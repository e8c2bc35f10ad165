import { describe, expect, it } from "vitest";
import { isUnfinished } from "../../../src/core/jobs/job.ts";
import { isPoll, isSend, never, openHouse, order } from "../support/setUp.ts";

/** A house whose service answers no poll until the gate opens. */
async function slowHouse() {
  const gate = Promise.withResolvers<void>();
  const house = await openHouse();
  house.front.setRule((seen) => (isPoll(seen) ? { holdUntil: gate.promise } : undefined));
  return { ...house, gate };
}

describe("Jobs for those who do not wait", () => {
  it("say that a purchase has begun once it is written down, and refuse before that", async () => {
    const { jobs, world, job, gate } = await slowHouse();
    await expect(jobs.start(order(world, { prompt: " " }), never)).rejects.toMatchObject({ field: "prompt" });
    expect(await world.names("journal")).toEqual([]);
    const { id, outcome } = await jobs.start(order(world), never);
    expect((await job()).taskUUID).toBe(id);
    expect(jobs.isFollowed(id)).toBe(true);
    gate.resolve();
    expect((await outcome).files).toHaveLength(1);
    expect(jobs.isFollowed(id)).toBe(false);
  });

  it("stop waiting for one job or for all; the job stays and can be checked", async () => {
    const { jobs, world, gate } = await slowHouse();
    const begin = () => jobs.start(order(world), never);
    const [one, two, three] = [await begin(), await begin(), await begin()];
    jobs.stop(one.id);
    await expect(one.outcome).rejects.toMatchObject({ kind: "stopped" });
    expect([one, two, three].map(({ id }) => jobs.isFollowed(id))).toEqual([false, true, true]);
    const others = Promise.allSettled([two.outcome, three.outcome]);
    jobs.stop();
    expect((await others).map((end) => end.status === "rejected" && end.reason.kind)).toEqual(["stopped", "stopped"]);
    gate.resolve();
    expect((await jobs.checkAgain(one.id, never)).files).toHaveLength(1);
  });

  it("withdraw what was not sent yet and let the rest go on: no request, no reservation, no trace of it", async () => {
    const gate = Promise.withResolvers<void>();
    const { jobs, world, front, sends, sandbox } = await openHouse();
    front.setRule((seen) => (isSend(seen) ? { holdUntil: gate.promise } : undefined));
    const begun = await Promise.all(Array.from({ length: 19 }, () => jobs.start(order(world), never)));
    const unsent = begun.filter(({ id }) => jobs.isUnsent(id));
    expect(unsent).toHaveLength(3);
    const withdrawn = Promise.allSettled(unsent.map(({ outcome }) => outcome));
    const [first] = begun;
    jobs.withdraw(first?.id);
    jobs.withdraw(unsent[0]?.id);
    expect(begun.map(({ id }) => id).filter((id) => jobs.isUnsent(id) && jobs.isFollowed(id))).toHaveLength(3);
    jobs.withdraw();
    expect((await withdrawn).map((end) => end.status === "rejected" && end.reason.kind)).toEqual(
      unsent.map(() => "stopped"),
    );
    expect(await world.names("journal")).toHaveLength(16);
    expect(jobs.journal.list().filter(({ taskUUID }) => unsent.some(({ id }) => id === taskUUID))).toEqual([]);
    gate.resolve();
    const rest = begun.filter((one) => !unsent.includes(one));
    expect((await Promise.all(rest.map(({ outcome }) => outcome))).flatMap(({ files }) => files)).toHaveLength(16);
    expect([new Set(sends()).size, sandbox.ledger.taskCount]).toEqual([16, 16]);
  });

  it("tell when a job's turn to be sent comes", async () => {
    const gate = Promise.withResolvers<void>();
    const { jobs, world, front } = await openHouse();
    front.setRule((seen) => (isSend(seen) ? { holdUntil: gate.promise } : undefined));
    const begun = await Promise.all(Array.from({ length: 17 }, () => jobs.start(order(world), never)));
    const { id, outcome } = begun.find((one) => jobs.isUnsent(one.id)) ?? {};
    const turn = new Promise<void>((resolve) => {
      jobs.subscribeToFollowed(() => id !== undefined && !jobs.isUnsent(id) && resolve());
    });
    gate.resolve();
    await turn;
    expect((await outcome)?.files).toHaveLength(1);
    await Promise.all(begun.map((one) => one.outcome));
  });

  it("tell when waiting begins and ends", async () => {
    const { jobs, world } = await openHouse();
    const heard: boolean[] = [];
    const mute = jobs.subscribeToFollowed(() =>
      heard.push(jobs.journal.list().some(({ taskUUID }) => jobs.isFollowed(taskUUID))),
    );
    await jobs.buy(order(world), never);
    expect(heard).toEqual([true, false]);
    mute();
    await jobs.buy(order(world), never);
    expect(heard).toEqual([true, false]);
  });

  it("leave nothing unfinished where the pictures are picked from a sheet", async () => {
    const { jobs, world } = await openHouse();
    const asked = await jobs.buy(order(world, {}, { keep: "ask" }), never);
    const settled = await jobs.buy({ ...order(world, {}, { keep: "ask" }), settled: true }, never);
    expect([isUnfinished(asked.job), isUnfinished(settled.job)]).toEqual([true, false]);
    expect([settled.files, await world.names("pictures")]).toEqual([[], []]);
  });

  it("remember stars and what was put away, over a restart too", async () => {
    const { jobs, world } = await openHouse();
    const { job } = await jobs.buy(order(world, { count: 2 }), never);
    const [one, two] = job.pictures;
    await jobs.setMarks(job.taskUUID, one?.id ?? "", { starred: true });
    await jobs.setMarks(job.taskUUID, two?.id ?? "", { discarded: true });
    const again = (await world.open()).journal.get(job.taskUUID);
    expect(again?.pictures.map(({ starred, discarded }) => [starred, discarded])).toEqual([
      [true, undefined],
      [undefined, true],
    ]);
    await jobs.setMarks(job.taskUUID, two?.id ?? "", { discarded: false });
    expect(jobs.journal.get(job.taskUUID)?.pictures[1]?.discarded).toBe(false);
  });

  it("read the journal once for all who ask at the same time", async () => {
    const { jobs, world } = await openHouse();
    await jobs.buy(order(world), never);
    const other = await world.open();
    const [one, two] = [other.journal.load(), other.journal.load()];
    expect(one).toBe(two);
    await one;
    expect(other.journal.list()).toHaveLength(1);
  });
});
