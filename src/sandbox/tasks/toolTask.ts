import { resultPixels } from "../../core/tools/toolTask.ts";
import { probe } from "../../imaging/probe.ts";
import { uuidOf } from "../store/derive.ts";
import { answerTask, recordTask, refuseDuplicateUuid } from "./acceptance.ts";
import type { AcceptedTask } from "./acceptedTask.ts";
import type { SandboxContext, TaskHandler } from "./context.ts";
import { readDirectives } from "./directives.ts";
import { isInlineMedia, loadMedia, shrinkMedia } from "./references.ts";
import { documentationUrl, Refusal } from "./refusal.ts";
import { parseToolTask } from "./taskSchema.ts";

const imageParameter = "inputs.image";

/** Pixels of the largest result; a real service has such a limit too. */
const maxResultPixels = 64_000_000;

const refusal = (message: string, parameter: string): Refusal =>
  new Refusal({ code: "invalidImage", message, parameter, documentation: documentationUrl(parameter) });

async function acceptTask(rawTask: Parameters<TaskHandler>[0], context: SandboxContext): Promise<AcceptedTask> {
  const { request, tool } = parseToolTask(rawTask);
  refuseDuplicateUuid(request.taskUUID, context);
  const { image } = request.inputs;
  const bytes = await loadMedia(image, imageParameter, context);
  const header = probe(bytes);
  if (header === undefined) throw refusal("The image is not a PNG, JPEG or WebP picture.", imageParameter);
  if (Math.max(header.width, header.height) > tool.source.maxSide)
    throw refusal(`The sides of the image may have at most ${tool.source.maxSide} pixels.`, imageParameter);
  const size = resultPixels(header, { factor: "upscaleFactor" in request ? request.upscaleFactor : 1 });
  if (size.width * size.height > maxResultPixels)
    throw refusal(`The result may have at most ${maxResultPixels} pixels.`, "upscaleFactor");
  const { bytes: copy } = await shrinkMedia(bytes, imageParameter, context.imaging);
  // Checked again, because another request with this UUID may have arrived meanwhile.
  refuseDuplicateUuid(request.taskUUID, context);
  const task: AcceptedTask = {
    request: isInlineMedia(image) ? { ...request, inputs: { image: uuidOf(image) } } : request,
    size,
    price: tool.price,
    references: [copy],
    accepted: context.now(),
    delay: context.delay,
    directives: readDirectives(""),
  };
  await recordTask(task, context);
  return task;
}

/** Accepts a task of a tool, once per UUID; answers at once, or when its result is finished. */
export const handleToolTask: TaskHandler = async (rawTask, context) =>
  answerTask(await acceptTask(rawTask, context), context);
