import { readFile, rm } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Frame } from "playwright-core";
import * as z from "zod/mini";
import { buildVsix } from "../../../scripts/buildVsix.ts";
import { panelFrame } from "../../support/e2e/panel.ts";
import { type ForwardingServer, startForwardingServer } from "../../support/forwardingServer.ts";
import { writeManyPictures } from "../../support/manyPictures.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import type { Figure } from "../figure.ts";
import { type PictureService, startPictureService } from "../pictureService.ts";
import { type LongestFrame, measureLongestFrame } from "./longestFrame.ts";
import { startViewWindows, type ViewWindows } from "./viewWindows.ts";
import { readPanelReports, watchPanel } from "./watchPanel.ts";

/** Rounds that count; one more before them is a warm-up. */
const rounds = 3;
const pictureCounts = { none: 0, few: 100, many: 10_000 } as const;
/** Pictures that are bought in a window, one after the other: the median counts. */
const purchases = 3;
/** Milliseconds between a picture's other bytes and its last one. */
const lastByteDelay = 200;
const limitMs = 60_000;

/** What is measured in a window. Times and stalls in ms, memory in MB. */
interface Measurement extends LongestFrame {
  readonly visible: number;
  readonly complete: number;
  readonly stall: number;
  readonly processorStall: number;
  readonly memory: number;
  readonly heap: number;
  readonly wire: number;
  readonly seen: number;
  readonly kilobytes: number;
}

/** Answers of the probe; memory in bytes. */
const probeSchema = z.object({ clock: z.number(), processor: z.number(), memory: z.number(), heap: z.number() });

const medianOf = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const epochMs = (): number => performance.timeOrigin + performance.now();

/** A service that notes when it gets a task and when it sends the last byte of a picture. */
interface TimedService extends Pick<ForwardingServer, "url" | "close"> {
  readonly times: { task: number; lastByte: number };
}

async function startTimedService({ url }: PictureService): Promise<TimedService> {
  const times = { task: 0, lastByte: 0 };
  const server = await startForwardingServer(url, async ({ method, body }, response, forward) => {
    if (body.includes('"imageInference"')) times.task = epochMs();
    const { status, headers, bytes } = await forward();
    response.writeHead(status, headers);
    if (method === "GET") {
      response.write(bytes.subarray(0, -1));
      await wait(lastByteDelay);
      times.lastByte = epochMs();
    }
    response.end(method === "GET" ? bytes.subarray(-1) : bytes);
  });
  return { url: server.url, close: server.close, times };
}

async function waitFor<Value>(what: string, find: () => Promise<Value | undefined>): Promise<Value> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline; await wait(5)) {
    const found = await find();
    if (found !== undefined) return found;
  }
  throw new Error(`Waited ${limitMs} ms for ${what}.`);
}

/** Windows of one VS Code. */
class Side {
  readonly #windows: ViewWindows;
  readonly #service: TimedService;
  readonly #probe: string;
  readonly #hasPictures: boolean;

  constructor(windows: ViewWindows, service: TimedService, probe: string, hasPictures: boolean) {
    this.#windows = windows;
    this.#service = service;
    this.#probe = probe;
    this.#hasPictures = hasPictures;
  }

