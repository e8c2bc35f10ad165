import { Uri } from "vscode";
import type { Job, Picture } from "../../core/jobs/job.ts";
import type { Pixels } from "../../core/models/size.ts";
import type { Crop } from "../../core/targets/crop.ts";
import type { ExportTarget } from "../../core/targets/target.ts";
import { croppedShapes } from "../../core/targets/targetCrops.ts";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import type { CropShape, CropsById, CropView } from "../../protocol.ts";
import type { Services } from "../services.ts";
import { vaultUri } from "../storage/vaultUri.ts";
import { offeredTargets } from "./offeredTargets.ts";

/** The pixels of a stored picture. */
function pixelsOf({ file, width, height }: Picture): Pixels | undefined {
  return file === undefined || width === undefined || height === undefined ? undefined : { width, height };
}

const keyOf = (job: Job, picture: string, { width, height }: Pixels): string =>
  `${job.taskUUID} ${picture} ${width} ${height}`;

/** Knows how pictures are cropped for the targets that they were made for. */
export class CropViews {
  readonly #services: Pick<Services, "imaging" | "log" | "vault">;
  /** The parts that draw the eye, of the pictures that were asked for. */
  readonly #attention = new Map<string, Crop>();

  constructor(services: Pick<Services, "imaging" | "log" | "vault">) {
    this.#services = services;
  }

  /** The pictures of a job that are cropped. */
  async of(job: Job): Promise<CropsById> {
    const target = await this.#targetOf(job);
    const views = job.pictures.map((picture) => [picture.id, target && this.#view(job, picture, target)] as const);
    return Object.fromEntries(views.flatMap(([id, view]) => (view === undefined ? [] : [[id, view]])));
  }

  /**
   * Finds the parts of a picture that draw the eye, for `of`. Rejects with the error of the image
   * process.
   */
  async find(job: Job | undefined, id: string): Promise<void> {
    const picture = job?.pictures.find((one) => one.id === id);
    const pixels = picture && pixelsOf(picture);
    const target = job && (await this.#targetOf(job));
    if (job === undefined || picture === undefined || pixels === undefined || target === undefined) {
      return;
    }
    const { fsPath: file } = vaultUri(this.#services, picture);
    for (const shape of croppedShapes(target, pixels)) {
      const key = keyOf(job, id, shape);
      if (!this.#attention.has(key)) {
        this.#attention.set(key, await this.#services.imaging.findAttention({ file, pixels, target: shape }));
      }
    }
  }

  async #targetOf({ request, target }: Job): Promise<ExportTarget | undefined> {
    return (await offeredTargets(this.#services, Uri.parse(target.folder))).find(
      ({ id }) => id === request.exportTarget,
    );
  }

  #view(job: Job, picture: Picture, target: ExportTarget): CropView | undefined {
    const pixels = pixelsOf(picture);
    const [first, ...others] = (pixels === undefined ? [] : croppedShapes(target, pixels)).map((shape): CropShape => {
      const attention = this.#attention.get(keyOf(job, picture.id, shape));
      return { ...shape, ...(attention === undefined ? {} : { attention }) };
    });
    const { focus } = picture;
    return first === undefined
      ? undefined
      : {
          target: escapeBidiControls(target.name),
          shapes: [first, ...others],
          ...(focus === undefined ? {} : { focus }),
          ...(target.safeZone === undefined ? {} : { safeZone: target.safeZone }),
        };
  }
}
