import { kling } from "../core/kling.ts";
import type { Size } from "../core/model.ts";
import { type Answer, answered, type Context, type Handler } from "./context.ts";
import { deliver, until } from "./delivery.ts";
import { type Directives, readDirectives } from "./directives.ts";
import { costOf } from "./ledger.ts";
import { showTask } from "./pictures.ts";
import { type Taken, takeReference } from "./references.ts";
import { Refusal } from "./refusal.ts";
import { nearestSize, refuse } from "./refuse.ts";
import { check, type Inference, inference } from "./schema.ts";
import { resultsOf, type Task } from "./task.ts";

/** Thrown to cut the connection of a request whose task was accepted. */
export class Cut extends Error {}

const parameter = "inputs.referenceImages";

function sizeOf({ width, height, resolution }: Inference, first: Taken | undefined): Size {
  const asked = kling.sizes.find((size) => size.width === width && size.height === height);
  return asked ?? nearestSize(resolution ?? "1k", first?.aspect ?? 1);
}

function refuseOnRequest({ refuse: code }: Directives): void {
  if (code === undefined) return;
  throw new Refusal({ code, message: `Refused with '${code}', as the prompt asks the sandbox to.` });
}

function refuseReuse({ taskUUID }: Inference, { ledger }: Context): void {
  if (ledger.accepted(taskUUID) === 0) return;
  const message = `A task with the UUID '${taskUUID}' was accepted before.`;
  throw new Refusal({ code: "conflictTaskUUID", message, parameter: "taskUUID" });
}

async function accept(request: Inference, context: Context): Promise<Task> {
  const directives = readDirectives(request.positivePrompt);
  refuseOnRequest(directives);
  const taken: Taken[] = [];
  for (const value of request.inputs?.referenceImages ?? []) taken.push(await takeReference(value, parameter, context));
  // Checked before and after the wait for references: two requests with one UUID may be under way at a time.
  refuseReuse(request, context);
  const archived = taken.map((reference) => reference.archived);
  const task: Task = {
    request: archived.length > 0 ? { ...request, inputs: { referenceImages: archived } } : request,
    size: sizeOf(request, taken[0]),
    references: taken.map(({ copy }) => copy),
    accepted: context.now(),
    delay: directives.delay === undefined ? context.delay : directives.delay * 1000,
    directives,
  };
  if (costOf(task) > context.ledger.balance) {
    const message = "Insufficient credits. Add credits to your account and try again.";
    throw new Refusal({ code: "insufficientCredits", message });
  }
  context.ledger.enter(task);
  context.store.add(task);
  for (const [index, value] of (request.inputs?.referenceImages ?? []).entries()) {
    const [name, bytes] = [archived[index], taken[index]?.copy];
    if (name !== undefined && name !== value && bytes !== undefined) context.store.keep(name, bytes);
  }
  await context.journal.add(task);
  return task;
}

async function waitForAll(task: Task, context: Context): Promise<Answer> {
  for (const result of resultsOf(task)) await until(result, context);
  const { data, errors } = await showTask(task, Number.POSITIVE_INFINITY, context);
  // A held-open answer knows no status but that of a failure.
  return { data: data.map(({ status, ...item }) => (status === "success" ? item : { ...item, status })), errors };
}

/** Accepts an `imageInference`, at most once for each UUID, and answers at once or when all is finished. */
export const infer: Handler = async (raw, context) => {
  const request = check(inference, raw);
  refuse(request);
  refuseReuse(request, context);
  const task = await accept(request, context);
  deliver(task, context);
  if (task.directives.cut) throw new Cut("The prompt asks the sandbox to cut this connection.");
  if (request.deliveryMethod === "sync") return waitForAll(task, context);
  return answered({ taskType: request.taskType, taskUUID: request.taskUUID });
};
