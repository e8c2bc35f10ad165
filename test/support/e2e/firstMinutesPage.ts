import { readFile, writeFile } from "node:fs/promises";
import { root } from "../../../scripts/paths.ts";

const path = `${root}/docs/first-minutes.md`;

const rowOf = (task: string): RegExp =>
  new RegExp(`^(\\| ${task.replaceAll(/[.*+?^$()[\]{}|\\]/g, "\\$&")} \\| [^|]* \\|) ([^|]*) \\|$`, "m");

/** Returns the number of actions that docs/first-minutes.md has for a task now. */
export async function documentedActions(task: string): Promise<string | undefined> {
  return rowOf(task).exec(await readFile(path, "utf8"))?.[2];
}

/** Writes the number of actions of a task into docs/first-minutes.md. */
export async function writeActions(task: string, actions: string): Promise<void> {
  await writeFile(path, (await readFile(path, "utf8")).replace(rowOf(task), `$1 ${actions} |`));
}
