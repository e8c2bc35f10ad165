import assert from "node:assert/strict";
import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freshFolder, jobsFolder, jobsOf, vaultFolder } from "./files.ts";
import { first, freshPrompt, made, send } from "./panel.ts";
import { set } from "./service.ts";

const tenDays = 10 * 86_400_000;

/** Makes a picture, does with it what is asked, and lets its job look ten days older. Gives the path of its file in the vault. */
async function longAgo(...wishes: readonly ("keep" | "star" | "discard")[]): Promise<string> {
  const prompt = freshPrompt();
  const { ref } = first(await made(prompt, { path: `${freshFolder()}/fox` }));
  for (const type of wishes) {
    await send(type === "star" ? { type, ...ref, starred: true } : { type, ...ref });
  }
  const [job] = await jobsOf(prompt);
  const path = join(jobsFolder, `${job?.taskUUID}.json`);
  const text: { createdAt: number } = JSON.parse(await readFile(path, "utf8"));
  await writeFile(path, JSON.stringify({ ...text, createdAt: text.createdAt - tenDays }));
  return join(vaultFolder, job?.pictures[0]?.file ?? "?");
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const areThere = (paths: readonly string[]): Promise<boolean[]> => Promise.all(paths.map(isThere));

describe("the vault", () => {
  it("keeps everything, however old, where no retention is set", async () => {
    const path = await longAgo("keep");
    await send({ type: "ready" });
    assert.equal(await isThere(path), true);
  });

  it("lets go of what was put away or kept long ago; never of what is starred, undecided or young", async () => {
    const old = [await longAgo("keep"), await longAgo("discard")];
    const safe = [await longAgo("keep", "star"), await longAgo()];
    const prompt = freshPrompt();
    const { ref } = first(await made(prompt, { path: `${freshFolder()}/fox` }));
    await send({ type: "keep", ...ref });
    const young = join(vaultFolder, (await jobsOf(prompt))[0]?.pictures[0]?.file ?? "?");
    assert.deepEqual(await areThere([...old, ...safe, young]), [true, true, true, true, true]);

    await set("vault.keepDays", 7);
    await send({ type: "ready" });
    assert.deepEqual(await areThere([...old, ...safe, young]), [false, false, true, true, true]);
  });
});
