import { expect, onTestFinished } from "vitest";
import type { Job } from "../../../src/core/jobs/job.ts";
import { Jobs } from "../../../src/core/jobs/jobs.ts";
import { family } from "../../../src/core/models/family.ts";
import type { Request } from "../../../src/core/request/request.ts";
import type { ToolUse } from "../../../src/core/tools/tool.ts";
import { probe } from "../../../src/imaging/probe.ts";
import { type SandboxServer, startSandboxServer } from "../../../src/sandbox/server.ts";
import { type RecordedRequest, startFaultProxy } from "../../support/faultProxy.ts";
import { type Fault, type RequestKind, requestKindOf } from "../../support/faults/fault.ts";
import { quickSandboxDeps } from "../../support/sandboxDeps.ts";
import { toolFields } from "../../support/toolRequest.ts";
import { createEnvironment, createJobRequest, readBytes, respondWith } from "./setUp.ts";

/** How results are delivered, and what else distinguishes a request. */
export type RequestForm = Partial<Request> & Pick<Request, "deliveryMethod" | "outputType">;

const [async, sync] = [{ deliveryMethod: "async" }, { deliveryMethod: "sync" }] as const;
const [url, base64, dataURI] = [
  { outputType: "URL" },
  { outputType: "base64Data" },
  { outputType: "dataURI" },
] as const;

/** The tools ask for links that are polled for, as the host has them do. */
const toTool = (use: ToolUse): RequestForm => ({ ...async, ...url, ...toolFields(use), format: "PNG" });
const [cutOut, enlarged] = [toTool({ id: "removeBackground" }), toTool({ id: "upscale", factor: 4 })];

/** The forms of requests that a fault in this kind of request affects differently. */
export const requestForms: Readonly<Record<RequestKind, readonly RequestForm[]>> = {
  send: [{ ...async, ...url }, { ...async, ...dataURI }, { ...sync, ...url }, { ...sync, ...base64 }, cutOut],
  poll: [{ ...async, ...url }, { ...async, ...base64 }, enlarged],
  archive: [{ ...async, ...url }, { ...async, ...dataURI }, enlarged],
  download: [{ ...async, ...url }, cutOut],
};

/** Long polling intervals, because many tests wait for 15 minutes of silence. */
const polling = { min: 60_000, max: 60_000 };

const unaffectedPrompt = "A unaffected on a pier";
let openedSandbox: Promise<SandboxServer> | undefined;

/** One sandbox for all tests of this process, which it ends with. */
function sharedSandbox(): Promise<SandboxServer> {
  openedSandbox ??= startSandboxServer({ ...quickSandboxDeps, delay: 0, balance: 1_000_000 });
  return openedSandbox;
}

/** URL of a local port that refuses connections. */
async function closedPortUrl(): Promise<string> {
  const faultProxy = await startFaultProxy((await sharedSandbox()).url);
  await faultProxy.close();
  return faultProxy.url;
}

/** Selects requests. */
type Predicate = (request: Pick<RecordedRequest, "path" | "body" | "taskType">) => boolean;

