import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { startGuardedChild } from "../../scripts/guardedChild.ts";
import { portOf } from "./tlsTerminatingProxy.ts";

/** A name and a password for a proxy. */
export interface Credentials {
  readonly name: string;
  readonly password: string;
}

/** A running tinyproxy. */
export interface Tinyproxy {
  /** Its address as VS Code's setting `http.proxy` takes it, without credentials. */
  readonly url: string;
  /** The hosts with ports it was asked to connect to, as its own log says, in order. */
  connectTargets(): readonly string[];
  stop(): Promise<void>;
}

/** A port of loopback on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * Starts tinyproxy on a free port of loopback. All it is asked for it asks of its parent, a proxy
 * at this port of loopback; so nothing leaves this computer, and names may be used that only the
 * parent knows.
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
