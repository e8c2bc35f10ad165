import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Job, Picture } from "../../../core/jobs/job.ts";
import { unshownFormatOf } from "../../../core/pictures/pictureFormat.ts";
import type { LogPort, Ports } from "../../../core/ports.ts";
import { inSlices } from "../../../core/slices.ts";
import type { Imaging } from "../../../imaging/imaging.ts";
import type { PictureSource } from "../../../imaging/operation.ts";
import { replaceFile } from "../../storage/durableFile.ts";
import { FolderIndex } from "./folderIndex.ts";
import { thumbnailName } from "./thumbnailName.ts";

/** Longest side in pixels: sharp on high-density screens at the size that the page shows. */
const thumbnailSide = 320;

/** Thumbnails for the panel: each is made once and stored on disk. */
export class Thumbnails {
  readonly index: FolderIndex;
  readonly #imaging: Imaging;
  readonly #locate: (name: string) => Promise<string>;
  readonly #log: LogPort;
  /** Thumbnails that failed; not tried again before the next start. */
  readonly #failed = new Set<string>();
  /** Pictures without a thumbnail, perhaps several times; the last one is made next. */
  #wanted: Picture[] = [];
  #isWorking = false;

  /** `locate` resolves to the path of a picture in the vault. */
  constructor(folder: string, imaging: Imaging, locate: (name: string) => Promise<string>, log: LogPort) {
    this.index = new FolderIndex(folder, log);
    this.#imaging = imaging;
    this.#locate = locate;
    this.#log = log;
  }

  /** Makes a thumbnail under this name, unless it exists. */
  async make(name: string, source: PictureSource): Promise<void> {
    await this.index.open();
    if (!this.index.has(name)) {
      const { bytes: small } = await this.#imaging.preview({ ...source, side: thumbnailSide });
      await replaceFile(join(this.index.folder, name), small);
      await this.index.refreshFile(name);
    }
  }

  /** Deletes a thumbnail. */
  async remove(name: string): Promise<void> {
    await rm(join(this.index.folder, name), { force: true });
    await this.index.refreshFile(name);
  }

  /** Starts the image process if pictures of the job are being downloaded. */
  prepareFor({ pictures }: Job): void {
    if (pictures.some(({ url, file, problem }) => url !== undefined && file === undefined && problem === undefined)) {
      this.#imaging.prepare();
    }
  }

  /** Puts the pictures of a job that have no thumbnail before all others. */
  want({ pictures }: Job): void {
    this.#wanted.push(...pictures.filter((picture) => this.#isMissing(picture)).toReversed());
  }

  /** Wants all that are missing. Those of the first jobs are made first. */
  async wantAll(jobs: readonly Job[], ports: Pick<Ports, "sleep">, signal: AbortSignal): Promise<void> {
    this.#wanted = [];
    const missing: Picture[] = [];
    const collect = ({ pictures }: Job) => {
      missing.push(...pictures.filter((picture) => this.#isMissing(picture)));
    };
    await inSlices(jobs, collect, ports, signal);
    this.#wanted = [...missing.toReversed(), ...this.#wanted];
  }

  /** Makes the wanted thumbnails one at a time, while `shouldContinue` returns true. */
  async makeWanted(shouldContinue: () => boolean): Promise<void> {
    if (this.#isWorking) {
      return;
    }
    this.#isWorking = true;
    try {
      while (this.#wanted.length > 0 && shouldContinue()) {
        const next = this.#wanted.pop();
        if (next !== undefined && this.#isMissing(next)) {
          await this.#makeFor(next);
        }
      }
    } finally {
      this.#isWorking = false;
    }
  }

  #isMissing(picture: Picture): boolean {
    const name = thumbnailName(picture);
    return (
      picture.file !== undefined &&
      unshownFormatOf(picture) === undefined &&
      !this.index.has(name) &&
      !this.#failed.has(name)
    );
  }

  async #makeFor(picture: Picture): Promise<void> {
    const name = thumbnailName(picture);
    try {
      await this.make(name, { file: await this.#locate(picture.file ?? "") });
    } catch (error) {
      this.#failed.add(name);
      this.#log.warn(`The thumbnail of picture ${picture.id} could not be made: ${String(error)}`);
    }
  }
}
