import { setTimeout as sleep } from "node:timers/promises";
import { type AcceptedTask, resultsOf, type TaskResult } from "./acceptedTask.ts";
import type { SandboxContext } from "./context.ts";
import { encodedPicture, failureError, mediaTypes, successItem } from "./pictures.ts";

// The longest delay of a Node timer.
const maxTimerDelay = 2 ** 31 - 1;

/**
 * Resolves when a result is finished.
 * @throws the signal's reason if the sandbox closes first.
 */
export async function waitUntilDue({ dueAt }: TaskResult, { now, closing }: SandboxContext): Promise<void> {
  for (let wait = dueAt - now(); wait > 0; wait = dueAt - now()) {
    await sleep(Math.min(wait, maxTimerDelay), undefined, { signal: closing });
  }
}

async function send(what: string, address: string, init: RequestInit, closing: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([closing, AbortSignal.timeout(10_000)]);
  const response = await fetch(address, { ...init, redirect: "error", signal });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`${what} answered ${response.status}.`);
}

async function deliverResult(task: AcceptedTask, result: TaskResult, context: SandboxContext): Promise<void> {
  const { webhookURL, uploadEndpoint, outputFormat } = task.request;
  await waitUntilDue(result, context);
  if (uploadEndpoint !== undefined && result.failure === undefined) {
    const body = new Uint8Array(await encodedPicture(task, result, context));
    const headers = { "Content-Type": mediaTypes[outputFormat].type };
    await send("The upload endpoint", uploadEndpoint, { method: "PUT", headers, body }, context.closing);
  }
  if (webhookURL !== undefined) {
    const item =
      result.failure === undefined ? await successItem(task, result, context) : failureError(task, result.failure);
    const headers = { "Content-Type": "application/json" };
    await send("The webhook", webhookURL, { method: "POST", headers, body: JSON.stringify(item) }, context.closing);
  }
}

/**
 * Starts the deliveries that a task asks for: when a result finishes, one PUT of its bytes and one
 * POST of its flat item.
 */
export function deliver(task: AcceptedTask, context: SandboxContext): void {
  const { webhookURL, uploadEndpoint } = task.request;
  if (webhookURL === undefined && uploadEndpoint === undefined) return;
  for (const result of resultsOf(task)) context.runInBackground("Delivery", deliverResult(task, result, context));
}
