import type { OutputFormat } from "../core/model.ts";
import type { Context, Item } from "./context.ts";
import { drawing } from "./drawing.ts";
import { type ApiError, documentation } from "./refusal.ts";
import { priceOf, progressOf, type Result, resultsOf, type Task, wordsOf } from "./task.ts";

/** File name extension and media type of each format. */
export const media: Readonly<Record<OutputFormat, { readonly extension: string; readonly type: string }>> = {
  JPG: { extension: "jpg", type: "image/jpeg" },
  PNG: { extension: "png", type: "image/png" },
  WEBP: { extension: "webp", type: "image/webp" },
};

/** The bytes of a result, drawn when they are first asked for. */
export function pictureOf(task: Task, result: Result, { imaging, lettering, store }: Context): Promise<Uint8Array> {
  const { request, size, references } = task;
  const { outputFormat: format, outputQuality: quality } = request;
  return store.encoded(result.imageUUID, async () => {
    const { width, height } = size;
    const layers = drawing({ words: wordsOf(task), seed: result.seed, width, height, format, references }, lettering);
    return (await imaging.draw({ width, height, layers, format, quality })).bytes;
  });
}

const pictureFields: Readonly<
  Record<Task["request"]["outputType"], (task: Task, result: Result, context: Context) => Promise<Item>>
> = {
  URL: async ({ request }, { imageUUID }, { origin }) => ({
    imageURL: `${origin()}/image/os/a01d01/ws/2/ii/${imageUUID}.${media[request.outputFormat].extension}`,
  }),
  base64Data: async (task, result, context) => ({
    imageBase64Data: Buffer.from(await pictureOf(task, result, context)).toString("base64"),
  }),
  dataURI: async (task, result, context) => {
    const base64 = Buffer.from(await pictureOf(task, result, context)).toString("base64");
    return { imageDataURI: `data:${media[task.request.outputFormat].type};base64,${base64}` };
  },
};

/**
 * Whether the content is checked. The model's page: `checkContent` enables checking, an absent mode then means `fast`, and `none`
 * disables it whatever else is said.
 */
const isChecked = ({ checkContent, mode }: NonNullable<Task["request"]["safety"]> = {}): boolean =>
  mode !== "none" && checkContent !== false && (checkContent === true || mode === "fast");

/** A finished picture as the API tells it; sync and webhook items carry no status, polled ones do. */
export async function successItem(task: Task, result: Result, context: Context): Promise<Item> {
  const { request, directives } = task;
  return {
    taskType: request.taskType,
    taskUUID: request.taskUUID,
    imageUUID: result.imageUUID,
    ...(await pictureFields[request.outputType](task, result, context)),
    seed: result.seed,
    ...(isChecked(request.safety) ? { NSFWContent: directives.nsfw } : {}),
    ...(request.includeCost ? { cost: priceOf(task) } : {}),
  };
}

/** The error of a failed result. */
export function failureOf({ request: { taskType, taskUUID } }: Task, code: string): ApiError {
  const message = `The provider could not finish this picture (${code}). It was not billed.`;
  return { code, message, taskUUID, taskType, documentation: documentation("taskType") };
}

/** What a task has to show at `now`: finished results, failures in the form the prompt asks for, and what is still under way. */
export async function showTask(
  task: Task,
  now: number,
  context: Context,
): Promise<{ readonly data: readonly Item[]; readonly errors: readonly ApiError[] }> {
  const { taskType, taskUUID } = task.request;
  const data: Item[] = [];
  const errors: ApiError[] = [];
  for (const result of resultsOf(task)) {
    if (now < result.due) {
      data.push({ taskType, taskUUID, status: "processing", progress: progressOf(task, result, now) });
    } else if (result.failure === undefined) {
      data.push({ ...(await successItem(task, result, context)), status: "success" });
    } else {
      const { code, message, ...rest } = failureOf(task, result.failure);
      if (task.directives.form === 1) errors.push({ code, message, ...rest });
      if (task.directives.form === 2) data.push({ taskType, taskUUID, status: "error", error: { code, message } });
      if (task.directives.form === 3) data.push({ taskType, taskUUID, status: "error", code, message });
    }
  }
  return { data, errors };
}
