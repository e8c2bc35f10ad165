import { taskCost } from "../store/ledger.ts";
import { type AcceptedTask, resultsOf } from "./acceptedTask.ts";
import { type SandboxContext, successResponse, type TaskResponse } from "./context.ts";
import { deliver, waitUntilDue } from "./delivery.ts";
import { taskStatus } from "./pictures.ts";
import { Refusal } from "./refusal.ts";

/** Thrown to cut the connection after the task was accepted. */
export class ConnectionCutError extends Error {}

/** Throws a Refusal if a task with this UUID was accepted before. */
export function refuseDuplicateUuid(taskUUID: string, { ledger }: SandboxContext): void {
  if (ledger.acceptedCount(taskUUID) === 0) return;
  const message = `A task with the UUID '${taskUUID}' was accepted before.`;
  throw new Refusal({ code: "conflictTaskUUID", message, parameter: "taskUUID" });
}

/** Bills and stores a task. Throws a Refusal if the balance is too low. */
export async function recordTask(task: AcceptedTask, { ledger, store, taskLog }: SandboxContext): Promise<void> {
  if (taskCost(task) > ledger.balance) {
    const message = "Insufficient credits. Add credits to your account and try again.";
    throw new Refusal({ code: "insufficientCredits", message });
  }
  ledger.record(task);
  store.add(task);
  await taskLog.add(task);
}

async function waitForResults(task: AcceptedTask, context: SandboxContext): Promise<TaskResponse> {
  for (const result of resultsOf(task)) await waitUntilDue(result, context);
  const { data, errors } = await taskStatus(task, Number.POSITIVE_INFINITY, context);
  // Items of a synchronous answer have no status unless they failed.
  return { data: data.map(({ status, ...item }) => (status === "success" ? item : { ...item, status })), errors };
}

/** Answers an accepted task at once, or when all its results are finished. */
export async function answerTask(task: AcceptedTask, context: SandboxContext): Promise<TaskResponse> {
  const { request, directives } = task;
  deliver(task, context);
  if (directives.cut) throw new ConnectionCutError("The prompt asks the sandbox to cut this connection.");
  if (request.deliveryMethod === "sync") return waitForResults(task, context);
  return successResponse({ taskType: request.taskType, taskUUID: request.taskUUID });
}
