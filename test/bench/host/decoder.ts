import { createWriteStream } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import sharp from "sharp";
import { cache, root } from "../../../scripts/paths.ts";
import { startServer } from "../../../scripts/vscodeServer.ts";
import { quietSettings } from "../../../scripts/vscodeSettings.ts";
import { driveHostTests } from "../../support/host/drive.ts";
import { temporaryFolder, writeWorkspaceFile } from "../../support/temporaryFolder.ts";
import type { Figure } from "../figure.ts";
import { measureInterleaved } from "../rounds.ts";
import { type DecoderPlan, type DecoderResult, decoderResultSchema } from "./decoderPlan.ts";
import { writeProbe } from "./writeProbe.ts";

const rounds = 3;

const formats = ["jpeg", "png"] as const;

/** Writes a picture of a model's size, of about 5 MB. */
async function writePicture(folder: string, format: (typeof formats)[number]): Promise<string> {
  const path = `${folder}/picture.${format}`;
  const noise = { type: "gaussian", mean: 128, sigma: format === "png" ? 3 : 60 } as const;
  const picture = sharp({ create: { width: 2720, height: 1536, channels: 3, background: "#000", noise } });
  await picture.toFormat(format, { quality: 90 }).toFile(path);
  return path;
}

/** Opens windows of VS Code, each with a new extension host that makes its first thumbnail. */
async function startWindows(): Promise<{
  measure(plan: DecoderPlan): Promise<DecoderResult>;
  pictureOf(format: (typeof formats)[number]): Promise<string>;
  stop(): Promise<void>;
}> {
  const { path: folder, remove } = await temporaryFolder();
  const bundle = `${cache}/bench/decoderWindow.js`;
  await build({
    ...{ absWorkingDir: root, entryPoints: ["test/bench/host/decoderWindow.ts"], outfile: bundle, bundle: true },
    ...{ platform: "node", format: "cjs", target: "node22", external: ["vscode", "sharp"], logLevel: "warning" },
  });
  const extension = await writeProbe(folder);
  const server = await startServer({
    folder: `${folder}/server`,
    settings: quietSettings,
    env: { LIMN_BENCH_FOLDER: folder },
  });
  const log = createWriteStream(`${cache}/bench/decoder.log`);
  return {
    pictureOf: (format) => writePicture(folder, format),
    async measure(plan) {
      await writeFile(`${folder}/plan.json`, JSON.stringify(plan));
      await rm(`${folder}/result.json`, { force: true });
      const workspace = await writeWorkspaceFile(folder, "workspace");
      await driveHostTests({ server, extension, bundle, workspace, log, limitMs: 180_000 });
      const result = decoderResultSchema.parse(JSON.parse(await readFile(`${folder}/result.json`, "utf8")));
      if (result.fault !== undefined) throw new Error(`A window could not measure: ${result.fault}`);
      process.stderr.write(`${JSON.stringify({ ...plan, ...result })}\n`);
      return result;
    },
    async stop() {
      await server.stop();
      await remove();
    },
  };
}

/**
 * Measures the memory that the first picture takes in the extension host of a real VS Code, and
 * what is left of it when the decoder is idle; against sharp's native build in the host itself.
 */
export async function measureDecoder(): Promise<Figure[]> {
  const windows = await startWindows();
  try {
    const processPath = `${root}/dist/imaging-process.js`;
    const figures: Figure[] = [];
    for (const format of formats) {
      const picture = await windows.pictureOf(format);
      const results: Record<DecoderPlan["decoder"], DecoderResult[]> = { limn: [], sharp: [], none: [] };
      const measure = (decoder: DecoderPlan["decoder"]) => async () => {
        const result = await windows.measure({ decoder, processPath, picture });
        results[decoder].push(result);
        return result.all;
      };
      await measureInterleaved(
        rounds,
        ["limn", measure("limn")],
        ["sharp", measure("sharp")],
        ["none", measure("none")],
      );
      // The first round warms up.
      const valuesOf = (decoder: DecoderPlan["decoder"], what: "host" | "all" | "left") =>
        results[decoder].slice(1).map((result) => result[what]);
      const name = format.toUpperCase();
      const figure = { unit: "MB", counterpart: "sharp's native build in the host", compare: "own", goal: 60 } as const;
      figures.push(
        {
          ...figure,
          name: `Memory of the extension host, grown by the first picture (${name} of 2720 × 1536)`,
          ...{ own: valuesOf("limn", "host"), other: valuesOf("sharp", "host") },
        },
        {
          ...figure,
          name: `The same with the image process, ${name}`,
          ...{ own: valuesOf("limn", "all"), other: valuesOf("sharp", "all") },
        },
        {
          ...figure,
          name: `Left of it when the decoder is idle, ${name}`,
          ...{ own: valuesOf("limn", "left"), other: valuesOf("none", "left") },
          ...{ counterpart: "a window that decodes nothing", compare: "difference", goal: 5 },
        },
      );
    }
    return figures;
  } finally {
    await windows.stop();
  }
}
