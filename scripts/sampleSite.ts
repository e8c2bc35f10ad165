import { cp, mkdir } from "node:fs/promises";
import { sampleFolder } from "./paths.ts";

/** Copies the sample site to `folder`, and creates the folder. */
export async function copySample(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(sampleFolder, folder, { recursive: true });
}
