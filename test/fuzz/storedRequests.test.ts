import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Job } from "../../src/core/jobs/job.ts";
import { isOtherVersion, parseJob } from "../../src/core/jobs/jobSchema.ts";
import { mergeJobs } from "../../src/core/journal/mergeJobs.ts";
import { klingImage3 } from "../../src/core/models/family.ts";
import { toCurl, toTypeScript } from "../../src/core/request/codeSnippet.ts";
import { taskFields } from "../../src/core/request/task.ts";
import { applyUpdate } from "../../src/core/service/taskUpdate.ts";
import { fuzzRuns } from "../support/fuzzRuns.ts";
import { arbitraryJob } from "./arbitraryJob.ts";

const uuid = "1b4e28ba-2fa1-41d2-883f-b9a761bde3fb";

/** Returns the value as it is read from a file that contains it. */
const throughJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

/** Returns the task that the copied code of a job must send. */
function taskOf({ request }: Job) {
  const references = request.references.map(({ label, source }) => ({
    label,
    image: `<${source === undefined ? "address" : "data URI"} of ${label}>`,
  }));
  return throughJson(taskFields({ ...request, model: klingImage3.id, references, deliveryMethod: "sync" }, uuid));
}

/** Returns the arguments that a shell passes to `curl`, seven per command. */
async function wordsOfCurl(commands: readonly string[]): Promise<string[][]> {
  const shell = spawn("sh", [], { env: { PATH: process.env.PATH, RUNWARE_API_KEY: "k" }, stdio: "pipe" });
  shell.stdin.end(`curl() { printf '%s\\0' "$@"; }\n${commands.join("\n")}\n`);
  const [out, errorOutput] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
  expect(errorOutput).toBe("");
  const words = out.split("\0").slice(0, -1);
  return Array.from({ length: Math.ceil(words.length / 7) }, (_, index) => words.slice(index * 7, index * 7 + 7));
}

/** Runs TypeScript code and returns what it posts. */
async function postedBy(code: string): Promise<unknown> {
  const bodies: string[] = [];
  const fetch = async (_: string, { body }: { readonly body: string }) => {
    bodies.push(body);
    return { json: async () => ({}) };
  };
  const context = { fetch, crypto: { randomUUID: () => uuid }, process: { env: { RUNWARE_API_KEY: "k" } } };
  await runInNewContext(`(async () => {${code}\n})()`, context);
  expect(bodies).toHaveLength(1);
  return JSON.parse(bodies[0] ?? "");
}

/** Returns the prices that the service reported. */
const reportedCosts = (job: Job) => job.pictures.flatMap(({ cost }) => cost ?? []);

/** Number of commands per shell. */
const batch = 200;

describe("A stored request", () => {
  test("is unchanged when its file is read again", () => {
    fc.assert(
      fc.property(arbitraryJob, (job) => {
        const file = JSON.stringify(job);
        expect(parseJob(file)).toEqual(throughJson(job));
        expect(isOtherVersion(file)).toBe(false);
      }),
      { numRuns: fuzzRuns },
    );
  });

  test("is not read from a truncated file", () => {
    fc.assert(
      fc.property(arbitraryJob, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (job, part) => {
        const file = JSON.stringify(job);
        expect(parseJob(file.slice(0, Math.floor(file.length * part)))).toBeUndefined();
      }),
      { numRuns: fuzzRuns },
    );
  });

  test("contains the changes of both windows after a merge", () => {
    fc.assert(
      fc.property(arbitraryJob, arbitraryJob, (stored, other) => {
        const remembered = { ...other, taskUUID: stored.taskUUID };
        const both = mergeJobs(stored, remembered);
        const ids = (job: Job) => job.pictures.map(({ id }) => id);
        expect(new Set(ids(both))).toEqual(new Set([...ids(stored), ...ids(remembered)]));
        for (const { id, kept } of [...stored.pictures, ...remembered.pictures]) {
          const merged = both.pictures.find((picture) => picture.id === id);
          expect(merged?.kept).toEqual(expect.arrayContaining(kept));
        }
        expect(mergeJobs(both, remembered)).toEqual(both);
        expect(
          applyUpdate(both, {
            deliveries: [],
            failures: [],
            isProcessing: false,
            progress: undefined,
            isTaskKnown: true,
          }),
        ).toEqual(both);
        expect(reportedCosts(both)).toEqual(expect.arrayContaining(reportedCosts(stored)));
      }),
      { numRuns: fuzzRuns },
    );
  });

  test("is the same request as a curl command in a real shell", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryJob, { minLength: batch, maxLength: batch, size: "max" }), async (jobs) => {
        const all = await wordsOfCurl(jobs.map((job) => toCurl(job, uuid)));
        expect(all).toHaveLength(jobs.length);
        for (const [index, job] of jobs.entries()) {
          const [address, , authorization, , type, , body = ""] = all[index] ?? [];
          expect([address, authorization, type]).toEqual([
            "https://api.runware.ai/v1",
            "Authorization: Bearer k",
            "Content-Type: application/json",
          ]);
          expect(JSON.parse(body)).toEqual([taskOf(job)]);
        }
      }),
      { numRuns: Math.ceil(fuzzRuns / batch), endOnFailure: true },
    );
  });

  test("is the same request as TypeScript", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryJob, async (job) => {
        expect(await postedBy(toTypeScript(job))).toEqual([taskOf(job)]);
      }),
      { numRuns: fuzzRuns },
    );
  });
});
