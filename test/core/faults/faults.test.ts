import { describe, expect, test } from "vitest";
import { LimnError } from "../../../src/core/errors.ts";
import { isOpen, isUnfinished } from "../../../src/core/jobs/job.ts";
import { faults } from "../../support/faults/all.ts";
import type { Fault, RequestKind } from "../../support/faults/fault.ts";
import { requestForms, setUpWithFaults } from "../support/faultSetUp.ts";
import { neverAborted } from "../support/setUp.ts";

/** One row for each fault and each kind of request it can affect. */
const rows = Object.entries(faults).flatMap(([name, fault]) => fault.kinds.map((kind) => ({ name, kind, fault })));

/** How many requests of a kind a temporary fault affects: as many as the code retries. */
const times: Readonly<Record<RequestKind, number>> = { send: 1, poll: 3, archive: 3, download: 3 };

/** Affected requests after which the test stops waiting for a permanent fault: polls never end. */
const maxAffected = 40;

/** Whether an affected send rejects with "not billed": at once, or when the fault is permanent. */
const isRefused = ({ sendOutcome: send }: Fault, kind: RequestKind, lasts: boolean): boolean =>
  kind === "send" && (send === "refused" || (lasts && send === "busy"));

/** Whether an affected picture is only downloaded again after Check Again. */
const needsAnotherCheck = ({ isFinal: final }: Fault, kind: RequestKind): boolean =>
  kind === "download" && final === true;

const count = (kind: RequestKind): number => (kind === "download" ? 2 : 1);

const notBilled = { billed: "no", message: expect.not.stringContaining("may have been billed") };
const maybeBilled = { billed: "maybe", message: expect.stringContaining("It may have been billed.") };

function limnError(reason: unknown): LimnError {
  if (reason instanceof LimnError) {
    return reason;
  }
  throw reason;
}

describe("A temporary fault costs nothing, loses no picture and does not block other jobs", () => {
  test.each(rows)("$name, during a $kind", async ({ fault, kind }) => {
    const setup = await setUpWithFaults();
    setup.inject(fault, kind, times[kind]);
    const unaffected = await setup.startUnaffectedJob();
    const purchases = await Promise.all(requestForms[kind].map((form) => setup.start({ count: count(kind), ...form })));
    for (const { id, outcome } of purchases) {
      if (isRefused(fault, kind, false)) {
        await expect(outcome).rejects.toMatchObject(notBilled);
        expect(setup.countAccepted(id)).toBe(0);
        expect(await setup.readJob(id)).toMatchObject({ state: "failed", pictures: [] });
        continue;
      }
      await outcome;
      if (needsAnotherCheck(fault, kind)) {
        expect(isUnfinished(await setup.readJob(id))).toBe(true);
        setup.removeFault();
        await setup.jobs.checkAgain(id, neverAborted);
      }
      expect(setup.countAccepted(id)).toBe(1);
      await setup.expectDelivered(id);
    }
    await unaffected.outcome;
    await setup.expectDelivered(unaffected.id);
    setup.expectNothingElseSent();
    expect(setup.environment.fetchTiming.pendingCount()).toBe(0);
  });
});

describe("A permanent fault is reported correctly, and Check Again delivers paid pictures once it is gone", () => {
  test.each(rows.filter(({ fault }) => fault.isFinal !== true))(
    "$name, during every $kind",
    async ({ fault, kind }) => {
      const setup = await setUpWithFaults();
      setup.inject(fault, kind, Number.POSITIVE_INFINITY, (count) => count === maxAffected && setup.jobs.stop());
      // The last one is to a tool.
      const forms = new Set([0, -2, -1].map((index) => requestForms[kind].at(index)));
      const purchases = await Promise.all([...forms].map((form) => setup.start({ count: count(kind), ...form })));
      const ends = await Promise.allSettled(purchases.map(({ outcome }) => outcome));
      setup.removeFault();
      for (const [index, end] of ends.entries()) {
        const id = purchases[index]?.id ?? "";
        const job = await setup.readJob(id);
        const bought = setup.countAccepted(id) === 1;
        if (end.status === "rejected") {
          const error = limnError(end.reason);
          if (error.kind === "stopped") {
            expect(isOpen(job)).toBe(true);
          } else if (isRefused(fault, kind, true)) {
            expect(error).toMatchObject(notBilled);
            expect([job.state, bought]).toEqual(["failed", false]);
          } else {
            expect(error).toMatchObject(maybeBilled);
            expect(job.state).toBe("unknown");
          }
        } else {
          expect(isUnfinished(job)).toBe(kind === "download" && fault.isHarmless !== true);
        }
        if (bought) {
          await setup.jobs.checkAgain(id, neverAborted);
          await setup.expectDelivered(id);
        }
      }
      setup.expectNothingElseSent();
      expect(setup.environment.fetchTiming.pendingCount()).toBe(0);
    },
  );
});

describe("Stop Waiting during a fault shows no error and loses no picture", () => {
  test.each(rows)("$name, during a $kind", async ({ fault, kind }) => {
    const setup = await setUpWithFaults();
    const controller = new AbortController();
    setup.inject(fault, kind, Number.POSITIVE_INFINITY, () => controller.abort());
    const [form] = requestForms[kind];
    const { id, outcome } = await setup.start({ ...form, count: count(kind) }, controller.signal);
    await expect(outcome).rejects.toMatchObject({ kind: "stopped" });
    expect(isOpen(await setup.readJob(id))).toBe(true);
    expect(setup.environment.fetchTiming.pendingCount()).toBe(0);
    setup.removeFault();
    // The request may still reach the service after the sender has aborted it.
    const checked = await setup.jobs.checkAgain(id, neverAborted).catch((error: unknown) => error);
    if (setup.countAccepted(id) === 1) {
      await setup.jobs.checkAgain(id, neverAborted);
      await setup.expectDelivered(id);
    } else {
      expect(checked).toMatchObject({ billed: "maybe" });
    }
    setup.expectNothingElseSent();
  });
});
