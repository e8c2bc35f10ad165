import { cp, mkdir } from "node:fs/promises";
import { sampleFolder } from "./paths.ts";

/** Copies the sample site to `folder`, which is created if it is missing. */
export async function copySample(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(sampleFolder, folder, { recursive: true });
}
