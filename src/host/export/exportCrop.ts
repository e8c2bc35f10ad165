// Entry of dist/exportCrop.js, which is loaded when one image is exported.
import "../ui/l10nBundle.ts";
import type { Pixels } from "../../core/models/size.ts";
import type { ExportTarget } from "../../core/targets/target.ts";
import { croppedShapes } from "../../core/targets/targetCrops.ts";
import type { Services } from "../services.ts";
import { askCrop } from "./askCrop.ts";
import type { ExportedImage } from "./readImages.ts";

/** The crop of the only image of an export, which the user may move before. */
export interface ExportCrop {
  /** The image with the focus of its crop. */
  image(): ExportedImage;
  /** Lets the user move it; see `askCrop`. */
  move(): Promise<void>;
}

/** The crop of an image for a target; `undefined` if nothing is cut off. */
export function cropOf(
  services: Pick<Services, "dist" | "imaging">,
  target: ExportTarget,
  source: ExportedImage,
): ExportCrop | undefined {
  const [first, ...others]: readonly Pixels[] = croppedShapes(target, source.pixels);
  if (first === undefined) {
    return undefined;
  }
  let image = source;
  return {
    image: () => image,
    async move() {
      image = (await askCrop(services, image, target, [first, ...others])) ?? image;
    },
  };
}
