import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CrashRunOptions, measureProcessRun } from "../../support/crashRun.ts";
import { crashRuns } from "../../support/crashRuns.ts";
import { bundleProgram } from "../../support/processRuns.ts";
import { startUniquePictureSandbox, type UniquePictureSandbox } from "../../support/uniquePictureSandbox.ts";

let folder: string;
let service: UniquePictureSandbox;
let setting: CrashRunOptions;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "limn-crash-"));
  service = await startUniquePictureSandbox({ delay: 20 });
  const program = await bundleProgram("processRun", folder);
  setting = { program, service, usualMs: await measureProcessRun(program, service) };
}, 240_000);

afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

describe("A process killed by SIGKILL at random moments", () => {
  /** A new seed for each test run; set `LIMN_SEED` to repeat one. */
  const seed = process.env.LIMN_SEED ?? String(Date.now());

  test(`buys once and saves once after it is restarted (seed ${seed})`, async () => {
    const reports = await crashRuns(setting, seed, { killed: 16, bought: 6 });
    expect(reports.filter(({ problems: wrongs }) => wrongs.length > 0)).toEqual([]);
  }, 240_000);
});
