import { link, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { greyPng } from "./greyPng.ts";

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
  const size = { width: 64, height: 64 };
  return JSON.stringify({
    ...{ version: 1, taskUUID: id, state: "done", createdAt, updatedAt: createdAt, endpoint: "sandbox" },
    model: "klingai:kling-image@3",
    request: {
      prompt: `A fox in the snow at dusk with a lantern, wide angle, soft light, picture ${index}`,
      ...{ references: [], shape: { width: 1360, height: 768 }, count: 1, format: "PNG", quality: 95 },
      ...{ outputType: "URL", deliveryMethod: "async" },
    },
    target: { folder: "file:///none", name: "{slug}", keep: "ask" },
    ...{ estimate: 0.028, failures: [], settled: true },
    pictures: [
      {
        ...{ id: pictureId, imageUUID: id, seed: String(index), cost: 0.028, ...size, format: "PNG" },
        ...{ file: `${id}_${pictureId}.png`, kept: [] },
      },
    ],
  });
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
