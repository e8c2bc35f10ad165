import { monitorEventLoopDelay } from "node:perf_hooks";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import sharp from "sharp";
import { root } from "../../scripts/paths.ts";
import { type PlannedPicture, planExport } from "../../src/core/targets/exportPlan.ts";
import { type ExportFormat, exportFormats } from "../../src/core/targets/target.ts";
import { targets } from "../../src/core/targets/targets.ts";
import { formatName } from "../../src/core/text/formatName.ts";
import { exportPicture } from "../../src/imaging/exportPicture.ts";
import { createImaging } from "../../src/imaging/imaging.ts";
import type { Figure } from "./figure.ts";
import { measureInterleaved } from "./rounds.ts";

const rounds = 3;

/** Exports that run at the same time. */
const atOnce = 20;

const pixels = { width: 2720, height: 1536 };
const counterpart = "native sharp in plain Node";

/** Makes one file of the source. */
type MakeFile = (picture: PlannedPicture) => Promise<unknown>;

/** A picture that compresses like a photo: smooth noise. */
const photo = async (): Promise<Uint8Array> => {
  const noise = { type: "gaussian", mean: 128, sigma: 50 } as const;
  const create = {
    width: pixels.width / 8,
    height: pixels.height / 8,
    channels: 3,
    background: "#000",
    noise,
  } as const;
  return new Uint8Array(
    await sharp({ create })
      .resize({ ...pixels })
      .jpeg({ quality: 95 })
      .toBuffer(),
  );
};

const previewIn = (format: ExportFormat): PlannedPicture => ({ width: 1200, height: 630, margin: 0, format });

/** All pictures of a favicon set. */
function faviconPictures(): readonly PlannedPicture[] {
  const favicon = targets.find(({ id }) => id === "favicon");
  if (favicon === undefined) throw new Error("There is no favicon set.");
  const { pictures, icon } = planExport(favicon, { name: "fox", pixels }, "App");
  return [...pictures.map(({ picture }) => picture), ...(icon?.pictures ?? [])];
}

/** Milliseconds until something is done. */
async function duration(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

const oneAfterTheOther = async (make: MakeFile, pictures: readonly PlannedPicture[]): Promise<void> => {
  for (const picture of pictures) {
    await make(picture);
  }
};

const manyAtOnce = (make: MakeFile): Promise<unknown> =>
  Promise.all(Array.from({ length: atOnce }, () => make(previewIn("JPG"))));

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** What many exports at once cost. */
interface Cost {
  /** Milliseconds until all are done. */
  readonly duration: number;
  /** Milliseconds that the event loop of this process could not react, at most. */
  readonly stall: number;
  /** Memory of this process that is left, in MB. */
  readonly memory: number;
}

async function costOfMany(make: MakeFile): Promise<Cost> {
  collectGarbage();
  const before = process.memoryUsage.rss();
  const resolution = 5;
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  const took = await duration(() => manyAtOnce(make));
  delay.disable();
  collectGarbage();
  return {
    duration: took,
    stall: Math.max(0, delay.max / 1e6 - resolution),
    memory: (process.memoryUsage.rss() - before) / 1e6,
  };
}

/** Figures of many exports at once: time, stalls and memory of the same runs. */
async function measureMany(limn: MakeFile, native: MakeFile): Promise<Figure[]> {
  const costs: { own: Cost[]; other: Cost[] } = { own: [], other: [] };
  const record = async (name: "own" | "other", make: MakeFile): Promise<number> => {
    const cost = await costOfMany(make);
    costs[name].push(cost);
    return cost.duration;
  };
  await measureInterleaved(rounds, ["own", () => record("own", limn)], ["other", () => record("other", native)]);
  const figure = (name: string, key: keyof Cost, rest: Pick<Figure, "unit" | "compare" | "goal">): Figure => ({
    ...{ name, counterpart, ...rest },
    // Without the warm-up.
    own: costs.own.slice(1).map((cost) => cost[key]),
    other: costs.other.slice(1).map((cost) => cost[key]),
  });
  return [
    figure(`${atOnce} exports at once, in JPG`, "duration", { unit: "ms", compare: "ratio", goal: 2.5 }),
    figure("Longest stall of the event loop meanwhile", "stall", { unit: "ms", compare: "own", goal: 50 }),
    figure("Memory left afterwards, without the image process", "memory", { unit: "MB", compare: "own", goal: 20 }),
  ];
}

/** Measures exports in Limn's image process, beside the same code with native sharp. */
export async function measureExports(): Promise<Figure[]> {
  const bytes = await photo();
  const imaging = createImaging({ processPath: `${root}/dist/imaging-process.js` });
  const limn: MakeFile = (picture) => imaging.exportPicture({ ...picture, bytes });
  const native: MakeFile = (picture) => exportPicture({ kind: "export", ...picture, bytes });
  const ratio = async (name: string, run: (make: MakeFile) => Promise<unknown>): Promise<Figure> => {
    const valuesOf = await measureInterleaved(
      rounds,
      ["own", () => duration(() => run(limn))],
      ["other", () => duration(() => run(native))],
    );
    const [own, other] = [valuesOf("own"), valuesOf("other")];
    return { name, unit: "ms", own, other, counterpart, compare: "ratio", goal: 2.5 };
  };
  // The image process does not keep this one alive.
  const keepAlive = setInterval(() => undefined, 1000);
  try {
    const many = await measureMany(limn, native);
    const figures: Figure[] = [];
    for (const format of exportFormats) {
      const name = `2720 × 1536 → 1200 × 630 in ${formatName(format)}`;
      figures.push(await ratio(name, (make) => make(previewIn(format))));
    }
    const favicon = faviconPictures();
    figures.push(await ratio("The pictures of a favicon set", (make) => oneAfterTheOther(make, favicon)));
    return [...figures, ...many];
  } finally {
    await imaging.dispose();
    clearInterval(keepAlive);
  }
}
