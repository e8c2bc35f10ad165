import { link, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Picture } from "../../src/core/jobs/job.ts";
import { greyPng } from "./greyPng.ts";
import { storedJob, storedRequest } from "./storedJob.ts";

/** How many files are written at once. */
const atOnce = 100;

/** Pictures of a journal that was filled by `writeManyPictures`. */
export interface ManyPictures {
  /** Id of the job of the picture at an index, oldest first. */
  idOf(index: number): string;
  /** Deletes all files. */
  remove(): Promise<void>;
}

const idOf = (index: number): string => `${String(index).padStart(8, "0")}-0000-4000-8000-000000000000`;
const pictureId = "picture-0001";

/** The file of a finished job with one picture, made `index` minutes after the first one. */
function jobFile(index: number, firstAt: number): string {
  const createdAt = firstAt + index * 60_000;
  const id = idOf(index);
  const picture: Picture = {
    id: pictureId,
    imageUUID: id,
    seed: String(index),
    cost: 0.028,
    width: 64,
    height: 64,
    format: "PNG",
    file: `${id}_${pictureId}.png`,
    kept: [],
  };
  const prompt = `A fox in the snow at dusk with a lantern, wide angle, soft light, picture ${index}`;
  return JSON.stringify(
    storedJob({
      taskUUID: id,
      createdAt,
      updatedAt: createdAt,
      request: { ...storedRequest, prompt, shape: { width: 1360, height: 768 } },
      target: { folder: "file:///none", name: "{slug}", keep: "ask" },
      settled: true,
      pictures: [picture],
    }),
  );
}

async function inGroups(count: number, write: (index: number) => Promise<void>): Promise<void> {
  for (let start = 0; start < count; start += atOnce) {
    await Promise.all(Array.from({ length: Math.min(atOnce, count - start) }, (_, at) => write(start + at)));
  }
}

/**
 * Fills Limn's storage folder with finished jobs of one picture each, with picture and thumbnail:
 * hard links of two files.
 *
 * @param lastAt When the newest job was made, in milliseconds since the epoch.
 */
export async function writeManyPictures(storage: string, count: number, lastAt: number): Promise<ManyPictures> {
  const folders = {
    jobs: join(storage, "jobs"),
    vault: join(storage, "vault"),
    thumbnails: join(storage, "thumbnails"),
  };
  const source = join(storage, ".many-pictures.png");
  const filesOf = (index: number) => {
    const stem = `${idOf(index)}_${pictureId}`;
    return {
      job: join(folders.jobs, `${idOf(index)}.json`),
      picture: join(folders.vault, `${stem}.png`),
      thumbnail: join(folders.thumbnails, `${stem}.webp`),
    };
  };
  await Promise.all(Object.values(folders).map((folder) => mkdir(folder, { recursive: true })));
  await writeFile(source, greyPng(64, 64, 200));
  await inGroups(count, async (index) => {
    const { job, picture, thumbnail } = filesOf(index);
    await Promise.all([
      writeFile(job, jobFile(index, lastAt - count * 60_000)),
      link(source, picture),
      link(source, thumbnail),
    ]);
  });
  return {
    idOf,
    async remove() {
      await inGroups(count, async (index) => {
        await Promise.all(Object.values(filesOf(index)).map((file) => rm(file, { force: true })));
      });
      await rm(source, { force: true });
    },
  };
}
