import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asCurl, asTypeScript } from "../../src/core/asCode.ts";
import { isForeign, type Job, merge, parseJob } from "../../src/core/job.ts";
import { kling } from "../../src/core/kling.ts";
import { absorb } from "../../src/core/news.ts";
import { toTask } from "../../src/core/task.ts";
import { fuzzRuns } from "../support/fuzzRuns.ts";
import { anyJob } from "./jobs.ts";

const uuid = "1b4e28ba-2fa1-41d2-883f-b9a761bde3fb";

/** As it is once it has been written into a file. */
const written = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

/** The task that the code copied of a job must send. */
function taskOf({ request }: Job) {
  const references = request.references.map(({ label, source }) => ({
    label,
    image: `<${source === undefined ? "address" : "data URI"} of ${label}>`,
  }));
  return written(toTask({ ...request, references, deliveryMethod: "sync" }, kling, uuid));
}

/** The words that a real shell hands to `curl` when it runs the commands, seven for each of them. */
async function wordsOfCurl(commands: readonly string[]): Promise<string[][]> {
  const shell = spawn("sh", [], { env: { PATH: process.env.PATH, RUNWARE_API_KEY: "k" }, stdio: "pipe" });
  shell.stdin.end(`curl() { printf '%s\\0' "$@"; }\n${commands.join("\n")}\n`);
  const [out, wrong] = await Promise.all([text(shell.stdout), text(shell.stderr)]);
  expect(wrong).toBe("");
  const words = out.split("\0").slice(0, -1);
  return Array.from({ length: Math.ceil(words.length / 7) }, (_, index) => words.slice(index * 7, index * 7 + 7));
}

/** What TypeScript code posts when it is run. */
async function postedBy(code: string): Promise<unknown> {
  const bodies: string[] = [];
  const fetch = async (_: string, { body }: { readonly body: string }) => {
    bodies.push(body);
    return { json: async () => ({}) };
  };
  const world = { fetch, crypto: { randomUUID: () => uuid }, process: { env: { RUNWARE_API_KEY: "k" } } };
  await runInNewContext(`(async () => {${code}\n})()`, world);
  expect(bodies).toHaveLength(1);
  return JSON.parse(bodies[0] ?? "");
}

/** The prices that the service told. */
const told = (job: Job) => job.pictures.flatMap(({ cost }) => cost ?? []);

/** Commands that are given to one shell. */
const batch = 200;

describe("A request that was remembered", () => {
  test("is the same when its file is read again", () => {
    fc.assert(
      fc.property(anyJob, (job) => {
        const file = JSON.stringify(job);
        expect(parseJob(file)).toEqual(written(job));
        expect(isForeign(file)).toBe(false);
      }),
      { numRuns: fuzzRuns },
    );
  });

  test("is not taken for one where its file was cut", () => {
    fc.assert(
      fc.property(anyJob, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (job, part) => {
        const file = JSON.stringify(job);
        expect(parseJob(file.slice(0, Math.floor(file.length * part)))).toBeUndefined();
      }),
      { numRuns: fuzzRuns },
    );
  });

  test("loses nothing that either of two windows knew", () => {
    fc.assert(
      fc.property(anyJob, anyJob, (stored, other) => {
        const remembered = { ...other, taskUUID: stored.taskUUID };
        const both = merge(stored, remembered);
        const ids = (job: Job) => job.pictures.map(({ id }) => id);
        expect(new Set(ids(both))).toEqual(new Set([...ids(stored), ...ids(remembered)]));
        for (const { id, kept } of [...stored.pictures, ...remembered.pictures]) {
          const merged = both.pictures.find((picture) => picture.id === id);
          expect(merged?.kept).toEqual(expect.arrayContaining(kept));
        }
        expect(merge(both, remembered)).toEqual(both);
        expect(
          absorb(both, { deliveries: [], failures: [], processing: false, progress: undefined, known: true }),
        ).toEqual(both);
        expect(told(both)).toEqual(expect.arrayContaining(told(stored)));
      }),
      { numRuns: fuzzRuns },
    );
  });

  test("is the same request as a curl command in a real shell", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyJob, { minLength: batch, maxLength: batch, size: "max" }), async (jobs) => {
        const all = await wordsOfCurl(jobs.map((job) => asCurl(job, kling, uuid)));
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
      fc.asyncProperty(anyJob, async (job) => {
        expect(await postedBy(asTypeScript(job, kling))).toEqual([taskOf(job)]);
      }),
      { numRuns: fuzzRuns },
    );
  });
});
