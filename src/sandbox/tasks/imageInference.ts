import type { Model, Size } from "../../core/models/model.ts";
import { findSize } from "../../core/models/size.ts";
import { estimateCost } from "../../core/money/price.ts";
import { answerTask, recordTask, refuseDuplicateUuid } from "./acceptance.ts";
import type { AcceptedTask } from "./acceptedTask.ts";
import type { SandboxContext, TaskHandler } from "./context.ts";
import { type Directives, readDirectives } from "./directives.ts";
import { type AcceptedReference, acceptReference } from "./references.ts";
import { Refusal } from "./refusal.ts";
import { checkRules, nearestSizeOfTier } from "./serviceRules.ts";
import { type InferenceTask, parseInference } from "./taskSchema.ts";

const referenceParameter = "inputs.referenceImages";

function resolveSize(request: InferenceTask, model: Model, first: AcceptedReference | undefined): Size {
  const { width = 0, height = 0, resolution = model.sizes[0].tier } = request;
  return findSize(model, { width, height }) ?? nearestSizeOfTier(model, resolution, first?.aspect ?? 1);
}

function refuseIfDirected({ refuse: code }: Directives): void {
  if (code === undefined) return;
  throw new Refusal({ code, message: `Refused with '${code}', as the prompt asks the sandbox to.` });
}

async function acceptTask(request: InferenceTask, model: Model, context: SandboxContext): Promise<AcceptedTask> {
  const directives = readDirectives(request.positivePrompt);
  refuseIfDirected(directives);
  const references: AcceptedReference[] = [];
  for (const value of request.inputs?.referenceImages ?? [])
    references.push(await acceptReference(value, referenceParameter, model, context));
  // Checked again, because another request with this UUID may have arrived while references were
  // loaded.
  refuseDuplicateUuid(request.taskUUID, context);
  const archived = references.map((reference) => reference.archived);
  const size = resolveSize(request, model, references[0]);
  const task: AcceptedTask = {
    request: archived.length > 0 ? { ...request, inputs: { referenceImages: archived } } : request,
    size,
    price: estimateCost(model, size, 1),
    references: references.map(({ thumbnail: copy }) => copy),
    accepted: context.now(),
    delay: directives.delay === undefined ? context.delay : directives.delay * 1000,
    directives,
  };
  await recordTask(task, context);
  for (const [index, value] of (request.inputs?.referenceImages ?? []).entries()) {
    const [name, bytes] = [archived[index], references[index]?.thumbnail];
    if (name !== undefined && name !== value && bytes !== undefined) context.store.writeUpload(name, bytes);
  }
  return task;
}

/**
 * Accepts an `imageInference`, once per UUID; answers at once, or when all results are finished.
 */
export const handleImageInference: TaskHandler = async (rawTask, context) => {
  const { request, model } = parseInference(rawTask, context.family);
  checkRules(request, model);
  refuseDuplicateUuid(request.taskUUID, context);
  return answerTask(await acceptTask(request, model, context), context);
};
