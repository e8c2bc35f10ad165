import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Uri } from "vscode";
import { storedJob, storedRequest } from "../../support/storedJob.ts";
import { jobsFolder } from "./files.ts";
import { sandbox } from "./testService.ts";

const prompt = "Left behind";

/** Buys a picture from the sandbox under this UUID, like a session of Limn that then crashed. */
export async function buyFromSandbox(taskUUID: string | undefined): Promise<void> {
  const task = {
    taskType: "imageInference",
    taskUUID,
    model: "klingai:kling-image@3",
    positivePrompt: prompt,
    width: 1024,
    height: 1024,
    numberResults: 1,
    outputFormat: "PNG",
    deliveryMethod: "async",
    includeCost: true,
  };
  const response = await fetch(sandbox.url, {
    method: "POST",
    headers: { authorization: `Bearer ${sandbox.key}`, "content-type": "application/json" },
    body: JSON.stringify([task]),
  });
  assert.equal(response.status, 200, await response.text());
}

/** Fields of a job file that differ between tests. */
interface InterruptedJob {
  readonly endpoint: string;
  readonly folder: Uri;
  readonly state?: "sending" | "running" | "done";
  readonly keep?: "all" | "ask";
  /** URI of the workspace folder it was bought for. */
  readonly workspace?: string;
}

/** Returns the job file that a crashed session left for such a purchase. */
export function jobFileText(
  taskUUID: string | undefined,
  { endpoint, folder, state = "running", keep = "all", workspace }: InterruptedJob,
): string {
  const now = Date.now();
  return JSON.stringify({
    ...storedJob({
      state,
      createdAt: now,
      updatedAt: now,
      endpoint,
      request: { ...storedRequest, prompt },
      target: { folder: folder.toString(), name: "left", keep },
      ...(workspace === undefined ? {} : { workspace }),
    }),
    taskUUID,
  });
}

const jobFilePath = (taskUUID: string | undefined): string => join(jobsFolder, `${taskUUID}.json`);

/** Writes a text as the job file of this UUID. */
export async function writeJob(taskUUID: string | undefined, text: string): Promise<void> {
  await mkdir(jobsFolder, { recursive: true });
  await writeFile(jobFilePath(taskUUID), text);
}

/** Reads the job file of this UUID. */
export const readJob = (taskUUID: string | undefined): Promise<string> => readFile(jobFilePath(taskUUID), "utf8");
