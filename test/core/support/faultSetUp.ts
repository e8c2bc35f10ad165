import { afterAll, expect, onTestFinished } from "vitest";
import type { Job } from "../../../src/core/jobs/job.ts";
import { Jobs } from "../../../src/core/jobs/jobs.ts";
import { klingImage3 } from "../../../src/core/models/klingImage3.ts";
import type { DeliveryMethod, OutputType } from "../../../src/core/models/model.ts";
import type { Request } from "../../../src/core/request/request.ts";
import { probe } from "../../../src/imaging/probe.ts";
import { type Sandbox, startSandbox } from "../../../src/sandbox/server.ts";
import { sandboxDepsFromSources } from "../../../src/sandbox/tasks/sandboxDeps.ts";
import { type RecordedRequest, startFaultProxy } from "../../support/faultProxy.ts";
import { type Fault, type RequestKind, requestKindOf } from "../../support/faults/fault.ts";
import { createSheets } from "./plainPictures.ts";
import { bytesAt, openWorld, order, says } from "./setUp.ts";

/** How a result is asked for. */
export interface Form {
  readonly deliveryMethod: DeliveryMethod;
  readonly outputType: OutputType;
}

const [async, sync] = [{ deliveryMethod: "async" }, { deliveryMethod: "sync" }] as const;
const [url, base64, dataURI] = [
  { outputType: "URL" },
  { outputType: "base64Data" },
  { outputType: "dataURI" },
] as const;

/** The forms in which a fault at this kind of request shows differently. */
export const formsAt: Readonly<Record<RequestKind, readonly Form[]>> = {
  send: [
    { ...async, ...url },
    { ...async, ...dataURI },
    { ...sync, ...url },
    { ...sync, ...base64 },
  ],
  poll: [
    { ...async, ...url },
    { ...async, ...base64 },
  ],
  archive: [
    { ...async, ...url },
    { ...async, ...dataURI },
  ],
  download: [{ ...async, ...url }],
};

/** Polls are far apart, since a quarter of an hour of silence is waited for again and again. */
const pace = { initial: 60_000, factor: 1, max: 60_000 };

const bystanderPrompt = "A bystander on a pier";
const sheets = createSheets();
const { fonts } = sandboxDepsFromSources();
let opened: Promise<Sandbox> | undefined;

/** One sandbox for all tests of a file. */
function sharedSandbox(): Promise<Sandbox> {
  opened ??= startSandbox({ imaging: sheets, fonts, delay: 0, balance: 1_000_000 });
  return opened;
}

afterAll(async () => {
  await (await opened)?.close();
  await sheets.dispose();
});

/** A port of this machine on which nobody listens, so that whoever knocks is refused. */
async function closedPort(): Promise<string> {
  const front = await startFaultProxy((await sharedSandbox()).url);
  await front.close();
  return front.url;
}

/** Where something is decided on a request: everything but that of the bystander. */
type Rule = (seen: Pick<RecordedRequest, "path" | "body" | "taskType">) => boolean;

