import type { Comparison, TableJob, TablePicture } from "../protocol.ts";
import { thumbnailLink } from "./filmstrip.ts";
import { type LoadedPicture, loadPicture } from "./viewer/loadedPicture.ts";

/** One picture, or two that are compared. */
export type ShownPictures = readonly [LoadedPicture, LoadedPicture?];

/**
 * Loads what the page shows, one thing at a time. Until a picture is loaded, its thumbnail takes
 * its place. Loaded pictures are remembered, so that the user can flip between them.
 */
export class PictureLoader {
  readonly #onLoad: (pictures: ShownPictures) => void;
  /** Pictures of the filmstrip, by link. */
  readonly #loaded = new Map<string, Promise<LoadedPicture>>();
  /** What is being loaded or shown. */
  #current = "";

  constructor(onLoad: (pictures: ShownPictures) => void) {
    this.#onLoad = onLoad;
  }

  /** Shows two pictures when both are loaded. */
  compare({ left, right }: Comparison): void {
    this.#show(JSON.stringify([left, right]), () => Promise.all([loadPicture(left), loadPicture(right)]));
  }

  /** Shows a picture of the job, and loads the ones beside it. */
  show(job: TableJob, picture: TablePicture): void {
    const { label, link, width = 1, height = 1, problem, notes } = picture;
    this.#show(JSON.stringify([label, link, problem]), async () => {
      if (link === undefined) {
        const [note] = notes;
        return [await loadPicture({ label, ...(note === undefined ? {} : { problem: note }) })];
      }
      this.#onLoad([{ label, link: thumbnailLink(job, picture) ?? link, size: { width, height } }]);
      return [{ ...(await this.#load(link)), label }];
    });
    const index = job.pictures.indexOf(picture);
    for (const { link } of job.pictures.slice(Math.max(index - 1, 0), index + 2)) {
      if (link !== undefined) {
        void this.#load(link);
      }
    }
  }

  /**
   * Never rejects: a picture that cannot be loaded has a `problem`. It is loaded again the next
   * time, since its file may be back.
   */
  #load(link: string): Promise<LoadedPicture> {
    const loading =
      this.#loaded.get(link) ??
      loadPicture({ label: "", link }).then((picture) => {
        if (picture.problem !== undefined) {
          this.#loaded.delete(link);
        }
        return picture;
      });
    this.#loaded.set(link, loading);
    return loading;
  }

  #show(key: string, load: () => Promise<ShownPictures>): void {
    if (key === this.#current) {
      return;
    }
    this.#current = key;
    void load().then((pictures) => {
      if (key === this.#current) {
        this.#onLoad(pictures);
      }
    });
  }
}
