import { describe, expect, onTestFinished, test } from "vitest";
import { isUnfinished } from "../../../src/core/jobs/job.ts";
import type { Jobs } from "../../../src/core/jobs/jobs.ts";
import type { Ports } from "../../../src/core/ports.ts";
import type { Request } from "../../../src/core/request/request.ts";
import type { SandboxServer } from "../../../src/sandbox/server.ts";
import { startFaultProxy } from "../../support/faultProxy.ts";
import { quickSandboxDeps } from "../../support/sandboxDeps.ts";
import { digestOf } from "../../support/uniquePictures.ts";
import { crashingPorts } from "../support/crashingPorts.ts";
import {
  createEnvironment,
  createJobRequest,
  isSend,
  neverAborted,
  openSandbox,
  readBytes,
  type TestEnvironment,
} from "../support/setUp.ts";

/** A sandbox, and a function that returns the digests of all it has drawn. */
async function openRecordingSandbox() {
  const { imaging } = quickSandboxDeps;
  const drawn = new Set<Promise<string>>();
  const sandbox = await openSandbox({
    imaging: {
      ...imaging,
      draw(options) {
        const picture = imaging.draw(options);
        drawn.add(picture.then(({ bytes }) => digestOf(bytes)));
        return picture;
      },
    },
  });
  return {
    sandbox,
    pictures: async () => await Promise.all(drawn),
  };
}

/**
 * Resumes all unfinished jobs, as a window does when it opens. A job that the service does not know
 * stays unknown.
 */
async function resumeJobs(environment: TestEnvironment, ports?: Ports): Promise<Jobs> {
  const jobs = await environment.openWindow(ports);
  await Promise.all(
    jobs.journal
      .list()
      .filter(isUnfinished)
      .map(({ taskUUID }) => jobs.checkAgain(taskUUID, neverAborted).catch(() => undefined)),
  );
  return jobs;
}

/** Digests of the pictures in the workspace. */
const readSavedPictures = async (environment: TestEnvironment): Promise<string[]> =>
  Promise.all(
    (await environment.listFolder("pictures")).map(async (name) =>
      digestOf(await readBytes(`${environment.picturesFolder}/${name}`)),
    ),
  );

/**
 * Checks that the job was bought at most once, and its pictures saved once with the right bytes.
 */
async function expectSavedOnce(
  environment: TestEnvironment,
  sandbox: SandboxServer,
  count: number,
  pictures: readonly string[],
) {
  const jobs = (await environment.openWindow()).journal.list();
  const accepted = jobs.filter(({ taskUUID }) => sandbox.ledger.acceptedCount(taskUUID) > 0);
  expect(jobs.length).toBeLessThanOrEqual(1);
  expect(accepted.map(({ taskUUID }) => sandbox.ledger.acceptedCount(taskUUID))).toEqual(accepted.map(() => 1));
  const saved = await readSavedPictures(environment);
  expect(saved).toHaveLength(accepted.length * count);
  expect(new Set(saved).size).toBe(saved.length);
  expect(pictures).toEqual(expect.arrayContaining(saved));
  expect(await environment.listFolder("vault")).toHaveLength(saved.length);
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

describe("Jobs that crash at every await and are resumed", () => {
  /**
   * Runs purchases that crash one step later each time, until one does not crash. Returns how many
   * were bought.
   */
  async function crashAtEveryStep(
    form: Partial<Request> & { readonly count: number },
    losesFirstSend: boolean,
    secondCrashStep?: (step: number) => number,
  ) {
    const { sandbox, pictures } = await openRecordingSandbox();
    const faultProxy = await startFaultProxy(sandbox.url);
    onTestFinished(() => faultProxy.close());
    let bought = 0;
    let hasCrashed = true;
    let step = 0;
    while (hasCrashed) {
      step++;
      const environment = await createEnvironment({ url: faultProxy.url, key: sandbox.key });
      const sendsBefore = faultProxy.requests.filter(isSend).length;
      faultProxy.setRule((request) =>
        losesFirstSend && isSend(request) && request.precedingCount === sendsBefore ? { cut: "before" } : undefined,
      );
      const { ports, crash } = crashingPorts(environment.ports, step);
      const jobs = environment.openWindow(ports);
      const purchase = jobs.then((window) => window.buy(createJobRequest(environment, form), neverAborted));
      hasCrashed = (await Promise.race([purchase, crash])) === "crashed";
      if (hasCrashed && secondCrashStep !== undefined) {
        const second = crashingPorts(environment.ports, secondCrashStep(step));
        await Promise.race([resumeJobs(environment, second.ports), second.crash]);
      }
      await resumeJobs(environment);
      bought += await expectSavedOnce(environment, sandbox, form.count, await pictures());
    }
    expect(step).toBeGreaterThan(30);
    expect(sandbox.ledger.taskCount).toBe(bought);
    return bought;
  }

  test.each(forms)(
    "are bought once and saved once ($deliveryMethod, $outputType, $count)",
    async (form) => {
      expect(await crashAtEveryStep(form, false)).toBeGreaterThan(20);
    },
    120_000,
  );

  test("are bought once and saved once if the first send is lost", async () => {
    expect(await crashAtEveryStep({ count: 1 }, true)).toBeGreaterThan(10);
  }, 240_000);

  test("are bought once and saved once if the second process crashes as well", async () => {
    expect(await crashAtEveryStep({ count: 3 }, false, (step) => 1 + ((step * 13) % 60))).toBeGreaterThan(20);
  }, 240_000);
});
