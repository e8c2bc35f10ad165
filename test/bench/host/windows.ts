import { createWriteStream } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { buildVsix } from "../../support/buildVsix.ts";
import { driveHostTests } from "../../support/host/drive.ts";
import { quietSettings } from "../../support/host/settings.ts";
import { manifest } from "../../support/manifest.ts";
import { cache, root } from "../../support/paths.ts";
import { run } from "../../support/run.ts";
import { installVsix, startServer } from "../../support/vscode.ts";
import { temporaryFolder, writeWorkspaceFile } from "../../support/workspace.ts";
import type { Figure } from "../figure.ts";
import { startService } from "../service.ts";
import { type Result, resultSchema, type Wish } from "./wish.ts";

const windows = 7;
const limn = `${manifest.publisher}.${manifest.name}`;
const empty = "limn-bench.empty";

/** Packages an extension that does nothing, for comparison. */
async function packEmpty(folder: string): Promise<string> {
  const vsix = `${folder}/empty.vsix`;
  await cp(`${root}/test/bench/host/empty`, `${folder}/empty`, { recursive: true });
  const options = ["package", "--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", vsix];
  const { code, output } = await run(`${root}/node_modules/.bin/vsce`, options, {
    cwd: `${folder}/empty`,
    quiet: true,
  });
  if (code !== 0) throw new Error(`The empty extension could not be packaged:\n${output}`);
  return vsix;
}

/** Opens fresh windows, one after the other, with Limn as it is shipped and an empty extension installed; gives what each measured. */
async function openWindows(): Promise<Result[]> {
  const temporary = await temporaryFolder();
  const folder = temporary.path;
  const service = await startService({ bytes: 5_000_000 });
  try {
    const extensionsDir = `${folder}/extensions`;
    for (const vsix of [await buildVsix(), await packEmpty(folder)]) {
      await installVsix(vsix, `${folder}/install`, extensionsDir);
    }
    const bundle = `${cache}/bench/window.js`;
    await build({
      ...{ absWorkingDir: root, entryPoints: ["test/bench/host/window.ts"], outfile: bundle, bundle: true },
      ...{ platform: "node", format: "cjs", target: "node22", external: ["vscode"], logLevel: "warning" },
    });
    // What is developed in these windows: VS Code runs a test bundle only where something is.
    await cp(`${root}/test/bench/host/empty`, `${folder}/probe`, { recursive: true });
    await writeFile(
      `${folder}/probe/package.json`,
      JSON.stringify({ name: "probe", publisher: "limn-bench", version: "0.0.1", engines: { vscode: "*" } }),
    );
    await mkdir(`${folder}/workspace`);
    const server = await startServer({
      folder: `${folder}/server`,
      extensionsDir,
      settings: { ...quietSettings, "limn.apiUrl": service.url, "limn.openAfterSaving": false },
      env: { LIMN_BENCH_FOLDER: folder, RUNWARE_API_KEY: service.key },
    });
    const log = createWriteStream(`${cache}/bench/windows.log`);
    try {
      const results: Result[] = [];
      for (let window = 0; window <= windows; window++) {
        const wish: Wish = {
          order: window % 2 === 0 ? [limn, empty] : [empty, limn],
          service: { url: service.url, key: service.key },
          timers: window === windows,
        };
        await writeFile(`${folder}/wish.json`, JSON.stringify(wish));
        await rm(`${folder}/result.json`, { force: true });
        const workspace = await writeWorkspaceFile(folder, "workspace");
        await driveHostTests({ server, extension: `${folder}/probe`, bundle, workspace, log, limitMs: 180_000 });
        const result = resultSchema.parse(JSON.parse(await readFile(`${folder}/result.json`, "utf8")));
        if (result.fault !== undefined) throw new Error(`A window could not measure: ${result.fault}`);
        results.push(result);
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

/** What Limn costs the extension host of a real VS Code: activation, stalls, timers. */
export async function measureHost(): Promise<Figure[]> {
  const results = await openWindows();
  const measured = results.slice(0, -1);
  const activation = (id: string) => measured.map((result) => result.activation[id] ?? Number.NaN);
  const stalls = (what: string) => measured.map((result) => result.stalls[what] ?? Number.NaN);
  const timers = results.at(-1)?.timers ?? ["They were not watched."];
  const stall = { unit: "ms", compare: "own" } as const;
  return [
    {
      name: "Activation in the extension host",
      ...{ unit: "ms", own: activation(limn), other: activation(empty), counterpart: "an empty extension" },
      ...{ compare: "difference", goal: 15 },
    },
    {
      ...{ ...stall, name: "Longest stall of the extension host, one picture of 5 MB", own: stalls("one") },
      ...{ other: stalls("bare"), counterpart: "fetch and writeFile", goal: 50 },
    },
    {
      ...{ ...stall, name: "Longest stall of the extension host, 20 pictures of 5 MB", own: stalls("twenty") },
      ...{ other: stalls("bareTwenty"), counterpart: "fetch and writeFile", goal: 50 },
    },
    {
      ...{ ...stall, name: "Longest stall of the extension host, a picture of 5 MB as base64", own: stalls("base64") },
      ...{ other: stalls("nothing"), counterpart: "nothing at all" },
    },
    {
      name: "Timers of Limn once a purchase is over",
      ...{ unit: "timers", own: [timers.length], other: [0], counterpart: "none", compare: "own", goal: 0 },
    },
  ];
}
