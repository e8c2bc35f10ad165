import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { Jobs, type Purchase } from "../../../src/core/jobs/jobs.ts";
import { family } from "../../../src/core/models/family.ts";
import type { Ports } from "../../../src/core/ports.ts";
import { startFaultProxy } from "../../support/faultProxy.ts";
import { serviceTimeDirective } from "../../support/serviceTime.ts";
import { createEnvironment, createJobRequest, neverAborted, openSandbox } from "./setUp.ts";

/** A clock that only pauses and requests advance. What is planned runs at its time. */
function createPlannedClock() {
  let now = Date.UTC(2026, 1, 5, 12);
  let planned: { readonly time: number; readonly run: () => Promise<unknown> }[] = [];
  return {
    now: () => now,
    advance(ms: number): void {
      now += ms;
    },
    /** Runs `run` in `ms` milliseconds; the time does not pass until it resolves. */
    plan(ms: number, run: () => Promise<unknown>): void {
      planned = [...planned, { time: now + ms, run }].toSorted((one, other) => one.time - other.time);
    },
    async sleep(ms: number, signal: AbortSignal): Promise<void> {
      signal.throwIfAborted();
      const end = now + ms;
      for (let [next] = planned; next !== undefined && next.time <= end; [next] = planned) {
        planned = planned.slice(1);
        now = Math.max(now, next.time);
        await next.run();
        signal.throwIfAborted();
      }
      now = Math.max(now, end);
      await setImmediate();
      signal.throwIfAborted();
    },
  };
}

/** What became of one picture. Milliseconds. */
interface PickUp {
  /** How long the service took, and how long the finished picture was there before a poll. */
  readonly serviceTime: number;
  readonly wait: number;
  /** Ages of the task at its polls. */
  readonly polls: readonly number[];
}

/**
 * A sandbox whose tasks take a given time on a clock that it shares with the windows. A request
 * takes `roundTrip` milliseconds.
 */
export async function setUpTimed({ roundTrip = 0 } = {}) {
  const clock = createPlannedClock();
  const sandbox = await openSandbox({ now: clock.now, balance: 10_000 });
  const faultProxy = await startFaultProxy(sandbox.url);
  onTestFinished(() => faultProxy.close());
  const environment = await createEnvironment({ url: faultProxy.url, key: sandbox.key });
  const sentAt = new Map<string, number>();
  const polledAt: { readonly time: number; readonly tasks: ReadonlySet<string> }[] = [];

  /** Records when the service reads a request. */
  function recordArrival(body: string): void {
    const tasks: readonly { readonly taskType: string; readonly taskUUID: string }[] = JSON.parse(body);
    const isSent = tasks.some(({ taskType }) => taskType === "imageInference");
    for (const { taskUUID } of isSent ? tasks : []) {
      sentAt.set(taskUUID, clock.now());
    }
    if (tasks.some((task) => task.taskType === "getResponse")) {
      polledAt.push({ time: clock.now(), tasks: new Set(tasks.map(({ taskUUID }) => taskUUID)) });
    }
  }

  const serviceTimes = new Map<string, number>();
  let nextId: string = randomUUID();
  const ports: Ports = {
    ...environment.ports,
    now: clock.now,
    sleep: clock.sleep,
    uuid: () => nextId,
    async fetch(address, init) {
      if (typeof init.body !== "string") {
        return environment.ports.fetch(address, init);
      }
      clock.advance(roundTrip / 2);
      recordArrival(init.body);
      const response = await environment.ports.fetch(address, init);
      clock.advance(roundTrip / 2);
      return response;
    },
  };

  const setup = {
    clock,
    environment,
    faultProxy,
    ports,
    /** Times of all polls, each with the UUIDs of its tasks. */
    polledAt,
    /** A window that has not read what others have stored. */
    openEmptyWindow: () => new Jobs(ports, family),
    /** A window after a start of VS Code. */
    openWindow: () => environment.openWindow(ports),

    /** Starts a job whose picture takes the service this long. */
    async start(jobs: Jobs, serviceTime: number, signal = neverAborted, directive = ""): Promise<Purchase> {
      nextId = randomUUID();
      serviceTimes.set(nextId, serviceTime);
      const prompt = `A lighthouse ${serviceTimeDirective(nextId, serviceTime)} ${directive}`;
      return jobs.start(createJobRequest(environment, { prompt }), signal);
    },

    /** The same in `ms` milliseconds. The time does not pass until the task is accepted. */
    startIn(ms: number, jobs: Jobs, serviceTime: number): Promise<Purchase> {
      return new Promise((resolve, reject) => {
        clock.plan(ms, async () => {
          const purchase = setup.start(jobs, serviceTime);
          purchase.then(resolve, reject);
          const { id } = await purchase;
          await new Promise<void>((accepted) => {
            const unsubscribe = jobs.journal.subscribe((job) => {
              if (job?.taskUUID === id && job.state === "running") {
                unsubscribe();
                accepted();
              }
            });
          });
          await setImmediate();
        });
      });
    },

    /** What became of the picture of a job. */
    pickUpOf(id: string): PickUp {
      const [sent = 0, serviceTime = 0] = [sentAt.get(id), serviceTimes.get(id)];
      const polls = polledAt.filter(({ tasks }) => tasks.has(id)).map(({ time }) => time - sent);
      const wait = (polls.find((age) => age >= serviceTime) ?? Number.POSITIVE_INFINITY) - serviceTime;
      return { serviceTime, wait, polls };
    },

    /** Buys a picture that takes the service this long. */
    async buy(jobs: Jobs, serviceTime: number, directive = ""): Promise<PickUp> {
      const { id, outcome } = await setup.start(jobs, serviceTime, neverAborted, directive);
      await outcome;
      return setup.pickUpOf(id);
    },
  };
  return setup;
}
