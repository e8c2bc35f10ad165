import type { Model, Size } from "../../core/models/model.ts";
import { findSize } from "../../core/models/size.ts";
import { taskCost } from "../store/ledger.ts";
import { type AcceptedTask, resultsOf } from "./acceptedTask.ts";
import { type SandboxContext, successResponse, type TaskHandler, type TaskResponse } from "./context.ts";
import { deliver, waitUntilDue } from "./delivery.ts";
import { type Directives, readDirectives } from "./directives.ts";
import { taskStatus } from "./pictures.ts";
import { type AcceptedReference, acceptReference } from "./references.ts";
import { Refusal } from "./refusal.ts";
import { checkRules, nearestSizeOfTier } from "./serviceRules.ts";
import { type InferenceTask, parseInference } from "./taskSchema.ts";

/** Thrown to cut the connection after the task was accepted. */
export class ConnectionCutError extends Error {}

const referenceParameter = "inputs.referenceImages";

function resolveSize(request: InferenceTask, model: Model, first: AcceptedReference | undefined): Size {
  const { width = 0, height = 0, resolution = model.sizes[0].tier } = request;
  return findSize(model, { width, height }) ?? nearestSizeOfTier(model, resolution, first?.aspect ?? 1);
}

function refuseIfDirected({ refuse: code }: Directives): void {
  if (code === undefined) return;
  throw new Refusal({ code, message: `Refused with '${code}', as the prompt asks the sandbox to.` });
}

function refuseDuplicateUuid({ taskUUID }: InferenceTask, { ledger }: SandboxContext): void {
  if (ledger.acceptedCount(taskUUID) === 0) return;
  const message = `A task with the UUID '${taskUUID}' was accepted before.`;
  throw new Refusal({ code: "conflictTaskUUID", message, parameter: "taskUUID" });
}

async function acceptTask(request: InferenceTask, model: Model, context: SandboxContext): Promise<AcceptedTask> {
  const directives = readDirectives(request.positivePrompt);
  refuseIfDirected(directives);
  const references: AcceptedReference[] = [];
  for (const value of request.inputs?.referenceImages ?? [])
    references.push(await acceptReference(value, referenceParameter, model, context));
  // Checked again, because another request with this UUID may have arrived while references were
  // loaded.
  refuseDuplicateUuid(request, context);
  const archived = references.map((reference) => reference.archived);
  const task: AcceptedTask = {
    request: archived.length > 0 ? { ...request, inputs: { referenceImages: archived } } : request,
    model,
    size: resolveSize(request, model, references[0]),
    references: references.map(({ thumbnail: copy }) => copy),
    accepted: context.now(),
    delay: directives.delay === undefined ? context.delay : directives.delay * 1000,
    directives,
  };
  if (taskCost(task) > context.ledger.balance) {
    const message = "Insufficient credits. Add credits to your account and try again.";
    throw new Refusal({ code: "insufficientCredits", message });
  }
  context.ledger.record(task);
  context.store.add(task);
  for (const [index, value] of (request.inputs?.referenceImages ?? []).entries()) {
    const [name, bytes] = [archived[index], references[index]?.thumbnail];
    if (name !== undefined && name !== value && bytes !== undefined) context.store.writeUpload(name, bytes);
  }
  await context.taskLog.add(task);
  return task;
}

async function waitForResults(task: AcceptedTask, context: SandboxContext): Promise<TaskResponse> {
  for (const result of resultsOf(task)) await waitUntilDue(result, context);
  const { data, errors } = await taskStatus(task, Number.POSITIVE_INFINITY, context);
  // Items of a synchronous answer have no status unless they failed.
  return { data: data.map(({ status, ...item }) => (status === "success" ? item : { ...item, status })), errors };
}

/**
 * Accepts an `imageInference`, once per UUID; answers at once, or when all results are finished.
 */
export const handleImageInference: TaskHandler = async (rawTask, context) => {
  const { request, model } = parseInference(rawTask, context.family);
  checkRules(request, model);
  refuseDuplicateUuid(request, context);
  const task = await acceptTask(request, model, context);
  deliver(task, context);
  if (task.directives.cut) throw new ConnectionCutError("The prompt asks the sandbox to cut this connection.");
  if (request.deliveryMethod === "sync") return waitForResults(task, context);
  return successResponse({ taskType: request.taskType, taskUUID: request.taskUUID });
};