  async measure(round: number): Promise<Measurement> {
    await rm(this.#probe, { force: true });
    const { page, show } = await this.#windows.openWindow();
    // High enough for the form and the first pictures.
    await page.setViewportSize({ width: 1280, height: 1400 });
    await this.#ask("");
    const opening = await show("limn");
    await wait(1000);
    const { clock, processor, memory } = await this.#ask("");
    const { heap } = await this.#ask("collect");
    const frame = await panelFrame(page);
    const bought: Pick<Measurement, "wire" | "seen" | "kilobytes">[] = [];
    for (let count = 0; count < purchases; count++) {
      bought.push(await this.#buy(frame, `A fox in round ${round}, number ${count}`));
    }
    const longest = this.#hasPictures ? await measureLongestFrame(page, frame) : { frame: 0, task: 0 };
    return {
      ...{ ...opening, ...longest, stall: clock, processorStall: processor },
      ...{ memory: memory / 1e6, heap: heap / 1e6 },
      wire: medianOf(bought.map(({ wire }) => wire)),
      seen: medianOf(bought.map(({ seen }) => seen)),
      kilobytes: Math.max(...bought.map(({ kilobytes }) => kilobytes)),
    };
  }

  async close(): Promise<void> {
    await this.#windows.close();
    await this.#service.close();
  }

  /** Stalls since the last question, and the memory. `collect` collects garbage before. */
  async #ask(what: "" | "collect"): Promise<z.infer<typeof probeSchema>> {
    const port = await waitFor("the probe", () => readFile(this.#probe, "utf8").catch(() => undefined));
    const response = await fetch(`http://127.0.0.1:${port}/${what}`, { signal: AbortSignal.timeout(limitMs) });
    return probeSchema.parse(await response.json());
  }

  async #buy(frame: Frame, prompt: string): Promise<Pick<Measurement, "wire" | "seen" | "kilobytes">> {
    await frame.getByRole("textbox", { name: "Prompt", exact: true }).fill(prompt);
    await wait(1000);
    await frame.evaluate(watchPanel);
    await frame.locator("limn-generate-button vscode-button").click();
    await waitFor("the picture", async () =>
      (await frame.evaluate(readPanelReports)).find(({ kind }) => kind === "picture"),
    );
    await wait(500);
    const reports = await frame.evaluate(readPanelReports);
    const timeOf = (wanted: string) => reports.find(({ kind }) => kind === wanted)?.at ?? Number.NaN;
    const { task, lastByte } = this.#service.times;
    const sizes = reports.flatMap((report) => (report.kind === "message" ? [report.bytes] : []));
    return {
      wire: task - timeOf("click"),
      seen: timeOf("picture") - lastByte,
      kilobytes: Math.max(...sizes) / 1000,
    };
  }
}

async function startSide(vsix: string, pictures: PictureService, probe: string, count: number): Promise<Side> {
  const service = await startTimedService(pictures);
  const windows = await startViewWindows({
    settings: { "limn.apiUrl": service.url, "limn.budget.askAbove": 0 },
    env: { RUNWARE_API_KEY: pictures.key, LIMN_BENCH_PROBE: probe },
    extensions: ["probe"],
    vsix,
    prepareStorage: (storage) => writeManyPictures(storage, count, Date.now()),
  });
  return new Side(windows, service, probe, count > 0);
}

/** Measures the panel with 10,000 pictures, in turn with none and with 100. */
export async function measureManyPictures(): Promise<Figure[]> {
  const temporary = await temporaryFolder();
  const vsix = await buildVsix();
  const pictures = await startPictureService({ bytes: 5_000_000 });
  const names = ["none", "few", "many"] as const;
  const measured: Readonly<Record<keyof typeof pictureCounts, Measurement[]>> = { none: [], few: [], many: [] };
  const sides = new Map<keyof typeof pictureCounts, Side>();
  try {
    for (const name of names) {
      sides.set(name, await startSide(vsix, pictures, `${temporary.path}/probe-${name}`, pictureCounts[name]));
    }
    for (let round = 0; round <= rounds; round++) {
      for (const name of round % 2 === 0 ? names : names.toReversed()) {
        const measurement = await sides.get(name)?.measure(round);
        if (measurement !== undefined) measured[name].push(measurement);
        process.stderr.write(`Round ${round} of ${rounds}, ${name}: ${JSON.stringify(measurement)}\n`);
      }
    }
  } finally {
    for (const side of sides.values()) await side.close();
    await pictures.stop();
    await temporary.remove();
  }
  const values = (name: keyof typeof pictureCounts, kind: keyof Measurement) =>
    measured[name].slice(1).map((one) => one[kind]);
  const beside = (name: "none" | "few", kind: keyof Measurement) => ({
    own: values("many", kind),
    other: values(name, kind),
    counterpart: name === "none" ? "no pictures" : `${pictureCounts.few} pictures`,
  });
  const opening = "of the extension host while the panel opens";
  const using = "while scrolling, searching and filtering";
  return [
    { name: "Form visible", unit: "ms", ...beside("none", "visible"), compare: "ratio", goal: 1.5 },
    { name: "Pictures visible", unit: "ms", ...beside("few", "complete"), compare: "ratio" },
    { name: `Longest stall ${opening}`, unit: "ms", ...beside("few", "stall"), compare: "own", goal: 50 },
    { name: "The same in processor time", unit: "ms", ...beside("few", "processorStall"), compare: "own", goal: 50 },
    { name: "Memory of the extension host", unit: "MB", ...beside("none", "memory"), compare: "difference", goal: 60 },
    {
      name: "The same, the heap after garbage collection",
      unit: "MB",
      ...beside("none", "heap"),
      compare: "difference",
    },
    {
      name: "Largest message to the page during a purchase",
      unit: "kB",
      ...beside("few", "kilobytes"),
      compare: "own",
      goal: 64,
    },
    { name: "Generate → request on the wire", unit: "ms", ...beside("none", "wire"), compare: "ratio", goal: 1.5 },
    {
      name: "Last byte of a picture → picture painted in the panel",
      unit: "ms",
      ...beside("none", "seen"),
      compare: "ratio",
      goal: 1.5,
    },
    { name: `Longest frame ${using}`, unit: "ms", ...beside("few", "frame"), compare: "own", goal: 50 },
    {
      name: "The same, the longest task in processor time",
      unit: "ms",
      ...beside("few", "task"),
      compare: "own",
      goal: 50,
    },
  ];
}
