import { describe, expect, it } from "vitest";
import { isUnfinished } from "../../../src/core/jobs/job.ts";
import { createJobRequest, isPoll, isSend, neverAborted, setUp } from "../support/setUp.ts";

/** A set-up whose service answers polls only after `gate` resolves. */
async function setUpWithHeldPolls() {
  const gate = Promise.withResolvers<void>();
  const setup = await setUp();
  setup.faultProxy.setRule((request) => (isPoll(request) ? { holdUntil: gate.promise } : undefined));
  return { ...setup, gate };
}

describe("Jobs in the background", () => {
  it("resolve start once the job is written, and reject invalid requests before that", async () => {
    const { jobs, environment, readJob, gate } = await setUpWithHeldPolls();
    await expect(jobs.start(createJobRequest(environment, { prompt: " " }), neverAborted)).rejects.toMatchObject({
      field: "prompt",
    });
    expect(await environment.listFolder("journal")).toEqual([]);
    const { id, outcome } = await jobs.start(createJobRequest(environment), neverAborted);
    expect((await readJob()).taskUUID).toBe(id);
    expect(jobs.isFollowed(id)).toBe(true);
    gate.resolve();
    expect((await outcome).files).toHaveLength(1);
    expect(jobs.isFollowed(id)).toBe(false);
  });

  it("stop waiting for one job or for all, and the jobs can still be checked", async () => {
    const { jobs, environment, gate } = await setUpWithHeldPolls();
    const begin = () => jobs.start(createJobRequest(environment), neverAborted);
    const [one, two, three] = [await begin(), await begin(), await begin()];
    jobs.stop(one.id);
    await expect(one.outcome).rejects.toMatchObject({ kind: "stopped" });
    expect([one, two, three].map(({ id }) => jobs.isFollowed(id))).toEqual([false, true, true]);
    const others = Promise.allSettled([two.outcome, three.outcome]);
    jobs.stop();
    expect((await others).map((end) => end.status === "rejected" && end.reason.kind)).toEqual(["stopped", "stopped"]);
    gate.resolve();
    expect((await jobs.checkAgain(one.id, neverAborted)).files).toHaveLength(1);
  });

  it("withdraw unsent jobs without a trace and continue the others", async () => {
    const gate = Promise.withResolvers<void>();
    const { jobs, environment, faultProxy, sentTaskIds, sandbox } = await setUp();
    faultProxy.setRule((request) => (isSend(request) ? { holdUntil: gate.promise } : undefined));
    const begun = await Promise.all(
      Array.from({ length: 19 }, () => jobs.start(createJobRequest(environment), neverAborted)),
    );
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
    expect(await environment.listFolder("journal")).toHaveLength(16);
    expect(jobs.journal.list().filter(({ taskUUID }) => unsent.some(({ id }) => id === taskUUID))).toEqual([]);
    gate.resolve();
    const rest = begun.filter((one) => !unsent.includes(one));
    expect((await Promise.all(rest.map(({ outcome }) => outcome))).flatMap(({ files }) => files)).toHaveLength(16);
    expect([new Set(sentTaskIds()).size, sandbox.ledger.taskCount]).toEqual([16, 16]);
  });

  it("notify listeners when a job's send starts", async () => {
    const gate = Promise.withResolvers<void>();
    const { jobs, environment, faultProxy } = await setUp();
    faultProxy.setRule((request) => (isSend(request) ? { holdUntil: gate.promise } : undefined));
    const begun = await Promise.all(
      Array.from({ length: 17 }, () => jobs.start(createJobRequest(environment), neverAborted)),
    );
    const { id, outcome } = begun.find((one) => jobs.isUnsent(one.id)) ?? {};
    const turn = new Promise<void>((resolve) => {
      jobs.subscribeToFollowed(() => id !== undefined && !jobs.isUnsent(id) && resolve());
    });
    gate.resolve();
    await turn;
    expect((await outcome)?.files).toHaveLength(1);
    await Promise.all(begun.map((one) => one.outcome));
  });

  it("notify listeners when waiting starts and ends", async () => {
    const { jobs, environment } = await setUp();
    const notified: boolean[] = [];
    const mute = jobs.subscribeToFollowed(() =>
      notified.push(jobs.journal.list().some(({ taskUUID }) => jobs.isFollowed(taskUUID))),
    );
    await jobs.buy(createJobRequest(environment), neverAborted);
    expect(notified).toEqual([true, false]);
    mute();
    await jobs.buy(createJobRequest(environment), neverAborted);
    expect(notified).toEqual([true, false]);
  });

  it("are finished if the pictures are chosen in a contact sheet", async () => {
    const { jobs, environment } = await setUp();
    const asked = await jobs.buy(createJobRequest(environment, {}, { keep: "ask" }), neverAborted);
    const settled = await jobs.buy(
      { ...createJobRequest(environment, {}, { keep: "ask" }), settled: true },
      neverAborted,
    );
    expect([isUnfinished(asked.job), isUnfinished(settled.job)]).toEqual([true, false]);
    expect([settled.files, await environment.listFolder("pictures")]).toEqual([[], []]);
  });

  it("keep stars and discarded pictures, also after a restart", async () => {
    const { jobs, environment } = await setUp();
    const { job } = await jobs.buy(createJobRequest(environment, { count: 2 }), neverAborted);
    const [one, two] = job.pictures;
    await jobs.setMarks(job.taskUUID, one?.id ?? "", { starred: true });
    await jobs.setMarks(job.taskUUID, two?.id ?? "", { discarded: true });
    const again = (await environment.openWindow()).journal.get(job.taskUUID);
    expect(again?.pictures.map(({ starred, discarded }) => [starred, discarded])).toEqual([
      [true, undefined],
      [undefined, true],
    ]);
    await jobs.setMarks(job.taskUUID, two?.id ?? "", { discarded: false });
    expect(jobs.journal.get(job.taskUUID)?.pictures[1]?.discarded).toBe(false);
  });

  it("read the journal once for simultaneous loads", async () => {
    const { jobs, environment } = await setUp();
    await jobs.buy(createJobRequest(environment), neverAborted);
    const other = await environment.openWindow();
    const [one, two] = [other.journal.load(), other.journal.load()];
    expect(one).toBe(two);
    await one;
    expect(other.journal.list()).toHaveLength(1);
  });
});
