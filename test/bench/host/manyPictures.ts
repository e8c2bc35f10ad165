import { readFile, rm } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Frame } from "playwright-core";
import * as z from "zod/mini";
import { panelFrame } from "../../support/e2e/panel.ts";
import { type ForwardingServer, startForwardingServer } from "../../support/forwardingServer.ts";
import { writeManyPictures } from "../../support/manyPictures.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import type { Figure } from "../figure.ts";
import { type PictureService, startPictureService } from "../pictureService.ts";
import { startViewWindows, type ViewWindow, type ViewWindows } from "./viewWindows.ts";
import { readPanelReports, watchPanel } from "./watchPanel.ts";

/** Rounds that count; one more before them is a warm-up. */
const rounds = 1;
const pictureCount = 10_000;
/** Milliseconds between a picture's other bytes and its last one. */
const lastByteDelay = 200;
const limitMs = 60_000;

/** What is measured in a window. Times and stalls in ms, bytes, memory in MB. */
interface Measurement {
  readonly visible: number;
  readonly complete: number;
  readonly stall: number;
  readonly processorStall: number;
  readonly memory: number;
  readonly wire: number;
  readonly seen: number;
  readonly bytes: number;
  readonly frame: number;
}

const probeSchema = z.object({ clock: z.number(), processor: z.number(), memory: z.number() });

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

/** Windows of one VS Code, with or without pictures. */
class Side {
  readonly #windows: ViewWindows;
  readonly #service: TimedService;
  readonly #probe: string;

  constructor(windows: ViewWindows, service: TimedService, probe: string) {
    this.#windows = windows;
    this.#service = service;
    this.#probe = probe;
  }

  async measure(round: number): Promise<Measurement> {
    await rm(this.#probe, { force: true });
    const window = await this.#windows.openWindow();
    // High enough for the form and the first pictures.
    await window.page.setViewportSize({ width: 1280, height: 1400 });
    await this.#readProbe();
    const opening = await window.show("limn");
    await wait(1000);
    const { clock, processor, memory } = await this.#readProbe();
    const frame = await panelFrame(window.page);
    const purchase = await this.#buy(frame, `A fox in round ${round}`);
    return {
      ...{ ...opening, ...purchase, stall: clock, processorStall: processor, memory: memory / 1e6 },
      frame: await longestFrame(window, frame),
    };
  }

  close(): Promise<void> {
    return this.#windows.close();
  }

  /** The longest stall since the last reading, and the memory. */
  async #readProbe(): Promise<z.infer<typeof probeSchema>> {
    const port = await waitFor("the probe", () => readFile(this.#probe, "utf8").catch(() => undefined));
    const response = await fetch(`http://127.0.0.1:${port}/`);
    return probeSchema.parse(await response.json());
  }

  async #buy(frame: Frame, prompt: string): Promise<Pick<Measurement, "wire" | "seen" | "bytes">> {
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
    return { wire: task - timeOf("click"), seen: timeOf("picture") - lastByte, bytes: Math.max(...sizes) };
  }
}

/** The longest frame in ms while the user scrolls, searches, and filters by keyboard. */
async function longestFrame({ page }: ViewWindow, frame: Frame): Promise<number> {
  await frame.evaluate(() => {
    let last = performance.now();
    Reflect.set(window, "limnLongestFrame", 0);
    const measure = (now: number) => {
      Reflect.set(window, "limnLongestFrame", Math.max(Reflect.get(window, "limnLongestFrame"), now - last));
      last = now;
      requestAnimationFrame(measure);
    };
    requestAnimationFrame(measure);
  });
  await frame.locator("limn-sheet").hover();
  for (let step = 0; step < 30; step++) {
    await page.mouse.wheel(0, 600);
    await wait(50);
  }
  await frame.getByRole("searchbox").pressSequentially("fox soft", { delay: 60 });
  await wait(300);
  for (let step = 0; step < 8; step++) await page.keyboard.press("Backspace", { delay: 40 });
  await frame.getByRole("radio", { name: /^All/ }).focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft", "ArrowLeft"]) {
    await page.keyboard.press(key, { delay: 100 });
  }
  await frame.getByRole("grid").focus();
  for (const key of ["End", "Home", "PageDown", "PageDown", "ArrowDown"])
    await page.keyboard.press(key, { delay: 150 });
  return frame.evaluate(() => Number(Reflect.get(window, "limnLongestFrame")));
}

/** Measures the panel with 10,000 pictures, in turn with none. */
export async function measureManyPictures(): Promise<Figure[]> {
  const temporary = await temporaryFolder();
  const pictures = await startPictureService({ bytes: 5_000_000 });
  const services = [await startTimedService(pictures), await startTimedService(pictures)] as const;
  const sides: Side[] = [];
  const measured: [Measurement[], Measurement[]] = [[], []];
  try {
    for (const [at, service] of services.entries()) {
      const probe = `${temporary.path}/probe-${at}`;
      const windows = await startViewWindows({
        settings: { "limn.apiUrl": service.url, "limn.budget.askAbove": 0 },
        env: { RUNWARE_API_KEY: pictures.key, LIMN_BENCH_PROBE: probe },
        extensions: ["probe"],
        ...(at === 0 ? {} : { prepareStorage: (storage) => writeManyPictures(storage, pictureCount, Date.now()) }),
      });
      sides.push(new Side(windows, service, probe));
    }
    for (let round = 0; round <= rounds; round++) {
      const order = round % 2 === 0 ? [0, 1] : [1, 0];
      for (const at of order) {
        const measurement = await sides[at]?.measure(round);
        if (measurement !== undefined) measured[at]?.push(measurement);
        process.stderr.write(
          `Round ${round} of ${rounds}, ${at === 0 ? "none" : "many"}: ${JSON.stringify(measurement)}\n`,
        );
      }
    }
  } finally {
    for (const side of sides) await side.close();
    for (const service of services) await service.close();
    await pictures.stop();
    await temporary.remove();
  }
  const [none, many] = measured.map((all) => all.slice(1));
  const values = (kind: keyof Measurement): Pick<Figure, "own" | "other" | "counterpart"> => ({
    own: (many ?? []).map((one) => one[kind]),
    other: (none ?? []).map((one) => one[kind]),
    counterpart: "no pictures",
  });
  return [
    { name: "Form visible", unit: "ms", ...values("visible"), compare: "ratio", goal: 1.5 },
    { name: "Pictures visible", unit: "ms", ...values("complete"), compare: "ratio" },
    {
      name: "Longest stall of the extension host while the panel opens",
      unit: "ms",
      ...values("stall"),
      compare: "own",
      goal: 50,
    },
    { name: "The same in processor time", unit: "ms", ...values("processorStall"), compare: "own", goal: 50 },
    { name: "Memory of the extension host", unit: "MB", ...values("memory"), compare: "difference", goal: 60 },
    {
      name: "Largest message to the page during a purchase",
      unit: "kB",
      ...values("bytes"),
      own: (many ?? []).map(({ bytes }) => bytes / 1000),
      other: (none ?? []).map(({ bytes }) => bytes / 1000),
      compare: "own",
      goal: 64,
    },
    { name: "Click on Generate → request on the wire", unit: "ms", ...values("wire"), compare: "ratio", goal: 1.5 },
    {
      name: "Last byte of a picture → picture painted in the panel",
      unit: "ms",
      ...values("seen"),
      compare: "ratio",
      goal: 1.5,
    },
    {
      name: "Longest frame while scrolling, searching and filtering",
      unit: "ms",
      ...values("frame"),
      compare: "own",
      goal: 50,
    },
  ];
}
