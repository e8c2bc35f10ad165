import type { Pixels } from "../models/size.ts";
import { type Crop, cropAround, type Focus, isLargeEnough } from "./crop.ts";
import { type ExportFormat, type ExportTarget, innerPixels, type TargetFile, type TextFile } from "./target.ts";
import { webManifest } from "./webManifest.ts";

/** A picture to export. */
export interface ExportSource {
  /** Name of its file without extension. */
  readonly name: string;
  readonly pixels: Pixels;
  /** What the user wants in the middle of each crop; absent: what draws the eye. */
  readonly focus?: Focus;
}

/** How one file is made of the source. */
export interface PlannedPicture {
  /** Pixels of the picture in the file: cropped to this shape, never scaled up. */
  readonly width: number;
  readonly height: number;
  /** Room on each side in pixels, beside `width` and `height`. */
  readonly margin: number;
  /** Colour behind the picture; absent if transparency stays. */
  readonly background?: string;
  readonly format: ExportFormat;
  /** The part of the source that it shows; absent: the one that draws the eye. */
  readonly crop?: Crop;
  /** Largest number of bytes. */
  readonly maxBytes?: number;
}

/** What an export of one source writes. Paths are below the folder of the export. */
export interface ExportPlan {
  readonly pictures: readonly { readonly path: string; readonly picture: PlannedPicture }[];
  /** An ICO file of these PNG pictures. */
  readonly icon?: { readonly path: string; readonly pictures: readonly PlannedPicture[] };
  readonly texts: readonly TextFile[];
  /** Files that would need more pixels than the source has. */
  readonly tooLarge: readonly Pixels[];
}

/** The pixels of a file, if the source is large enough for it or not. */
function pixelsOf({ width, height }: TargetFile, { width: sourceWidth, height: sourceHeight }: Pixels): Pixels {
  if (width === undefined) {
    return { width: sourceWidth, height: sourceHeight };
  }
  return { width, height: height ?? Math.max(1, Math.round((sourceHeight * width) / sourceWidth)) };
}

/** The crop of a source with a focus. */
const cropField = ({ pixels, focus }: ExportSource, shape: Pixels): Pick<PlannedPicture, "crop"> =>
  focus === undefined ? {} : { crop: cropAround(pixels, shape, focus) };

function planPicture(file: TargetFile, source: ExportSource): PlannedPicture {
  const inner = innerPixels(pixelsOf(file, source.pixels), file);
  return {
    ...inner,
    format: file.format,
    ...cropField(source, inner),
    ...(file.background === undefined ? {} : { background: file.background }),
    ...(file.maxBytes === undefined ? {} : { maxBytes: file.maxBytes }),
  };
}

/**
 * Plans the files of a target. Of several widths those are left out that the source is too small
 * for.
 *
 * @param appName name in the web app manifest.
 */
export function planExport(target: ExportTarget, source: ExportSource, appName: string): ExportPlan {
  const { name, pixels } = source;
  const planned = target.files.map((file) => ({
    // A function, since `$` in a name would be special.
    path: file.path.replaceAll("{name}", () => name),
    picture: planPicture(file, source),
  }));
  const isPossible = ({ picture }: { readonly picture: PlannedPicture }) => isLargeEnough(pixels, picture);
  const { icon, manifest, texts = [] } = target;
  return {
    pictures: planned.filter(isPossible),
    ...(icon === undefined
      ? {}
      : {
          icon: {
            path: icon.path,
            pictures: icon.sides
              .map((side) => ({ width: side, height: side }))
              .map((shape) => ({ ...shape, margin: 0, format: "PNG" as const, ...cropField(source, shape) }))
              .filter((picture) => isLargeEnough(pixels, picture)),
          },
        }),
    texts: manifest === undefined ? texts : [...texts, { path: manifest, content: webManifest(target, appName) }],
    tooLarge: planned.filter((one) => !isPossible(one)).map(({ picture: { width, height } }) => ({ width, height })),
  };
}

/**
 * The pixels that the source lacks for the target; `undefined` if it can be exported. A set of
 * files needs all of them, except one of several widths.
 */
export function missingPixels(target: ExportTarget, plan: ExportPlan): Pixels | undefined {
  const isChoiceOfWidths = target.files.every(({ height }) => height === undefined);
  return isChoiceOfWidths && plan.pictures.length > 0 ? undefined : plan.tooLarge.at(0);
}
