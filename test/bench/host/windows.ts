import { createWriteStream } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { buildVsix } from "../../../scripts/buildVsix.ts";
import { manifest } from "../../../scripts/manifest.ts";
import { cache, root } from "../../../scripts/paths.ts";
import { installVsix, startServer } from "../../../scripts/vscodeServer.ts";
import { quietSettings } from "../../../scripts/vscodeSettings.ts";
import { driveHostTests } from "../../support/host/drive.ts";
import { temporaryFolder, writeWorkspaceFile } from "../../support/temporaryFolder.ts";
import type { Figure } from "../figure.ts";
import { startPictureService } from "../pictureService.ts";
import { packageBenchExtension } from "./benchExtension.ts";
import { type MeasurementPlan, type MeasurementResult, resultSchema, type Time } from "./measurementPlan.ts";
import { writeProbe } from "./writeProbe.ts";

/** Number of windows that measure times; another window then watches timers. */
const windowCount = 9;
const limnId = `${manifest.publisher}.${manifest.name}`;
const emptyId = "limn-bench.empty";
/** An empty extension that is not counted: the first activation in a window takes longer. */
const warmUpName = "opener";

/** Removes the activation events from the installed Limn, so that the window activates it. */
async function disableAutomaticActivation(extensionsDir: string): Promise<void> {
  for (const name of (await readdir(extensionsDir)).filter((one) => one.startsWith(`${limnId}-`))) {
    const path = `${extensionsDir}/${name}/package.json`;
    const manifest: object = JSON.parse(await readFile(path, "utf8"));
    await writeFile(path, JSON.stringify({ ...manifest, activationEvents: [] }));
  }
}

/**
 * Opens new windows, one after the other, with Limn's VSIX and an empty extension. Returns the
 * measurements of each.
 */
async function openWindows(): Promise<MeasurementResult[]> {
  const temporary = await temporaryFolder();
  const folder = temporary.path;
  const service = await startPictureService({ bytes: 5_000_000 });
  try {
    const extensionsDir = `${folder}/extensions`;
    for (const vsix of [
      await buildVsix(),
      await packageBenchExtension("empty", folder, warmUpName),
      await packageBenchExtension("empty", folder),
    ]) {
      await installVsix(vsix, `${folder}/install`, extensionsDir);
    }
    await disableAutomaticActivation(extensionsDir);
    const bundle = `${cache}/bench/window.js`;
    await build({
      absWorkingDir: root,
      entryPoints: ["test/bench/host/window.ts"],
      outfile: bundle,
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node22",
      external: ["vscode"],
      logLevel: "warning",
    });
    const extension = await writeProbe(folder);
    const server = await startServer({
      folder: `${folder}/server`,
      extensionsDir,
      settings: {
        ...quietSettings,
        "limn.apiUrl": service.url,
        "limn.openAfterSaving": false,
        // Disables the question about the price of twenty pictures.
        "limn.budget.askAbove": 0,
      },
      env: { LIMN_BENCH_FOLDER: folder, RUNWARE_API_KEY: service.key },
    });
    const log = createWriteStream(`${cache}/bench/windows.log`);
    try {
      const results: MeasurementResult[] = [];
      for (let window = 0; window <= windowCount; window++) {
        const plan: MeasurementPlan = {
          order: [`limn-bench.${warmUpName}`, ...(window % 2 === 0 ? [limnId, emptyId] : [emptyId, limnId])],
          limn: limnId,
          service: { url: service.url, key: service.key },
          timers: window === windowCount,
        };
        await writeFile(`${folder}/plan.json`, JSON.stringify(plan));
        await rm(`${folder}/result.json`, { force: true });
        const workspace = await writeWorkspaceFile(folder, "workspace");
        await driveHostTests({ server, extension, bundle, workspace, log, limitMs: 180_000 });
        const result = resultSchema.parse(JSON.parse(await readFile(`${folder}/result.json`, "utf8")));
        if (result.fault !== undefined) throw new Error(`A window could not measure: ${result.fault}`);
        results.push(result);
        process.stderr.write(`Window ${window + 1} of ${windowCount + 1}: ${JSON.stringify(result)}\n`);
      }
      return results;
    } finally {
      await server.stop();
    }
  } finally {
    await service.stop();
    await temporary.remove();
  }
}

/** Measures Limn in the extension host of a real VS Code: activation, stalls, timers. */
export async function measureHost(): Promise<Figure[]> {
  const results = await openWindows();
  const measured = results.slice(0, -1);
  const activation = (id: string, of: keyof Time) =>
    measured.map((result) => result.activation[id]?.[of] ?? Number.NaN);
  const stalls = (what: string, of: keyof Time) => measured.map((result) => result.stalls[what]?.[of] ?? Number.NaN);
  const answers = (at: number) => measured.map((result) => result.answers[at]?.clock ?? Number.NaN);
  const timers = results.at(-1)?.timers ?? ["Timers were not watched."];
  const stall = (what: string, own: string, other: string, counterpart: string): Figure[] => [
    {
      name: `Longest stall of the extension host, ${what}`,
      unit: "ms",
      own: stalls(own, "clock"),
      other: stalls(other, "clock"),
      counterpart,
      compare: "own",
      goal: 50,
    },
    {
      name: `The same in processor time, ${what}`,
      unit: "ms",
      own: stalls(own, "processor"),
      other: stalls(other, "processor"),
      counterpart,
      compare: "own",
      goal: 50,
    },
  ];
  return [
    {
      name: "Activation in the extension host",
      unit: "ms",
      own: activation(limnId, "clock"),
      other: activation(emptyId, "clock"),
      counterpart: "an empty extension",
      compare: "difference",
      goal: 5,
    },
    {
      name: "The same in processor time",
      unit: "ms",
      own: activation(limnId, "processor"),
      other: activation(emptyId, "processor"),
      counterpart: "an empty extension",
      compare: "difference",
      goal: 5,
    },
    {
      name: "The first command after activation, which needs all of Limn",
      unit: "ms",
      own: answers(0),
      other: answers(1),
      counterpart: "the same again",
      compare: "difference",
    },
    {
      name: "Hover of an image link in 5,000 lines of Markdown, of all extensions",
      unit: "ms",
      own: measured.map(({ hovers }) => hovers?.link ?? Number.NaN),
      other: measured.map(({ hovers }) => hovers?.text ?? Number.NaN),
      counterpart: "at a text without a link",
      compare: "own",
      goal: 30,
    },
    ...stall("doing nothing", "nothing", "nothing", "nothing"),
    ...stall("one picture of 5 MB", "one", "bare", "fetch and writeFile"),
    ...stall("20 pictures of 5 MB", "twenty", "bareTwenty", "fetch and writeFile"),
    ...stall("a picture of 5 MB as base64", "base64", "nothing", "nothing"),
    {
      name: "Timers of Limn after a purchase",
      unit: "timers",
      own: [timers.length],
      other: [0],
      counterpart: "none",
      compare: "own",
      goal: 0,
    },
  ];
}
