// The bundle that a window's extension host runs (VS Code's `extensionTestsPath`): reads what is
// wished from the folder that LIMN_BENCH_FOLDER names, measures, and writes the result there.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { commands, extensions } from "vscode";
import { watchTimers } from "../../support/timers.ts";
import { buyWithoutLimn } from "../tasks.ts";
import { type MeasurementPlan, type MeasurementResult, planSchema, type Time } from "./measurementPlan.ts";

const folder = process.env.LIMN_BENCH_FOLDER ?? "";

/**
 * Both clocks, in milliseconds. The first counts what the machine gave to others too, the second
 * only what this thread computed.
 */
function readTime(): Time {
  const { user, system } = process.threadCpuUsage();
  return { clock: performance.now(), processor: (user + system) / 1000 };
}

const elapsedSince = (begun: Time, end = readTime()): Time => ({
  clock: end.clock - begun.clock,
  processor: end.processor - begun.processor,
});

/**
 * Waits until the window is done with what it begins with, and with what was activated before: half
 * a second without a stall.
 */
async function waitUntilIdle(): Promise<void> {
  for (let idleChecks = 0; idleChecks < 25; ) {
    const begun = performance.now();
    await wait(20);
    idleChecks = performance.now() - begun < 40 ? idleChecks + 1 : 0;
  }
}

async function activate(id: string): Promise<Time> {
  const extension = extensions.getExtension(id);
  if (extension === undefined || extension.isActive) throw new Error(`${id} is not there, or active already.`);
  await waitUntilIdle();
  const begun = readTime();
  await extension.activate();
  return elapsedSince(begun);
}

/** How long a command takes that needs all of Limn and does nothing: it is refused. */
async function measureFirstCommand(): Promise<Time> {
  const begun = readTime();
  await commands.executeCommand("limn.generate", { prompt: "" }).then(
    () => Promise.reject(new Error("An empty prompt was not refused.")),
    () => undefined,
  );
  return elapsedSince(begun);
}

/** The longest stall of this event loop while something is done. */
async function stallDuring(work: () => PromiseLike<unknown>): Promise<Time> {
  let last = readTime();
  const stall = { clock: 0, processor: 0 };
  const interval = setInterval(() => {
    const { clock, processor } = elapsedSince(last);
    stall.clock = Math.max(stall.clock, clock);
    stall.processor = Math.max(stall.processor, processor);
    last = readTime();
  }, 1);
  await work();
  clearInterval(interval);
  return stall;
}

const generate =
  (count: number, more: object = {}) =>
  () =>
    commands.executeCommand("limn.generate", {
      ...{ prompt: "noise", size: "2496x1664", count, path: "bench/{uuid8}.jpg", ...more },
    });

/** The same pictures with nothing but fetch and writeFile. */
const fetchWithoutLimn = (plan: MeasurementPlan, count: number) => async () => {
  await mkdir(`${folder}/bare`, { recursive: true });
  for (const { imageURL, imageUUID } of await buyWithoutLimn(plan.service, count)) {
    const response = await fetch(imageURL);
    await writeFile(`${folder}/bare/${imageUUID}`, new Uint8Array(await response.arrayBuffer()));
  }
};

async function measureStalls(plan: MeasurementPlan): Promise<MeasurementResult["stalls"]> {
  // Once without looking, so that no code is compiled for the first time.
  await generate(1)();
  await fetchWithoutLimn(plan, 1)();
  return {
    nothing: await stallDuring(() => wait(1500)),
    bare: await stallDuring(fetchWithoutLimn(plan, 1)),
    one: await stallDuring(generate(1)),
    twenty: await stallDuring(generate(20)),
    bareTwenty: await stallDuring(fetchWithoutLimn(plan, 20)),
    base64: await stallDuring(generate(1, { outputType: "base64Data" })),
  };
}

async function findTimers(): Promise<string[]> {
  const { running, stop } = watchTimers(/[\\/]dist[\\/](extension|limn)\.js/);
  await generate(2)();
  await wait(1000);
  stop();
  return [...running()];
}

async function measure(plan: MeasurementPlan): Promise<MeasurementResult> {
  const activation: Record<string, Time> = {};
  const answers: Time[] = [];
  for (const id of plan.order) {
    activation[id] = await activate(id);
    if (id === plan.limn) answers.push(await measureFirstCommand(), await measureFirstCommand());
  }
  return plan.timers
    ? { activation, answers, stalls: {}, timers: await findTimers() }
    : { activation, answers, stalls: await measureStalls(plan) };
}

/** VS Code's contract for a test bundle. What goes wrong is told by a file as well. */
export async function run(): Promise<void> {
  const plan = planSchema.parse(JSON.parse(await readFile(`${folder}/wish.json`, "utf8")));
  const result = await measure(plan).catch(
    (error: unknown): MeasurementResult => ({
      ...{ activation: {}, answers: [], stalls: {} },
      fault: String(error),
    }),
  );
  await writeFile(`${folder}/result.json`, JSON.stringify(result));
}
