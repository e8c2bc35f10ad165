import * as z from "zod/mini";
import { LimnError } from "../errors.ts";
import type { Endpoint, Ports } from "../ports.ts";
import { type ApiTask, post, TransportError } from "./client.ts";
import { describeOffline } from "./offline.ts";
import { toLimnError } from "./serviceError.ts";

/** Milliseconds for a free call. */
const freeTaskTimeout = 20_000;

/**
 * The balance comes as a number or as an object; nothing else of the account is read, and none of
 * it is logged.
 */
const balanceSchema = z.union([
  z.number(),
  z.pipe(
    z.object({ amount: z.number() }),
    z.transform(({ amount }) => amount),
  ),
]);

/**
 * Posts one free task and gives its first item's keys; throws a `LimnError` for every refusal and
 * network fault.
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
      throw toLimnError(error, status, "no");
    }
    if (status >= 300 || answer === undefined) {
      throw toLimnError({ code: "", message: `HTTP ${status}`, parameters: [] }, status, "no");
    }
    return answer.items[0]?.raw ?? {};
  } catch (error) {
    throw error instanceof TransportError
      ? new LimnError("offline", describeOffline(error.codes), { cause: error })
      : error;
  }
}

/**
 * Asks the service whether it takes the key: free. Resolves where it does; throws a `LimnError` of
 * kind `key` where not.
 */
export async function checkKey(ports: Ports, endpoint: Endpoint, signal: AbortSignal): Promise<void> {
  await postFreeTask(ports, endpoint, { taskType: "authentication", apiKey: endpoint.key }, signal);
}

/**
 * The account's balance in USD, or `undefined` where the answer has none. Throws a `LimnError`
 * where the key may not ask.
 */
export async function fetchBalance(ports: Ports, endpoint: Endpoint, signal: AbortSignal): Promise<number | undefined> {
  const task = { taskType: "accountManagement", taskUUID: ports.uuid(), operation: "getDetails" };
  const { balance } = await postFreeTask(ports, endpoint, task, signal);
  return balanceSchema.safeParse(balance).data;
}
