import * as l10n from "@vscode/l10n";
import { LimnError, stoppedError } from "../errors.ts";
import type { Family } from "../models/model.ts";
import { estimateRequest } from "../money/price.ts";
import type { Endpoint, Ports } from "../ports.ts";
import { toCheckedTask } from "../request/checkedTask.ts";
import type { JobRequest } from "../request/request.ts";
import type { Task } from "../request/task.ts";
import { cleanPrompt } from "../text/promptText.ts";
import type { ToolTask } from "../tools/toolTask.ts";
import type { Job } from "./job.ts";
import { newJob } from "./newJob.ts";

/** A job that is checked and not stored yet. */
export interface UnsentJob {
  readonly taskUUID: string;
  readonly task: Task | ToolTask;
  readonly endpoint: Endpoint;
  /** Creates the job as it is stored; `createdAt` is in milliseconds since the epoch. */
  readonly createJob: (createdAt: number) => Job;
}

/**
 * Checks a request and makes its task.
 * @throws LimnError if the request breaks a rule or there is nowhere to send it; of kind `stopped`
 * if the signal has aborted.
 */
export async function prepareJob(
  ports: Ports,
  family: Family,
  input: JobRequest,
  signal: AbortSignal,
  taskUUID: string = ports.uuid(),
): Promise<UnsentJob> {
  const jobRequest = { ...input, request: { ...input.request, prompt: cleanPrompt(input.request.prompt) } };
  const task = toCheckedTask(jobRequest.request, family, taskUUID);
  const endpoint = await ports.endpoint();
  if (endpoint === undefined) {
    throw new LimnError("key", l10n.t("There is no address to send to. Check the setting “limn.apiUrl”."));
  }
  if (signal.aborted) {
    throw stoppedError();
  }
  const { estimate = estimateRequest(family, jobRequest.request) } = jobRequest;
  const createJob = (createdAt: number) => newJob(jobRequest, taskUUID, { ports, createdAt, estimate, endpoint });
  return { taskUUID, task, endpoint, createJob };
}
