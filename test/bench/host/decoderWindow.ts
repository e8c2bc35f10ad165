// The bundle that a window's extension host runs (VS Code's `extensionTestsPath`). Reads plan.json
// in the folder of LIMN_BENCH_FOLDER, makes one thumbnail, and writes the memory that this takes
// into result.json there.
import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createImaging } from "../../../src/imaging/imaging.ts";
import { processesBelow } from "../../support/processesBelow.ts";
import { type DecoderPlan, type DecoderResult, decoderPlanSchema } from "./decoderPlan.ts";

const folder = process.env.LIMN_BENCH_FOLDER ?? "";

/** Side of a thumbnail, in pixels. */
const side = 320;

/** Milliseconds until garbage and the threads of a window that starts do not matter any more. */
const settleMs = 3000;

/**
 * Milliseconds in which an idle decoder ends. Nothing looks for it meanwhile: to read all processes
 * again and again would leave garbage in the memory that is measured.
 */
const endMs = 10_000;

/** Milliseconds after the end of a decoder: V8 keeps pages for eight seconds. */
const releaseMs = 12_000;

/** Private memory of a process in MB. Source: proc(5), /proc/pid/smaps_rollup. */
async function privateMemory(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
  const sizes = [...rollup.matchAll(/^(?:Private_Clean|Private_Dirty|Swap):\s+(\d+) kB$/gm)];
  return sizes.reduce((sum, [, size]) => sum + Number(size), 0) / 1000;
}

async function readMemory({ processPath }: DecoderPlan): Promise<{ readonly host: number; readonly all: number }> {
  const host = await privateMemory(process.pid);
  const others = await Promise.all(processesBelow(basename(processPath)).map(privateMemory));
  return { host, all: others.reduce((sum, one) => sum + one, host) };
}

async function makeThumbnail({ decoder, processPath, picture }: DecoderPlan): Promise<void> {
  if (decoder === "limn") {
    await createImaging({ processPath }).preview({ file: picture, side });
    return;
  }
  if (decoder === "none") return;
  const { default: sharp } = await import("sharp");
  await sharp(picture).resize({ width: side, height: side, fit: "inside" }).webp().toBuffer();
}

async function measure(plan: DecoderPlan): Promise<DecoderResult> {
  await wait(settleMs);
  const before = await readMemory(plan);
  await makeThumbnail(plan);
  const after = await readMemory(plan);
  await wait(endMs);
  if (processesBelow(basename(plan.processPath)).length > 0) throw new Error("The decoder has not ended.");
  await wait(releaseMs);
  const idle = await readMemory(plan);
  return { host: after.host - before.host, all: after.all - before.all, left: idle.all - before.all };
}

/** Called by VS Code. Writes the result, or the error, into a file. */
export async function run(): Promise<void> {
  const plan = decoderPlanSchema.parse(JSON.parse(await readFile(`${folder}/plan.json`, "utf8")));
  const result = await measure(plan).catch(
    (error: unknown): DecoderResult => ({ host: 0, all: 0, left: 0, fault: String(error) }),
  );
  await writeFile(`${folder}/result.json`, JSON.stringify(result));
}
