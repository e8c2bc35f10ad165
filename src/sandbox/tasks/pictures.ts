import type { OutputFormat } from "../../core/models/model.ts";
import type { Layer } from "../../imaging/operation.ts";
import { drawingLayers } from "../drawing/drawingLayers.ts";
import type { TextRenderer } from "../drawing/textRenderer.ts";
import { cutOutLayers, enlargedLayers } from "../drawing/toolLayers.ts";
import { type AcceptedTask, labelWords, progressOf, resultsOf, type TaskResult } from "./acceptedTask.ts";
import type { ResponseItem, SandboxContext } from "./context.ts";
import { type ApiError, documentationUrl } from "./refusal.ts";
import type { InferenceTask } from "./taskSchema.ts";

/** File name extension and media type of each format. */
export const mediaTypes: Readonly<Record<OutputFormat, { readonly extension: string; readonly type: string }>> = {
  JPG: { extension: "jpg", type: "image/jpeg" },
  PNG: { extension: "png", type: "image/png" },
  WEBP: { extension: "webp", type: "image/webp" },
};

function layersOf(task: AcceptedTask, { seed }: TaskResult, textRenderer: TextRenderer): readonly Layer[] {
  const { request, size, references } = task;
  const { taskType, outputFormat: format } = request;
  const { width, height } = size;
  const [source] = references;
  if (taskType === "imageInference" || source === undefined) {
    return drawingLayers({ words: labelWords(task), seed, width, height, format, references }, textRenderer);
  }
  const draw = taskType === "upscale" ? enlargedLayers : cutOutLayers;
  return draw({ source, width, height, format }, textRenderer);
}

/** The bytes of a result, drawn when they are first requested. */
export function encodedPicture(
  task: AcceptedTask,
  result: TaskResult,
  { imaging, textRenderer, store }: SandboxContext,
): Promise<Uint8Array> {
  const { request, size } = task;
  const { outputFormat: format, outputQuality: quality, taskType } = request;
  return store.getOrEncode(result.imageUUID, async () => {
    const { width, height } = size;
    const layers = layersOf(task, result, textRenderer);
    const isTransparent = taskType === "removeBackground" && format !== "JPG";
    return (await imaging.draw({ width, height, layers, format, quality, isTransparent })).bytes;
  });
}

const pictureFields: Readonly<
  Record<
    AcceptedTask["request"]["outputType"],
    (task: AcceptedTask, result: TaskResult, context: SandboxContext) => Promise<ResponseItem>
  >
> = {
  URL: async ({ request }, { imageUUID }, { origin }) => ({
    imageURL: `${origin()}/image/os/a01d01/ws/2/ii/${imageUUID}.${mediaTypes[request.outputFormat].extension}`,
  }),
  base64Data: async (task, result, context) => ({
    imageBase64Data: Buffer.from(await encodedPicture(task, result, context)).toString("base64"),
  }),
  dataURI: async (task, result, context) => {
    const base64 = Buffer.from(await encodedPicture(task, result, context)).toString("base64");
    return { imageDataURI: `data:${mediaTypes[task.request.outputFormat].type};base64,${base64}` };
  },
};

/**
 * Whether the content is checked. The model's page: `checkContent` enables checking, a missing mode
 * then means `fast`, and `none` always disables it.
 */
const isContentChecked = ({ checkContent, mode }: NonNullable<InferenceTask["safety"]> = {}): boolean =>
  mode !== "none" && checkContent !== false && (checkContent === true || mode === "fast");

/**
 * The item of a finished picture. Polled items have a status; sync and webhook items have none.
 */
export async function successItem(
  task: AcceptedTask,
  result: TaskResult,
  context: SandboxContext,
): Promise<ResponseItem> {
  const { request, directives } = task;
  const fields = await pictureFields[request.outputType](task, result, context);
  const cost = request.includeCost ? { cost: task.price } : {};
  const { taskUUID } = request;
  switch (request.taskType) {
    case "removeBackground": {
      // One of the recorded forms: media instead of an image, see runware-more.md, section 2.
      const { imageURL, ...inline } = fields;
      const link = imageURL === undefined ? {} : { mediaURL: imageURL };
      return { taskType: request.taskType, taskUUID, mediaUUID: result.imageUUID, ...link, ...inline, ...cost };
    }
    case "upscale":
      // The other one: the service has recorded this task type for an `upscale`.
      return { taskType: "imageUpscale", taskUUID, imageUUID: result.imageUUID, ...fields, ...cost };
    default:
      return {
        taskType: request.taskType,
        taskUUID,
        imageUUID: result.imageUUID,
        ...fields,
        seed: result.seed,
        ...(isContentChecked(request.safety) ? { NSFWContent: directives.nsfw } : {}),
        ...cost,
      };
  }
}

/** The error of a failed result. */
export function failureError({ request: { taskType, taskUUID } }: AcceptedTask, code: string): ApiError {
  const message = `The provider could not finish this picture (${code}).`;
  return { code, message, taskUUID, taskType, documentation: documentationUrl("taskType") };
}

/**
 * The answer for a task at `now`: finished results, failures in the form that the prompt requests,
 * and results that are still running.
 */
export async function taskStatus(
  task: AcceptedTask,
  now: number,
  context: SandboxContext,
): Promise<{ readonly data: readonly ResponseItem[]; readonly errors: readonly ApiError[] }> {
  const { taskType, taskUUID } = task.request;
  const data: ResponseItem[] = [];
  const errors: ApiError[] = [];
  for (const result of resultsOf(task)) {
    if (now < result.dueAt) {
      data.push({ taskType, taskUUID, status: "processing", progress: progressOf(task, result, now) });
    } else if (result.failure === undefined) {
      data.push({ ...(await successItem(task, result, context)), status: "success" });
    } else {
      const { code, message, ...rest } = failureError(task, result.failure);
      if (task.directives.form === 1) errors.push({ code, message, ...rest });
      if (task.directives.form === 2) data.push({ taskType, taskUUID, status: "error", error: { code, message } });
      if (task.directives.form === 3) data.push({ taskType, taskUUID, status: "error", code, message });
    }
  }
  return { data, errors };
}
