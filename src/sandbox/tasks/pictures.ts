import type { OutputFormat } from "../../core/models/model.ts";
import { drawingLayers } from "../drawing/drawingLayers.ts";
import { type AcceptedTask, labelWords, picturePrice, progressOf, resultsOf, type TaskResult } from "./acceptedTask.ts";
import type { ResponseItem, SandboxContext } from "./context.ts";
import { type ApiError, documentationUrl } from "./refusal.ts";

/** File name extension and media type of each format. */
export const mediaTypes: Readonly<Record<OutputFormat, { readonly extension: string; readonly type: string }>> = {
  JPG: { extension: "jpg", type: "image/jpeg" },
  PNG: { extension: "png", type: "image/png" },
  WEBP: { extension: "webp", type: "image/webp" },
};

/** The bytes of a result, drawn when they are first requested. */
export function encodedPicture(
  task: AcceptedTask,
  result: TaskResult,
  { imaging, textRenderer, store }: SandboxContext,
): Promise<Uint8Array> {
  const { request, size, references } = task;
  const { outputFormat: format, outputQuality: quality } = request;
  return store.getOrEncode(result.imageUUID, async () => {
    const { width, height } = size;
    const layers = drawingLayers(
      { words: labelWords(task), seed: result.seed, width, height, format, references },
      textRenderer,
    );
    return (await imaging.draw({ width, height, layers, format, quality })).bytes;
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
const isContentChecked = ({ checkContent, mode }: NonNullable<AcceptedTask["request"]["safety"]> = {}): boolean =>
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
  return {
    taskType: request.taskType,
    taskUUID: request.taskUUID,
    imageUUID: result.imageUUID,
    ...(await pictureFields[request.outputType](task, result, context)),
    seed: result.seed,
    ...(isContentChecked(request.safety) ? { NSFWContent: directives.nsfw } : {}),
    ...(request.includeCost ? { cost: picturePrice(task) } : {}),
  };
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