/** A window whose requests can meet a fault, and one job that meets none. */
export async function openFaultyHouse() {
  const sandbox = await sharedSandbox();
  const front = await startFaultProxy(sandbox.url);
  onTestFinished(() => front.close());
  const world = await openWorld({ url: front.url, key: sandbox.key });
  front.onHang(world.line.hang);
  const nowhere = await closedPort();
  const spared = new Set<string>();
  const bought: string[] = [];
  const met: RecordedRequest[] = [];
  let refuses: Rule = () => false;

  const firstTask = (body: string): { taskType?: string; taskUUID?: string; positivePrompt?: string } =>
    body === "" ? {} : JSON.parse(body)[0];

  const ports = {
    ...world.ports,
    fetch: (address: string, init: RequestInit) => {
      const body = typeof init.body === "string" ? init.body : "";
      const { taskType = "" } = firstTask(body);
      const isRefused = refuses({ path: new URL(address).pathname, body, taskType });
      return world.line.fetch(isRefused ? nowhere : address, init);
    },
  };

  function isSpared(body: string): boolean {
    const { taskUUID = "", positivePrompt, taskType } = firstTask(body);
    if (positivePrompt === bystanderPrompt) {
      spared.add(taskUUID);
    }
    // Polls ask for several tasks at once, so that all of them meet what one meets.
    return taskType !== "getResponse" && spared.has(taskUUID);
  }

  /**
   * A rule by which the first requests of a kind meet the fault, each task's and each picture's by
   * themselves.
   */
  function meeting(kind: RequestKind, times: number, onMeet: (met: number) => void): Rule {
    const counts = new Map<string, number>();
    let met = 0;
    return ({ path, body, taskType }) => {
      if (requestKindOf({ taskType }) !== kind || isSpared(body)) {
        return false;
      }
      const one = kind === "poll" ? kind : path + body;
      const count = counts.get(one) ?? 0;
      counts.set(one, count + 1);
      if (count < times) {
        onMeet(++met);
      }
      return count < times;
    };
  }

  const house = {
    sandbox,
    front,
    world,
    jobs: new Jobs(ports, klingImage3, pace),
    /** The UUIDs of all that was ordered. */
    bought,
    /** The requests that met the fault. */
    met,

    /**
     * From now on the first requests of a kind meet the fault. The archive is only asked when polls
     * are silent.
     */
    inject(
      fault: Fault,
      kind: RequestKind,
      times = Number.POSITIVE_INFINITY,
      onMeet: (met: number) => void = () => undefined,
    ) {
      const meets = meeting(kind, times, onMeet);
      const { action: deed } = fault;
      world.line.slowDown(fault.msPerPiece ?? 0);
      refuses = deed === undefined ? meets : () => false;
      front.setRule((seen) => {
        if (deed !== undefined && meets(seen)) {
          met.push(seen);
          return deed(seen);
        }
        return kind === "archive" && requestKindOf(seen) === "poll" ? says({ data: [] }) : undefined;
      });
    },

    /** From now on all is well. */
    mend() {
      world.line.slowDown(0);
      refuses = () => false;
      front.setRule(() => undefined);
    },

    /** Begins to buy; `outcome` settles as `Jobs.buy` does. */
    async start(form: Partial<Request>, signal: AbortSignal = new AbortController().signal) {
      const purchase = await house.jobs.start(order(world, { prompt: "A pier", ...form }), signal);
      bought.push(purchase.id);
      // Whoever waits for it hears of a failure; nobody has to.
      purchase.outcome.catch(() => undefined);
      return purchase;
    },

    /** Begins to buy what meets no fault of its own, whatever the others meet. */
    startBystander: () =>
      house.start({ prompt: bystanderPrompt, deliveryMethod: "async", outputType: "base64Data", count: 1 }),

    /** The job as it is on disk. */
    async stored(id: string): Promise<Job> {
      const journal = await world.open();
      const job = journal.journal.get(id);
      if (job === undefined) {
        throw new Error(`There is no job ${id} on disk.`);
      }
      return job;
    },

    /**
     * What must hold whatever happened: each task sent under its own UUID, bought at most once.
     * Gives how often.
     */
    accepted(id: string): number {
      const count = sandbox.ledger.acceptedCount(id);
      expect(count).toBeLessThanOrEqual(1);
      return count;
    },

    /**
     * That every picture of a job is a file in the vault and in the workspace, whole and of the
     * asked pixels.
     */
    async expectDelivered(id: string) {
      const { state, pictures, request } = await house.stored(id);
      expect({ state, pictures: pictures.length }).toEqual({ state: "done", pictures: request.count });
      for (const { file = "", kept } of pictures) {
        expect(await world.ports.vault.read(file)).toBeDefined();
        expect(kept).toHaveLength(1);
        const facts = probe(await bytesAt(kept[0] ?? ""));
        expect(facts).toEqual({ format: request.format, width: 1024, height: 1024 });
      }
    },

    /** That nothing was sent but what was ordered, and nothing where a redirect pointed to. */
    expectNothingElseSent() {
      expect(front.requests.filter(({ path }) => path.endsWith("/elsewhere"))).toEqual([]);
      const sent = front.requests
        .filter((seen) => requestKindOf(seen) === "send")
        .map(({ body }) => firstTask(body).taskUUID);
      expect(sent.filter((id) => id === undefined || !bought.includes(id))).toEqual([]);
    },
  };
  return house;
}
