// The bundle that a window's extension host runs (VS Code's `extensionTestsPath`): reads what is wished from the folder that
// LIMN_BENCH_FOLDER names, measures, and writes the result there.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { commands, extensions } from "vscode";
import { watchTimers } from "../../support/timers.ts";
import { buyBare } from "../tasks.ts";
import { type Result, type Time, type Wish, wishSchema } from "./wish.ts";

const folder = process.env.LIMN_BENCH_FOLDER ?? "";

/** Both clocks, in milliseconds. The first counts what the machine gave to others too, the second only what this thread computed. */
function now(): Time {
  const { user, system } = process.threadCpuUsage();
  return { clock: performance.now(), processor: (user + system) / 1000 };
}

const since = (begun: Time, end = now()): Time => ({
  clock: end.clock - begun.clock,
  processor: end.processor - begun.processor,
});

/** Waits until the window is done with what it begins with, and with what was activated before: half a second without a stall. */
async function stillness(): Promise<void> {
  for (let still = 0; still < 25; ) {
    const begun = performance.now();
    await wait(20);
    still = performance.now() - begun < 40 ? still + 1 : 0;
  }
}

async function activate(id: string): Promise<Time> {
  const extension = extensions.getExtension(id);
  if (extension === undefined || extension.isActive) throw new Error(`${id} is not there, or active already.`);
  await stillness();
  const begun = now();
  await extension.activate();
  return since(begun);
}

/** How long a command takes that needs all of Limn and does nothing: it is refused. */
async function answer(): Promise<Time> {
  const begun = now();
  await commands.executeCommand("limn.generate", { prompt: "" }).then(
    () => Promise.reject(new Error("An empty prompt was not refused.")),
    () => undefined,
  );
  return since(begun);
}

/** The longest stall of this event loop while something is done. */
async function stallDuring(work: () => PromiseLike<unknown>): Promise<Time> {
  let last = now();
  const stall = { clock: 0, processor: 0 };
  const beat = setInterval(() => {
    const { clock, processor } = since(last);
    stall.clock = Math.max(stall.clock, clock);
    stall.processor = Math.max(stall.processor, processor);
    last = now();
  }, 1);
  await work();
  clearInterval(beat);
  return stall;
}

const generate =
  (count: number, more: object = {}) =>
  () =>
    commands.executeCommand("limn.generate", {
      ...{ prompt: "noise", size: "2496x1664", count, path: "bench/{uuid8}.jpg", ...more },
    });

/** The same pictures with nothing but fetch and writeFile. */
const fetchBare = (wish: Wish, count: number) => async () => {
  await mkdir(`${folder}/bare`, { recursive: true });
  for (const { imageURL, imageUUID } of await buyBare(wish.service, count)) {
    const response = await fetch(imageURL);
    await writeFile(`${folder}/bare/${imageUUID}`, new Uint8Array(await response.arrayBuffer()));
  }
};

async function measureStalls(wish: Wish): Promise<Result["stalls"]> {
  // Once without looking, so that no code is compiled for the first time.
  await generate(1)();
  await fetchBare(wish, 1)();
  return {
    nothing: await stallDuring(() => wait(1500)),
    bare: await stallDuring(fetchBare(wish, 1)),
    one: await stallDuring(generate(1)),
    twenty: await stallDuring(generate(20)),
    bareTwenty: await stallDuring(fetchBare(wish, 20)),
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

async function measure(wish: Wish): Promise<Result> {
  const activation: Record<string, Time> = {};
  const answers: Time[] = [];
  for (const id of wish.order) {
    activation[id] = await activate(id);
    if (id === wish.limn) answers.push(await answer(), await answer());
  }
  return wish.timers
    ? { activation, answers, stalls: {}, timers: await findTimers() }
    : { activation, answers, stalls: await measureStalls(wish) };
}

/** VS Code's contract for a test bundle. What goes wrong is told by a file as well. */
export async function run(): Promise<void> {
  const wish = wishSchema.parse(JSON.parse(await readFile(`${folder}/wish.json`, "utf8")));
  const result = await measure(wish).catch(
    (error: unknown): Result => ({
      ...{ activation: {}, answers: [], stalls: {} },
      fault: String(error),
    }),
  );
  await writeFile(`${folder}/result.json`, JSON.stringify(result));
}
