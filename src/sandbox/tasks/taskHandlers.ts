import { randomUUID } from "node:crypto";
import { probe } from "../../imaging/probe.ts";
import { type SandboxContext, successResponse, type TaskHandler } from "./context.ts";
import { handleImageInference } from "./imageInference.ts";
import { mediaTypes, taskStatus } from "./pictures.ts";
import { loadMedia } from "./references.ts";
import { Refusal } from "./refusal.ts";
import {
  accountSchema,
  imageUploadSchema,
  lookupSchema,
  mediaStorageSchema,
  parseTask,
  pingSchema,
} from "./taskSchema.ts";
import { handleToolTask } from "./toolTask.ts";

const handleGetResponse: TaskHandler = async (rawTask, context) => {
  const { taskUUID } = parseTask(lookupSchema, rawTask);
  const task = await context.findTask(taskUUID);
  // An unknown task gets the same answer as one without results (runware-api.md, section 4).
  return task === undefined ? successResponse() : taskStatus(task, context.now(), context);
};

const handleGetTaskDetails: TaskHandler = async (rawTask, context) => {
  const { taskType, taskUUID } = parseTask(lookupSchema, rawTask);
  const task = await context.findTask(taskUUID);
  if (task === undefined) return successResponse();
  const { data, errors } = await taskStatus(task, context.now(), context);
  const response = { ...(data.length > 0 ? { data } : {}), ...(errors.length > 0 ? { errors } : {}) };
  return successResponse({ taskType, taskUUID, request: [task.request], response });
};

const handleAccountManagement: TaskHandler = async (rawTask, { ledger, balanceFormat }) => {
  const { taskType, taskUUID, operation } = parseTask(accountSchema, rawTask);
  const amount = ledger.balance;
  const balance = balanceFormat === "number" ? amount : { amount, freeBalance: 0, currency: "USD" };
  const team = { name: "Sandbox", members: [] };
  return successResponse({ taskType, taskUUID, operation, organizationName: "Sandbox", team, balance });
};

async function storeUpload(value: string, parameter: string, context: SandboxContext) {
  const bytes = await loadMedia(value, parameter, context);
  const facts = probe(bytes);
  if (facts === undefined) {
    const message = "The upload is not a PNG, JPEG or WebP picture.";
    throw new Refusal({ code: `invalid${parameter === "media" ? "Media" : "Image"}`, message, parameter });
  }
  const uuid = randomUUID();
  context.store.writeUpload(uuid, bytes);
  return { uuid, url: `${context.origin()}/image/upload/${uuid}.${mediaTypes[facts.format].extension}` };
}

const handleMediaStorage: TaskHandler = async (rawTask, context) => {
  const { taskType, taskUUID, operation, media: value } = parseTask(mediaStorageSchema, rawTask);
  if (operation === "upload") {
    const { uuid, url } = await storeUpload(value, "media", context);
    return successResponse({ taskType, taskUUID, operation, mediaUUID: uuid, mediaURL: url });
  }
  if (context.store.deleteUpload(value)) return successResponse({ taskType, taskUUID, operation, mediaUUID: value });
  throw new Refusal({ code: "invalidMedia", message: "There is no upload with this UUID.", parameter: "media" });
};

const handleImageUpload: TaskHandler = async (rawTask, context) => {
  const { taskType, taskUUID, image } = parseTask(imageUploadSchema, rawTask);
  const { uuid, url } = await storeUpload(image, "image", context);
  return successResponse({ taskType, taskUUID, imageUUID: uuid, imageURL: url });
};

const handlePing: TaskHandler = async (rawTask) => {
  parseTask(pingSchema, rawTask);
  return successResponse({ taskType: "ping", pong: true });
};

/**
 * The handlers by task type. `authentication` has none, because it belongs to the request; see
 * `taskRequest.ts`.
 */
export const taskHandlers: Readonly<Record<string, TaskHandler>> = {
  imageInference: handleImageInference,
  removeBackground: handleToolTask,
  upscale: handleToolTask,
  getResponse: handleGetResponse,
  getTaskDetails: handleGetTaskDetails,
  accountManagement: handleAccountManagement,
  mediaStorage: handleMediaStorage,
  imageUpload: handleImageUpload,
  ping: handlePing,
};
