import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadRun } from "../../support/loadRun.ts";
import { bundleProgram } from "../../support/processRuns.ts";
import { startUniquePictureSandbox } from "../../support/uniquePictureSandbox.ts";

test("A hundred jobs of four pictures, bought at once in one window, all arrive over few connections", async () => {
  const folder = await mkdtemp(join(tmpdir(), "limn-load-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const service = await startUniquePictureSandbox({ delay: 20 }, 800_000);
  onTestFinished(service.close);
  const load = await loadRun(await bundleProgram("manyJobs", folder), service, 100);
  expect(load).toMatchObject({ failed: 0, tasks: 100, bought: 400, files: 400, saved: 400 });
  // Limits of the extension: sixteen sends, four downloads and one poll at a time.
  expect(load.sendsAtOnce).toBeLessThanOrEqual(16);
  expect(load.downloadsAtOnce).toBeLessThanOrEqual(4);
  // Each may have one open connection and one that is closing.
  expect(load.connections).toBeLessThanOrEqual(2 * (16 + 4 + 1));
  // One poll covers all hundred tasks.
  expect(load.polls).toBeLessThanOrEqual(load.rounds);
  // Memory holds the pictures that are being downloaded, not all.
  expect(load.memory).toBeLessThan(load.bytes / 4);
}, 180_000);
