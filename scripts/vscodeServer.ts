import { mkdir, writeFile } from "node:fs/promises";
import { type GuardedChild, startGuardedChild } from "./guardedChild.ts";
import { codeServerEntry, serverMain } from "./paths.ts";
import { runProgram } from "./runProgram.ts";
import { vscodeEnvironment } from "./vscodeEnvironment.ts";

const readyMs = 60_000;

/** A running VS Code server on loopback. */
export interface VscodeServer {
  /** Such as `http://127.0.0.1:41873`. */
  readonly address: string;
  /** Host and port, as `vscode-remote:` URIs name the server. */
  readonly authority: string;
  /** The last lines of its output. */
  tail(): string;
  stop(): Promise<void>;
}

/** How to start a VS Code server. It writes to `folder` only. */
export interface ServerOptions {
  readonly folder: string;
  /** User settings, written before the start. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The user's keybindings, as VS Code's own file has them. */
  readonly keybindings?: readonly object[];
  /** More environment variables, for the server and the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** 0, the default, is any free port. */
  readonly port?: number;
  readonly extensionsDir?: string;
  readonly trust?: boolean;
}

/** Starts VS Code's server with the driver that runs a test bundle in the extension host. */
export async function startServer(options: ServerOptions): Promise<VscodeServer> {
  const { folder, port = 0, trust = false } = options;
  await writeSettings(`${folder}/data/User`, options);
  const server = startGuardedServer(serverMain, options, [
    ...["--host", "127.0.0.1", "--port", String(port), "--without-connection-token", "--accept-server-license-terms"],
    ...["--server-data-dir", folder, "--extensions-dir", extensionsFolder(options), "--telemetry-level", "off"],
    // Messages stay on this computer: compressing them takes a fifth of the extension host's time.
    ...["--enable-smoke-test-driver", "--disable-websocket-compression"],
    ...(trust ? [] : ["--disable-workspace-trust"]),
  ]);
  const [, found] = await waitUntilReady(server, /Extension host agent listening on (\d+)/);
  return toVscodeServer(server, `127.0.0.1:${found}`);
}

/** Starts code-server: the workbench as users see it, with SecretStorage. */
export async function startCodeServer(options: ServerOptions): Promise<VscodeServer> {
  const { folder, port = 0, trust = false } = options;
  await writeSettings(`${folder}/User`, options);
  const server = startGuardedServer(codeServerEntry, options, [
    ...["--bind-addr", `127.0.0.1:${port}`, "--auth", "none", "--config", `${folder}/config.yaml`],
    ...["--user-data-dir", folder, "--extensions-dir", extensionsFolder(options)],
    ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override", "--ignore-last-opened"],
    ...(trust ? [] : ["--disable-workspace-trust"]),
  ]);
  const [, found] = await waitUntilReady(server, /HTTP server listening on https?:\/\/([\d.]+:\d+)/);
  return toVscodeServer(server, found ?? "");
}

/**
 * Installs a VSIX into `extensionsDir`.
 * @throws Error with VS Code's output if that fails.
 */
export async function installVsix(vsix: string, folder: string, extensionsDir: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/config.yaml`, "");
  const { code, output } = await runProgram(
    process.execPath,
    [
      ...[codeServerEntry, "--install-extension", vsix, "--force", "--config", `${folder}/config.yaml`],
      ...["--extensions-dir", extensionsDir, "--user-data-dir", folder],
    ],
    { env: vscodeEnvironment(folder), quiet: true },
  );
  if (code !== 0) throw new Error(`VS Code did not install ${vsix} (exit code ${code}):\n${output}`);
}

function startGuardedServer(
  script: string,
  { folder, env = {} }: ServerOptions,
  args: readonly string[],
): GuardedChild {
  return startGuardedChild(process.execPath, [script, ...args], {
    env: vscodeEnvironment(folder, env),
    log: `${folder}/server.log`,
  });
}

async function waitUntilReady(server: GuardedChild, pattern: RegExp): Promise<RegExpExecArray> {
  try {
    return await server.waitFor(pattern, readyMs);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function toVscodeServer({ tail, stop }: GuardedChild, authority: string): VscodeServer {
  return { address: `http://${authority}`, authority, tail, stop };
}

function extensionsFolder({ folder, extensionsDir = `${folder}/extensions` }: ServerOptions): string {
  return extensionsDir;
}

async function writeSettings(
  userFolder: string,
  { folder, settings = {}, keybindings = [] }: ServerOptions,
): Promise<void> {
  await mkdir(userFolder, { recursive: true });
  await writeFile(`${userFolder}/settings.json`, JSON.stringify(settings, undefined, 2));
  await writeFile(`${userFolder}/keybindings.json`, JSON.stringify(keybindings, undefined, 2));
  await writeFile(`${folder}/config.yaml`, "");
}
