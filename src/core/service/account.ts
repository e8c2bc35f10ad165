import * as z from "zod/mini";
import { LimnError } from "../errors.ts";
import type { Endpoint, Ports } from "../ports.ts";
import { type ApiTask, post, TransportError } from "./client.ts";
import { describeOffline } from "./offline.ts";
import { toLimnError } from "./serviceError.ts";

/** Milliseconds without data before a free call is given up. */
const freeTaskTimeout = 20_000;

/**
 * The balance is a number or an object. Nothing else of the account is read, and nothing is logged.
 */
const balanceSchema = z.union([
  z.number(),
  z.pipe(
    z.object({ amount: z.number() }),
    z.transform(({ amount }) => amount),
  ),
]);

/**
 * Posts one free task and returns the fields of its first item.
 * @throws LimnError for every refusal and network error.
 */
async function postFreeTask<Task extends ApiTask>(
  ports: Ports,
  endpoint: Endpoint,
  task: Task,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    const { status, answer } = await post(ports, endpoint, [task], { signal, idleTimeout: freeTaskTimeout });
    const [error] = answer?.errors ?? [];
    if (error !== undefined) {
      throw toLimnError(error, status, endpoint.name, "no");
    }
    if (status >= 300 || answer === undefined) {
      throw toLimnError({ code: "", message: `HTTP ${status}`, parameters: [] }, status, endpoint.name, "no");
    }
    return answer.items[0]?.raw ?? {};
  } catch (error) {
    throw error instanceof TransportError
      ? new LimnError("offline", describeOffline(error.codes), { cause: error })
      : error;
  }
}

/**
 * Asks the service whether it accepts the key. Free.
 * @throws LimnError of kind `key` if it does not.
 */
export async function checkKey(ports: Ports, endpoint: Endpoint, signal: AbortSignal): Promise<void> {
  await postFreeTask(ports, endpoint, { taskType: "authentication", apiKey: endpoint.key }, signal);
}

/**
 * The account's balance in USD, or `undefined` if the answer has none.
 * @throws LimnError if the key may not ask for it.
 */
export async function fetchBalance(ports: Ports, endpoint: Endpoint, signal: AbortSignal): Promise<number | undefined> {
  const task = { taskType: "accountManagement", taskUUID: ports.uuid(), operation: "getDetails" };
  const { balance } = await postFreeTask(ports, endpoint, task, signal);
  return balanceSchema.safeParse(balance).data;
}
