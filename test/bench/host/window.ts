// The bundle that a window's extension host runs (VS Code's `extensionTestsPath`). Reads plan.json
// in the folder of LIMN_BENCH_FOLDER, measures, and writes result.json there.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { commands, extensions } from "vscode";
import { watchTimers } from "../../support/timers.ts";
import { buyWithoutLimn } from "../tasks.ts";
import { measureHovers } from "./hovers.ts";
import { type MeasurementPlan, type MeasurementResult, planSchema, type Time } from "./measurementPlan.ts";

const folder = process.env.LIMN_BENCH_FOLDER ?? "";

/** Reads both clocks in ms. Only the first one includes the time of other threads. */
function readTime(): Time {
  const { user, system } = process.threadCpuUsage();
  return { clock: performance.now(), processor: (user + system) / 1000 };
}

const elapsedSince = (startedAt: Time, end = readTime()): Time => ({
  clock: end.clock - startedAt.clock,
  processor: end.processor - startedAt.processor,
});

/** Waits until the window has started and extensions are active: half a second without a stall. */
async function waitUntilIdle(): Promise<void> {
  for (let idleChecks = 0; idleChecks < 25; ) {
    const startedAt = performance.now();
    await wait(20);
    idleChecks = performance.now() - startedAt < 40 ? idleChecks + 1 : 0;
  }
}

async function activate(id: string): Promise<Time> {
  const extension = extensions.getExtension(id);
  if (extension === undefined || extension.isActive) throw new Error(`${id} is missing or already active.`);
  await waitUntilIdle();
  const startedAt = readTime();
  await extension.activate();
  return elapsedSince(startedAt);
}

/** Measures a command that loads all of Limn and then is refused. */
async function measureFirstCommand(): Promise<Time> {
  const startedAt = readTime();
  await commands.executeCommand("limn.generate", { prompt: "" }).then(
    () => Promise.reject(new Error("An empty prompt was not refused.")),
    () => undefined,
  );
  return elapsedSince(startedAt);
}

/** Measures the longest stall of this event loop while `work` runs. */
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
      prompt: "noise",
      size: "2496x1664",
      count,
      path: "bench/{uuid8}.jpg",
      ...more,
    });

/** Gets the same pictures with fetch and writeFile only. */
const fetchWithoutLimn = (plan: MeasurementPlan, count: number) => async () => {
  await mkdir(`${folder}/bare`, { recursive: true });
  for (const { imageURL, imageUUID } of await buyWithoutLimn(plan.service, count)) {
    const response = await fetch(imageURL);
    await writeFile(`${folder}/bare/${imageUUID}`, new Uint8Array(await response.arrayBuffer()));
  }
};

async function measureStalls(plan: MeasurementPlan): Promise<MeasurementResult["stalls"]> {
  // A first run without measurement compiles the code.
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
    : { activation, answers, hovers: await measureHovers(), stalls: await measureStalls(plan) };
}

/** Called by VS Code. Writes the result, or the error, into a file. */
export async function run(): Promise<void> {
  const plan = planSchema.parse(JSON.parse(await readFile(`${folder}/plan.json`, "utf8")));
  const result = await measure(plan).catch(
    (error: unknown): MeasurementResult => ({
      activation: {},
      answers: [],
      stalls: {},
      fault: String(error),
    }),
  );
  await writeFile(`${folder}/result.json`, JSON.stringify(result));
}
