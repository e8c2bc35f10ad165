import { describe, expect, onTestFinished, test } from "vitest";
import { isUnfinished } from "../../../src/core/jobs/job.ts";
import type { Jobs } from "../../../src/core/jobs/jobs.ts";
import type { Ports } from "../../../src/core/ports.ts";
import type { Request } from "../../../src/core/request/request.ts";
import type { Sandbox } from "../../../src/sandbox/server.ts";
import { sandboxDepsFromSources } from "../../../src/sandbox/tasks/sandboxDeps.ts";
import { startFaultProxy } from "../../support/faultProxy.ts";
import { mortal } from "../support/crashingPorts.ts";
import { bytesAt, isSend, never, openSandbox, openWorld, order, type World } from "../support/setUp.ts";

const deck = 3;

/**
 * A sandbox that draws three pictures and deals them out in turn from then on, since hundreds of
 * jobs are bought here.
 */
async function openDealer() {
  const { imaging } = sandboxDepsFromSources();
  onTestFinished(() => imaging.dispose());
  const drawn: ReturnType<typeof imaging.draw>[] = [];
  let turn = 0;
  const sandbox = await openSandbox({
    imaging: {
      ...imaging,
      draw: (ask) => {
        const card = turn++ % deck;
        drawn[card] ??= imaging.draw(ask);
        return drawn[card];
      },
    },
  });
  return {
    sandbox,
    pictures: async () => (await Promise.all(drawn)).map(({ bytes }) => Buffer.from(bytes).toString("base64")),
  };
}

/**
 * What a window does when it opens: it takes up whatever is unfinished. A job that nobody knows of
 * stays unknown.
 */
async function takeUp(world: World, ports?: Ports): Promise<Jobs> {
  const jobs = await world.open(ports);
  await Promise.all(
    jobs.journal
      .list()
      .filter(isUnfinished)
      .map(({ taskUUID }) => jobs.checkAgain(taskUUID, never).catch(() => undefined)),
  );
  return jobs;
}

const savedIn = async (world: World): Promise<string[]> =>
  Promise.all(
    (await world.names("pictures")).map(async (name) =>
      Buffer.from(await bytesAt(`${world.pictures}/${name}`)).toString("base64"),
    ),
  );

/**
 * What must be true in the end, whatever happened: bought at most once, and what was bought saved
 * once, with the right bytes.
 */
async function expectAllIsWell(world: World, sandbox: Sandbox, count: number, pictures: readonly string[]) {
  const jobs = (await world.open()).journal.list();
  const accepted = jobs.filter(({ taskUUID }) => sandbox.ledger.acceptedCount(taskUUID) > 0);
  expect(jobs.length).toBeLessThanOrEqual(1);
  expect(accepted.map(({ taskUUID }) => sandbox.ledger.acceptedCount(taskUUID))).toEqual(accepted.map(() => 1));
  const saved = await savedIn(world);
  expect(saved).toHaveLength(accepted.length * count);
  expect(new Set(saved).size).toBe(saved.length);
  expect(pictures).toEqual(expect.arrayContaining(saved));
  expect(await world.names("vault")).toHaveLength(saved.length);
  expect(accepted.filter(isUnfinished)).toEqual([]);
  return accepted.length;
}

const forms = [
  { deliveryMethod: "async", outputType: "URL", count: 1 },
  { deliveryMethod: "sync", outputType: "base64Data", count: 1 },
  { deliveryMethod: "async", outputType: "URL", count: 3 },
  { deliveryMethod: "sync", outputType: "URL", count: 3 },
  { deliveryMethod: "async", outputType: "dataURI", count: 3 },
] as const satisfies readonly Partial<Request>[];

describe("Jobs stopped at every await and resumed", () => {
  /**
   * Lives one life after the other, each one step longer than the one before, until one ends by
   * itself. Gives how many bought.
   */
  async function liveAndDie(
    form: Partial<Request> & { readonly count: number },
    lost: boolean,
    again?: (step: number) => number,
  ) {
    const { sandbox, pictures } = await openDealer();
    const front = await startFaultProxy(sandbox.url);
    onTestFinished(() => front.close());
    let bought = 0;
    let died = true;
    let step = 0;
    while (died) {
      step++;
      const world = await openWorld({ url: front.url, key: sandbox.key });
      const sendsBefore = front.requests.filter(isSend).length;
      front.setRule((seen) =>
        lost && isSend(seen) && seen.precedingCount === sendsBefore ? { cut: "before" } : undefined,
      );
      const { ports, death } = mortal(world.ports, step);
      const jobs = world.open(ports);
      const life = jobs.then((window) => window.buy(order(world, form), never));
      died = (await Promise.race([life, death])) === "dead";
      if (died && again !== undefined) {
        const second = mortal(world.ports, again(step));
        await Promise.race([takeUp(world, second.ports), second.death]);
      }
      await takeUp(world);
      bought += await expectAllIsWell(world, sandbox, form.count, await pictures());
    }
    expect(step).toBeGreaterThan(30);
    expect(sandbox.ledger.taskCount).toBe(bought);
    return bought;
  }

  test.each(forms)(
    "are bought once and saved once ($deliveryMethod, $outputType, $count)",
    async (form) => {
      expect(await liveAndDie(form, false)).toBeGreaterThan(20);
    },
    120_000,
  );

  test("are bought once and saved once where the first send is lost", async () => {
    expect(await liveAndDie({ count: 1 }, true)).toBeGreaterThan(10);
  }, 120_000);

  test("are bought once and saved once where the second life is stopped as well", async () => {
    expect(await liveAndDie({ count: 3 }, false, (step) => 1 + ((step * 13) % 60))).toBeGreaterThan(20);
  }, 120_000);
});
