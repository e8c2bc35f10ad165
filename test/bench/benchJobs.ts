import { Jobs } from "../../src/core/jobs/jobs.ts";
import { family } from "../../src/core/models/family.ts";
import type { Endpoint, Ports } from "../../src/core/ports.ts";
import type { JobRequest, Request } from "../../src/core/request/request.ts";
import type { PollingInterval } from "../../src/core/service/pollingInterval.ts";
import { nodePorts, picturesUri } from "../support/nodePorts.ts";
import { noiseSize } from "./tasks.ts";

const warningsOnlyLog = { debug() {}, info() {}, warn: console.error, error: console.error };

/** Returns the extension's ports in plain Node: its storage, and Node's fetch and clock. */
export const portsIn = (folder: string, { url, key }: Pick<Endpoint, "url" | "key">): Ports =>
  nodePorts(folder, { name: "sandbox", url, key }, warningsOnlyLog);

/** Creates Limn's jobs over these ports, as a window does. */
export const createJobs = (ports: Ports, pace?: PollingInterval): Jobs => new Jobs(ports, family, pace);

/** Returns a request for `count` pictures to be kept in the folder. */
export const jobRequestFor = (folder: string, count: number, more: Partial<Request> = {}): JobRequest => ({
  request: {
    model: family[0].id,
    prompt: "noise",
    references: [],
    shape: noiseSize,
    count,
    format: "JPG",
    quality: 95,
    outputType: "URL",
    deliveryMethod: "async",
    ...more,
  },
  target: { folder: picturesUri(folder), name: "{uuid8}", keep: "all" },
});
