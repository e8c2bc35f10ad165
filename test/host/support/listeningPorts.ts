import { readdir, readFile, readlink } from "node:fs/promises";

/** State of a socket that listens, as /proc writes it. Source: the kernel's tcp_states.h. */
const listenState = "0A";

/** Inodes of the sockets of this process. */
async function ownSockets(): Promise<ReadonlySet<string>> {
  const folder = "/proc/self/fd";
  // The descriptor of the listing itself is closed by now.
  const links = (await readdir(folder)).map((name) => readlink(`${folder}/${name}`).catch(() => ""));
  return new Set((await Promise.all(links)).flatMap((link) => /^socket:\[(\d+)\]$/.exec(link)?.[1] ?? []));
}

/**
 * The TCP ports on which this process listens, sorted. Linux only; VS Code reads the same files to
 * announce ports of a remote window.
 */
export async function listeningPorts(): Promise<readonly number[]> {
  const own = await ownSockets();
  const tables = await Promise.all(["tcp", "tcp6"].map((name) => readFile(`/proc/self/net/${name}`, "utf8")));
  return tables
    .flatMap((table) => table.split("\n").slice(1))
    .flatMap((line) => {
      const [, local = "", , state, , , , , , inode = ""] = line.trim().split(/\s+/);
      return state === listenState && own.has(inode) ? [Number.parseInt(local.slice(local.indexOf(":") + 1), 16)] : [];
    })
    .sort((one, other) => one - other);
}
