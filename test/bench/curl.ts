import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { type Address, pollFor, type Ready, readyIn, tasksFor } from "./tasks.ts";

async function command(name: string, args: readonly string[], input = ""): Promise<string> {
  const child = spawn(name, args, { stdio: ["pipe", "pipe", "pipe"] });
  // A program that reads nothing may be gone before an empty text reaches it.
  child.stdin.end(input === "" ? undefined : input);
  const code = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  if ((await code) !== 0) throw new Error(`${name} failed: ${errors}`);
  return output;
}

const post = ({ url, key }: Address, tasks: unknown) => {
  const headers = ["-H", "Content-Type: application/json", "-H", `Authorization: Bearer ${key}`];
  return command(
    "curl",
    ["--silent", "--show-error", "--fail", ...headers, "--data", "@-", url],
    JSON.stringify(tasks),
  );
};

/**
 * What a shell script would do: the same requests with curl, the pictures into one folder with `curl --parallel` as it stands (50 at a
 * time), then copied into a second one with cp. With `durable`, both are brought down to the disk with sync(1), which calls fsync.
 * Gives the milliseconds it took.
 */
export async function buyWithCurl(service: Address, count: number, folder: string, durable: boolean): Promise<number> {
  const [vault, pictures] = [`${folder}/vault`, `${folder}/pictures`];
  const begun = performance.now();
  await Promise.all([mkdir(vault), mkdir(pictures)]);
  const tasks = tasksFor(count);
  await Promise.all(tasks.map((task) => post(service, [task])));
  let ready: readonly Ready[] = [];
  while (ready.length < count) ready = readyIn(await post(service, pollFor(tasks)));
  const wishes = ready.map(({ imageUUID, imageURL }) => `url = "${imageURL}"\noutput = "${vault}/${imageUUID}.jpg"`);
  await command("curl", ["--silent", "--fail", "--parallel", "--config", "-"], wishes.join("\n"));
  await command("cp", ["--recursive", "--reflink=auto", `${vault}/.`, pictures]);
  if (durable) {
    const files = ready.flatMap(({ imageUUID }) => [`${vault}/${imageUUID}.jpg`, `${pictures}/${imageUUID}.jpg`]);
    await command("sync", [...files, vault, pictures]);
  }
  return performance.now() - begun;
}
