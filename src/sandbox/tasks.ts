import { randomUUID } from "node:crypto";
import { probe } from "../imaging/probe.ts";
import { answered, type Context, type Handler } from "./context.ts";
import { infer } from "./inference.ts";
import { media, showTask } from "./pictures.ts";
import { loadMedia } from "./references.ts";
import { Refusal } from "./refusal.ts";
import { account, check, imageUpload, lookup, mediaStorage, ping } from "./schema.ts";

const poll: Handler = async (raw, context) => {
  const { taskUUID } = check(lookup, raw);
  const task = context.store.tasks.get(taskUUID);
  // Nothing tells an unknown task from one that has nothing to show yet (runware-api.md, section 4).
  return task === undefined ? answered() : showTask(task, context.now(), context);
};

const details: Handler = async (raw, context) => {
  const { taskType, taskUUID } = check(lookup, raw);
  const task = context.store.tasks.get(taskUUID);
  if (task === undefined) return answered();
  const { data, errors } = await showTask(task, context.now(), context);
  const response = { ...(data.length > 0 ? { data } : {}), ...(errors.length > 0 ? { errors } : {}) };
  return answered({ taskType, taskUUID, request: [task.request], response });
};

const accountDetails: Handler = async (raw, { ledger, balanceForm }) => {
  const { taskType, taskUUID, operation } = check(account, raw);
  const amount = ledger.balance;
  const balance = balanceForm === "number" ? amount : { amount, freeBalance: 0, currency: "USD" };
  const team = { name: "Sandbox", members: [] };
  return answered({ taskType, taskUUID, operation, organizationName: "Sandbox", team, balance });
};

async function keepUpload(value: string, parameter: string, context: Context) {
  const bytes = await loadMedia(value, parameter, context);
  const facts = probe(bytes);
  if (facts === undefined) {
    const message = "The upload is not a PNG, JPEG or WebP picture.";
    throw new Refusal({ code: `invalid${parameter === "media" ? "Media" : "Image"}`, message, parameter });
  }
  const uuid = randomUUID();
  context.store.keep(uuid, bytes);
  return { uuid, url: `${context.origin()}/image/upload/${uuid}.${media[facts.format].extension}` };
}

const store: Handler = async (raw, context) => {
  const { taskType, taskUUID, operation, media: value } = check(mediaStorage, raw);
  if (operation === "upload") {
    const { uuid, url } = await keepUpload(value, "media", context);
    return answered({ taskType, taskUUID, operation, mediaUUID: uuid, mediaURL: url });
  }
  if (context.store.drop(value)) return answered({ taskType, taskUUID, operation, mediaUUID: value });
  throw new Refusal({ code: "invalidMedia", message: "There is no upload with this UUID.", parameter: "media" });
};

const upload: Handler = async (raw, context) => {
  const { taskType, taskUUID, image } = check(imageUpload, raw);
  const { uuid, url } = await keepUpload(image, "image", context);
  return answered({ taskType, taskUUID, imageUUID: uuid, imageURL: url });
};

const pong: Handler = async (raw) => {
  check(ping, raw);
  return answered({ taskType: "ping", pong: true });
};

/** Every task the sandbox knows. `authentication` is not among them: it belongs to the request, see `server.ts`. */
export const tasks: Readonly<Record<string, Handler>> = {
  imageInference: infer,
  getResponse: poll,
  getTaskDetails: details,
  accountManagement: accountDetails,
  mediaStorage: store,
  imageUpload: upload,
  ping: pong,
};
