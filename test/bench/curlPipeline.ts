import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { pollFor, type ReadyPicture, readyPictures, type ServiceAddress, tasksFor } from "./tasks.ts";

async function runCommand(name: string, args: readonly string[], input = ""): Promise<string> {
  const child = spawn(name, args, { stdio: ["pipe", "pipe", "pipe"] });
  // A program may end before it has read its input.
  child.stdin.end(input === "" ? undefined : input);
  const code = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if ((await code) !== 0) throw new Error(`${name} failed: ${errors}`);
  return output;
}

const post = ({ url, key }: ServiceAddress, tasks: unknown) => {
  const headers = ["-H", "Content-Type: application/json", "-H", `Authorization: Bearer ${key}`];
  return runCommand(
    "curl",
    ["--silent", "--show-error", "--fail", ...headers, "--data", "@-", url],
    JSON.stringify(tasks),
  );
};

/**
 * Buys pictures as a shell script would: the same requests with curl, downloads with
 * `curl --parallel` (50 at a time by default), a copy with cp. With `durable`, sync(1) calls fsync
 * for both folders. Returns the duration in milliseconds.
 */
export async function buyWithCurl(
  service: ServiceAddress,
  count: number,
  folder: string,
  durable: boolean,
): Promise<number> {
  const [vault, pictures] = [`${folder}/vault`, `${folder}/pictures`];
  const startedAt = performance.now();
  await Promise.all([mkdir(vault), mkdir(pictures)]);
  const tasks = tasksFor(count);
  await Promise.all(tasks.map((task) => post(service, [task])));
  let ready: readonly ReadyPicture[] = [];
  while (ready.length < count) ready = readyPictures(await post(service, pollFor(tasks)));
  const curlConfig = ready.map(
    ({ imageUUID, imageURL }) => `url = "${imageURL}"\noutput = "${vault}/${imageUUID}.jpg"`,
  );
  await runCommand("curl", ["--silent", "--fail", "--parallel", "--config", "-"], curlConfig.join("\n"));
  await runCommand("cp", ["--recursive", "--reflink=auto", `${vault}/.`, pictures]);
  if (durable) {
    const files = ready.flatMap(({ imageUUID }) => [`${vault}/${imageUUID}.jpg`, `${pictures}/${imageUUID}.jpg`]);
    await runCommand("sync", [...files, vault, pictures]);
  }
  return performance.now() - startedAt;
}
