// npm start [-- --key] [-- --fresh] [-- --no-open] [-- --port N]
//
// Starts a VS Code with Limn and the sample site. The sandbox makes the pictures, without cost;
// with --key, Runware does.
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { parseArgs } from "node:util";
import { buildVsix } from "./buildVsix.ts";
import { openBrowser } from "./openBrowser.ts";
import { cache } from "./paths.ts";
import { copySample } from "./sampleSite.ts";
import { installVsix, startCodeServer } from "./vscodeServer.ts";
import { interactiveSettings, quietSettings } from "./vscodeSettings.ts";

const defaultPort = 8737;
const startFolder = `${cache}/start`;
const workspaceFolder = `${startFolder}/ostrel-hut`;

const boolean = { type: "boolean", default: false } as const;
const { values } = parseArgs({
  options: { key: boolean, fresh: boolean, "no-open": boolean, port: { type: "string" } },
});

/** Returns `wanted` if the port is free, else 0: any free port. */
async function preferredOrAnyPort(wanted: number): Promise<number> {
  return await new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(0));
    probe.listen(wanted, "127.0.0.1", () => probe.close(() => resolve(wanted)));
  });
}

/** The settings that the user changed in an earlier start. */
async function savedSettings(): Promise<object> {
  try {
    const kept: unknown = JSON.parse(await readFile(`${startFolder}/server/User/settings.json`, "utf8"));
    return typeof kept === "object" && kept !== null ? kept : {};
  } catch {
    return {};
  }
}

async function start(): Promise<void> {
  if (values.fresh) await rm(startFolder, { recursive: true, force: true });
  if (!existsSync(workspaceFolder)) await copySample(workspaceFolder);
  const extensionsDir = `${startFolder}/extensions`;
  await rm(extensionsDir, { recursive: true, force: true });
  await installVsix(await buildVsix(), `${startFolder}/server`, extensionsDir);
  const server = await startCodeServer({
    folder: `${startFolder}/server`,
    extensionsDir,
    port: await preferredOrAnyPort(Number(values.port ?? defaultPort)),
    settings: {
      ...quietSettings,
      ...interactiveSettings,
      // The sample's README says what to try.
      "workbench.startupEditor": "readme",
      ...(await savedSettings()),
      "limn.engine": values.key ? "runware" : "sandbox",
    },
    env: values.key && process.env.RUNWARE_API_KEY ? { RUNWARE_API_KEY: process.env.RUNWARE_API_KEY } : {},
  });
  const address = `${server.address}/?${new URLSearchParams({ folder: workspaceFolder })}`;
  const engineNote = values.key
    ? "Pictures come from Runware and cost money. The first Generate, or “Limn: Set API Key…”, asks for your key in the editor."
    : "Pictures come from the built-in sandbox: no key, no money. “npm start -- --key” uses Runware instead.";
  process.stdout.write(`
  Limn is ready: ${address}

  ${engineNote}
  The files are in ${workspaceFolder} and stay there; “npm start -- --fresh” resets them.
  Press F1 and type “Limn”. Ctrl+C here stops everything.
`);
  if (!values["no-open"]) openBrowser(address);
  const stop = () => {
    void server.stop().then(() => process.exit(0));
  };
  process.once("SIGINT", stop).once("SIGTERM", stop).once("SIGHUP", stop);
}

try {
  await start();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
