import { randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { type Answer, answered, type Context } from "./context.ts";
import { sameSecret } from "./derive.ts";
import { Cut } from "./inference.ts";
import { Refusal } from "./refusal.ts";
import { type AnyTask, anyTask, authentication, check } from "./schema.ts";
import { tasks } from "./tasks.ts";

const taskLimit = 100;

function readTasks(body: Uint8Array): AnyTask[] {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new Refusal({ code: "invalidJSON", message: "The request body is not valid JSON." });
  }
  const list = z.safeParse(z.array(z.unknown()).check(z.minLength(1), z.maxLength(taskLimit)), value);
  if (list.success) return list.data.map((task) => check(anyTask, task));
  const message = `The request body must be an array of 1 to ${taskLimit} task objects.`;
  throw new Refusal({ code: "invalidRequest", message });
}

/** Checks the key of a request and returns the tasks that remain, with the answer to an `authentication` element. */
function authenticate(list: readonly AnyTask[], header: string | undefined, key: string) {
  const [first, ...others] = list;
  const bearer = /^Bearer +(\S+)\s*$/i.exec(header ?? "")?.[1];
  const element = first?.taskType === "authentication" ? check(authentication, first) : undefined;
  const given = [bearer, element?.apiKey].filter((secret) => secret !== undefined);
  if (given.length === 0) {
    const message = "Missing API key. Send it in the Authorization header or in a first 'authentication' task.";
    throw new Refusal({ code: "missingApiKey", message, parameter: "apiKey" });
  }
  if (!given.every((secret) => sameSecret(secret, key))) {
    throw new Refusal({ code: "invalidApiKey", message: "Invalid API key.", parameter: "apiKey" });
  }
  if (element === undefined) return { rest: list, greeting: answered() };
  const connectionSessionUUID = element.connectionSessionUUID ?? randomUUID();
  return { rest: others, greeting: answered({ taskType: "authentication", connectionSessionUUID }) };
}

async function answerOne(task: AnyTask, context: Context): Promise<Answer> {
  const { taskType, taskUUID } = task;
  const of = { taskType, ...(typeof taskUUID === "string" ? { taskUUID } : {}) };
  try {
    const handler = Object.hasOwn(tasks, taskType) ? tasks[taskType] : undefined;
    if (handler !== undefined) return await handler(context.tolerate(task), context);
    const allowedValues = Object.keys(tasks);
    const message = `Invalid value for 'taskType'. The sandbox knows: ${allowedValues.join(", ")}.`;
    throw new Refusal({ code: "invalidTaskType", message, parameter: "taskType", allowedValues });
  } catch (error) {
    if (error instanceof Refusal) return { data: [], errors: error.errors.map((one) => ({ ...one, ...of })) };
    if (error instanceof Cut || context.closing.aborted) throw error;
    context.log(`The sandbox failed at ${taskType}: ${String(error)}`);
    return { data: [], errors: [{ code: "internalServerError", message: "The sandbox failed at this task.", ...of }] };
  }
}

/**
 * Answers the body of a request: every task on its own, side by side.
 * @throws Refusal where the request as a whole is refused, Cut where its connection is to be cut.
 */
export async function answerTasks(
  body: Uint8Array,
  header: string | undefined,
  key: string,
  context: Context,
): Promise<Answer> {
  const { rest, greeting } = authenticate(readTasks(body), header, key);
  for (const { taskType } of rest) context.received(taskType);
  const answers = [greeting, ...(await Promise.all(rest.map((task) => answerOne(task, context))))];
  return { data: answers.flatMap(({ data }) => data), errors: answers.flatMap(({ errors }) => errors) };
}
