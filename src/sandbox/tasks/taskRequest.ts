import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { sameSecret } from "../store/derive.ts";
import { ConnectionCutError } from "./acceptance.ts";
import { type SandboxContext, successResponse, type TaskResponse } from "./context.ts";
import { Refusal } from "./refusal.ts";
import { taskHandlers } from "./taskHandlers.ts";
import { type AnyTask, anyTaskSchema, authenticationSchema, parseTask } from "./taskSchema.ts";

const taskLimit = 100;

function parseTasks(body: Uint8Array): AnyTask[] {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new Refusal({ code: "invalidJSON", message: "The request body is not valid JSON." });
  }
  const list = z.safeParse(z.array(z.unknown()).check(z.minLength(1), z.maxLength(taskLimit)), value);
  if (list.success) return list.data.map((task) => parseTask(anyTaskSchema, task));
  const message = `The request body must be an array of 1 to ${taskLimit} task objects.`;
  throw new Refusal({ code: "invalidRequest", message });
}

/**
 * Checks the key of a request and returns the tasks that remain, with the answer to an
 * `authentication` element.
 */
function authenticate(list: readonly AnyTask[], header: string | undefined, key: string) {
  const [first, ...others] = list;
  const bearer = /^Bearer +(\S+)\s*$/i.exec(header ?? "")?.[1];
  const element = first?.taskType === "authentication" ? parseTask(authenticationSchema, first) : undefined;
  const secrets = [bearer, element?.apiKey].filter((secret) => secret !== undefined);
  if (secrets.length === 0) {
    const message = "Missing API key. Send it in the Authorization header or in a first 'authentication' task.";
    throw new Refusal({ code: "missingApiKey", message, parameter: "apiKey" });
  }
  if (!secrets.every((secret) => sameSecret(secret, key))) {
    throw new Refusal({ code: "invalidApiKey", message: "Invalid API key.", parameter: "apiKey" });
  }
  if (element === undefined) return { tasks: list, authResponse: successResponse() };
  const connectionSessionUUID = element.connectionSessionUUID ?? randomUUID();
  return { tasks: others, authResponse: successResponse({ taskType: "authentication", connectionSessionUUID }) };
}

async function handleTask(task: AnyTask, context: SandboxContext): Promise<TaskResponse> {
  const { taskType, taskUUID } = task;
  const taskIds = { taskType, ...(typeof taskUUID === "string" ? { taskUUID } : {}) };
  try {
    const handler = Object.hasOwn(taskHandlers, taskType) ? taskHandlers[taskType] : undefined;
    if (handler !== undefined) return await handler(context.filterTask(task), context);
    const allowedValues = Object.keys(taskHandlers);
    const message = `Invalid value for 'taskType'. The sandbox knows: ${allowedValues.join(", ")}.`;
    throw new Refusal({ code: "invalidTaskType", message, parameter: "taskType", allowedValues });
  } catch (error) {
    if (error instanceof Refusal) return { data: [], errors: error.errors.map((one) => ({ ...one, ...taskIds })) };
    if (error instanceof ConnectionCutError || context.closing.aborted) throw error;
    context.log(`The sandbox failed at ${taskType}: ${String(error)}`);
    return {
      data: [],
      errors: [{ code: "internalServerError", message: "The sandbox failed at this task.", ...taskIds }],
    };
  }
}

/**
 * Answers the body of a request: all tasks independently and concurrently.
 * @throws Refusal if the whole request is refused, ConnectionCutError if its connection must be
 * cut.
 */
export async function handleTasks(
  body: Uint8Array,
  header: string | undefined,
  key: string,
  context: SandboxContext,
): Promise<TaskResponse> {
  const { tasks, authResponse } = authenticate(parseTasks(body), header, key);
  for (const { taskType } of tasks) context.onTaskReceived(taskType);
  const responses = [authResponse, ...(await Promise.all(tasks.map((task) => handleTask(task, context))))];
  return { data: responses.flatMap(({ data }) => data), errors: responses.flatMap(({ errors }) => errors) };
}
