import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startGuardedChild } from "../../scripts/guardedChild.ts";
import { freePort } from "./loopback.ts";

/** A user name and a password for a proxy. */
export interface Credentials {
  readonly name: string;
  readonly password: string;
}

/** A running tinyproxy. */
export interface Tinyproxy {
  /** Its URL for VS Code's setting `http.proxy`, without credentials. */
  readonly url: string;
  /** The `host:port` of each CONNECT request, in order, read from its log. */
  connectTargets(): readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts tinyproxy on a free port of loopback. It forwards all requests to its parent, a proxy at
 * `parentPort` of loopback. So no request leaves this computer, and tests can use host names that
 * only the parent resolves.
 */
export async function startTinyproxy(
  folder: string,
  parentPort: number,
  credentials?: Credentials,
): Promise<Tinyproxy> {
  const port = await freePort();
  const config = join(folder, `tinyproxy-${port}.conf`);
  const lines = [
    ...[`Port ${port}`, "Listen 127.0.0.1", "Allow 127.0.0.1", "Timeout 60", "LogLevel Info"],
    `Upstream http 127.0.0.1:${parentPort}`,
    ...(credentials === undefined ? [] : [`BasicAuth ${credentials.name} ${credentials.password}`]),
  ];
  await mkdir(folder, { recursive: true });
  await writeFile(config, `${lines.join("\n")}\n`);
  const program = startGuardedChild("tinyproxy", ["-d", "-c", config], {
    env: process.env,
    log: join(folder, `tinyproxy-${port}.log`),
  });
  await program.waitFor(/Accepting connections/, 10_000);
  return {
    url: `http://127.0.0.1:${port}`,
    connectTargets: () => [...program.output().matchAll(/CONNECT (\S+:\d+) HTTP/g)].map(([, to = ""]) => to),
    stop: program.stop,
  };
}
