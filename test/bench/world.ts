import { Jobs } from "../../src/core/jobs.ts";
import { kling } from "../../src/core/kling.ts";
import type { Pace } from "../../src/core/poller.ts";
import type { Endpoint, Ports } from "../../src/core/ports.ts";
import type { Order, Request } from "../../src/core/request.ts";
import { picturesUri, plainPorts } from "../support/plainPorts.ts";
import { noiseSize } from "./tasks.ts";

const silent = { debug() {}, info() {}, warn: console.error, error: console.error };

/** The ports of the extension over a folder, in plain Node: the same journal, vault and files, Node's own fetch and clock. */
export const portsIn = (folder: string, { url, key }: Pick<Endpoint, "url" | "key">): Ports =>
  plainPorts(folder, { name: "sandbox", url, key }, silent);

/** A window over the ports. */
export const openJobs = (ports: Ports, pace?: Pace): Jobs => new Jobs(ports, kling, pace);

/** An order of so many pictures, kept in the folder. */
export const orderOf = (folder: string, count: number, more: Partial<Request> = {}): Order => ({
  request: {
    ...{ prompt: "noise", references: [], shape: noiseSize, count, format: "JPG", quality: 95 },
    ...{ outputType: "URL", deliveryMethod: "async" },
    ...more,
  },
  target: { folder: picturesUri(folder), name: "{uuid8}", keep: "all" },
});
