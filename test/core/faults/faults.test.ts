import { describe, expect, test } from "vitest";
import { LimnError } from "../../../src/core/errors.ts";
import { isOpen, isUnfinished } from "../../../src/core/jobs/job.ts";
import { faults } from "../../support/faults/all.ts";
import type { Fault, RequestKind } from "../../support/faults/fault.ts";
import { formsAt, openFaultyHouse } from "../support/faultSetUp.ts";
import { never } from "../support/setUp.ts";

/** One row for each fault and each kind of request that can meet it. */
const rows = Object.entries(faults).flatMap(([name, fault]) => fault.kinds.map((kind) => ({ name, kind, fault })));

/** How many requests of a kind meet a fault that passes: as many as are borne. */
const times: Readonly<Record<RequestKind, number>> = { send: 1, poll: 3, archive: 3, download: 3 };

/**
 * Requests that meet a fault that lasts, before the person stops waiting: polls are repeated for
 * ever.
 */
const patience = 40;

/**
 * Whether a send that meets the fault is told that nothing was bought: at once, or where the fault
 * lasts.
 */
const isRefused = ({ sendOutcome: send }: Fault, kind: RequestKind, lasts: boolean): boolean =>
  kind === "send" && (send === "refused" || (lasts && send === "busy"));

/** Whether a picture that meets the fault waits for somebody to ask again. */
const needsAnotherCheck = ({ isFinal: final }: Fault, kind: RequestKind): boolean =>
  kind === "download" && final === true;

const count = (kind: RequestKind): number => (kind === "download" ? 2 : 1);

const certainlyFree = { billed: "no", message: expect.not.stringContaining("billed") };
const perhapsBilled = { billed: "maybe", message: expect.stringContaining("It may have been billed.") };

function limnError(reason: unknown): LimnError {
  if (reason instanceof LimnError) {
    return reason;
  }
  throw reason;
}

describe("A fault that passes costs nothing and loses nothing, and the queue goes on", () => {
  test.each(rows)("$name, met by a $kind", async ({ fault, kind }) => {
    const house = await openFaultyHouse();
    house.inject(fault, kind, times[kind]);
    const bystander = await house.startBystander();
    const purchases = await Promise.all(formsAt[kind].map((form) => house.start({ ...form, count: count(kind) })));
    for (const { id, outcome } of purchases) {
      if (isRefused(fault, kind, false)) {
        await expect(outcome).rejects.toMatchObject(certainlyFree);
        expect(house.accepted(id)).toBe(0);
        expect(await house.stored(id)).toMatchObject({ state: "failed", pictures: [] });
        continue;
      }
      await outcome;
      if (needsAnotherCheck(fault, kind)) {
        expect(isUnfinished(await house.stored(id))).toBe(true);
        house.mend();
        await house.jobs.checkAgain(id, never);
      }
      expect(house.accepted(id)).toBe(1);
      await house.expectDelivered(id);
    }
    await bystander.outcome;
    await house.expectDelivered(bystander.id);
    house.expectNothingElseSent();
    expect(house.world.line.waiting()).toBe(0);
  });
});

describe("A fault that lasts is told in the right words, and what was paid for comes home when it has passed", () => {
  test.each(rows.filter(({ fault }) => fault.isFinal !== true))(
    "$name, met by every $kind",
    async ({ fault, kind }) => {
      const house = await openFaultyHouse();
      house.inject(fault, kind, Number.POSITIVE_INFINITY, (met) => met === patience && house.jobs.stop());
      const forms = [formsAt[kind].at(0), formsAt[kind].at(-1)];
      const purchases = await Promise.all(forms.map((form) => house.start({ ...form, count: count(kind) })));
      const ends = await Promise.allSettled(purchases.map(({ outcome }) => outcome));
      house.mend();
      for (const [index, end] of ends.entries()) {
        const id = purchases[index]?.id ?? "";
        const job = await house.stored(id);
        const bought = house.accepted(id) === 1;
        if (end.status === "rejected") {
          const error = limnError(end.reason);
          if (error.kind === "stopped") {
            expect(isOpen(job)).toBe(true);
          } else if (isRefused(fault, kind, true)) {
            expect(error).toMatchObject(certainlyFree);
            expect([job.state, bought]).toEqual(["failed", false]);
          } else {
            expect(error).toMatchObject(perhapsBilled);
            expect(job.state).toBe("unknown");
          }
        } else {
          expect(isUnfinished(job)).toBe(kind === "download" && fault.isHarmless !== true);
        }
        if (bought) {
          await house.jobs.checkAgain(id, never);
          await house.expectDelivered(id);
        }
      }
      house.expectNothingElseSent();
      expect(house.world.line.waiting()).toBe(0);
    },
  );
});

describe("Who stops waiting while a fault shows hears nothing of it, and loses nothing", () => {
  test.each(rows)("$name, met by a $kind", async ({ fault, kind }) => {
    const house = await openFaultyHouse();
    const controller = new AbortController();
    house.inject(fault, kind, Number.POSITIVE_INFINITY, () => controller.abort());
    const [form] = formsAt[kind];
    const { id, outcome } = await house.start({ ...form, count: count(kind) }, controller.signal);
    await expect(outcome).rejects.toMatchObject({ kind: "stopped" });
    expect(isOpen(await house.stored(id))).toBe(true);
    expect(house.world.line.waiting()).toBe(0);
    house.mend();
    // A request may still be on its way to the service when its sender has stopped listening.
    const checked = await house.jobs.checkAgain(id, never).catch((error: unknown) => error);
    if (house.accepted(id) === 1) {
      await house.jobs.checkAgain(id, never);
      await house.expectDelivered(id);
    } else {
      expect(checked).toMatchObject({ billed: "maybe" });
    }
    house.expectNothingElseSent();
  });
});