/** A window whose requests can be affected by a fault, except those of one unaffected job. */
export async function setUpWithFaults() {
  const sandbox = await sharedSandbox();
  const faultProxy = await startFaultProxy(sandbox.url);
  onTestFinished(() => faultProxy.close());
  const environment = await createEnvironment({ url: faultProxy.url, key: sandbox.key });
  faultProxy.onHang(environment.fetchTiming.expireTimeout);
  const closedUrl = await closedPortUrl();
  const unaffectedIds = new Set<string>();
  const taskIds: string[] = [];
  const affectedRequests: RecordedRequest[] = [];
  let refusesConnection: Predicate = () => false;

  const firstTask = (body: string): { taskType?: string; taskUUID?: string; positivePrompt?: string } =>
    body === "" ? {} : JSON.parse(body)[0];

  const ports = {
    ...environment.ports,
    fetch: (address: string, init: RequestInit) => {
      const body = typeof init.body === "string" ? init.body : "";
      const { taskType = "" } = firstTask(body);
      const isRefused = refusesConnection({ path: new URL(address).pathname, body, taskType });
      return environment.fetchTiming.fetch(isRefused ? closedUrl : address, init);
    },
  };

  function isUnaffected(body: string): boolean {
    const { taskUUID = "", positivePrompt, taskType } = firstTask(body);
    if (positivePrompt === unaffectedPrompt) {
      unaffectedIds.add(taskUUID);
    }
    // A poll covers several tasks, so a fault affects all of them.
    return taskType !== "getResponse" && unaffectedIds.has(taskUUID);
  }

  /** Selects the first requests of a kind, counted separately for each task and picture. */
  function matchFirst(kind: RequestKind, times: number, onAffected: (count: number) => void): Predicate {
    const counts = new Map<string, number>();
    let affectedCount = 0;
    return ({ path, body, taskType }) => {
      if (requestKindOf({ taskType }) !== kind || isUnaffected(body)) {
        return false;
      }
      const key = kind === "poll" ? kind : path + body;
      const count = counts.get(key) ?? 0;
      counts.set(key, count + 1);
      if (count < times) {
        onAffected(++affectedCount);
      }
      return count < times;
    };
  }

  const setup = {
    sandbox,
    faultProxy,
    environment,
    jobs: new Jobs(ports, family, polling),
    /** The UUIDs of all started tasks. */
    taskIds,
    /** The requests that the fault affected. */
    affectedRequests,

    /**
     * Applies the fault to the next requests of a kind. For the archive, polls are empty, or it is
     * never asked.
     */
    inject(
      fault: Fault,
      kind: RequestKind,
      times = Number.POSITIVE_INFINITY,
      onAffected: (count: number) => void = () => undefined,
    ) {
      const isAffected = matchFirst(kind, times, onAffected);
      const { action } = fault;
      environment.fetchTiming.setMsPerPiece(fault.msPerPiece ?? 0);
      refusesConnection = action === undefined ? isAffected : () => false;
      faultProxy.setRule((request) => {
        if (action !== undefined && isAffected(request)) {
          affectedRequests.push(request);
          return action(request);
        }
        return kind === "archive" && requestKindOf(request) === "poll" ? respondWith({ data: [] }) : undefined;
      });
    },

    /** Ends the fault. */
    removeFault() {
      environment.fetchTiming.setMsPerPiece(0);
      refusesConnection = () => false;
      faultProxy.setRule(() => undefined);
    },

    /** Starts a purchase; `outcome` settles as `Jobs.buy` does. */
    async start(form: Partial<Request>, signal: AbortSignal = new AbortController().signal) {
      const purchase = await setup.jobs.start(createJobRequest(environment, { prompt: "A pier", ...form }), signal);
      taskIds.push(purchase.id);
      // Not every test waits for the outcome: avoids unhandled rejections.
      purchase.outcome.catch(() => undefined);
      return purchase;
    },

    /** Starts a purchase whose own requests are never affected. */
    startUnaffectedJob: () =>
      setup.start({ prompt: unaffectedPrompt, deliveryMethod: "async", outputType: "base64Data", count: 1 }),

    /** Reads a job from disk. */
    async readJob(id: string): Promise<Job> {
      const journal = await environment.openWindow();
      const job = journal.journal.get(id);
      if (job === undefined) {
        throw new Error(`There is no job ${id} on disk.`);
      }
      return job;
    },

    /** Checks that a task was accepted at most once, and returns how often. */
    countAccepted(id: string): number {
      const count = sandbox.ledger.acceptedCount(id);
      expect(count).toBeLessThanOrEqual(1);
      return count;
    },

    /**
     * Checks that each picture of a job is complete in the vault and the workspace, with the
     * requested size.
     */
    async expectDelivered(id: string) {
      const { state, pictures, request } = await setup.readJob(id);
      expect({ state, pictures: pictures.length }).toEqual({ state: "done", pictures: request.count });
      for (const { file = "", kept, hasAlpha } of pictures) {
        expect(await environment.ports.vault.read(file)).toBeDefined();
        expect(kept).toHaveLength(1);
        const facts = probe(await readBytes(kept[0] ?? ""));
        expect(facts).toEqual({
          format: request.format,
          ...(typeof request.shape === "object" ? request.shape : {}),
          ...(hasAlpha === true ? { hasAlpha } : {}),
        });
      }
    },

    /** Checks that only started tasks were sent, and that no redirect was followed. */
    expectNothingElseSent() {
      expect(faultProxy.requests.filter(({ path }) => path.endsWith("/elsewhere"))).toEqual([]);
      const sent = faultProxy.requests
        .filter((request) => requestKindOf(request) === "send")
        .map(({ body }) => firstTask(body).taskUUID);
      expect(sent.filter((id) => id === undefined || !taskIds.includes(id))).toEqual([]);
    },
  };
  return setup;
}
