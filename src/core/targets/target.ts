import type { Pixels } from "../models/size.ts";

/** The formats that a picture is exported in. */
export const exportFormats = ["PNG", "JPG", "WEBP", "AVIF"] as const;

/** One of the formats that a picture is exported in. */
export type ExportFormat = (typeof exportFormats)[number];

/** What becomes of transparency, and of the room around a picture. */
export interface Canvas {
  /** Colour behind the picture, such as `#ffffff`; absent if transparency stays. */
  readonly background?: string;
  /** Room on each side, as a share of the side of the file; 0 by default. */
  readonly padding?: number;
}

/** The middle part of a file that always stays visible, as shares of its sides. */
export interface SafeZone {
  readonly width: number;
  readonly height: number;
}

/** One picture file of a target. */
export interface TargetFile extends Canvas {
  /** Path below the folder of the export. `{name}` is the name of the source without extension. */
  readonly path: string;
  /** Absent: as high as the source's shape demands, or as the source itself without `width` too. */
  readonly height?: number;
  /** Pixels; absent: those of the source. */
  readonly width?: number;
  readonly format: ExportFormat;
  /** Largest number of bytes. */
  readonly maxBytes?: number;
}

/** An ICO file made of pictures. */
export interface IconFile {
  readonly path: string;
  /** Sides of its pictures in pixels. */
  readonly sides: readonly number[];
}

/** A text file of a target. */
export interface TextFile {
  /** Path below the folder of the export. */
  readonly path: string;
  readonly content: string;
}

/** Groups of targets, in the order in which they are offered. */
export type TargetGroup = "project" | "web" | "social" | "icons" | "apps" | "convert";

/** An exact deliverable. */
export interface ExportTarget {
  readonly id: string;
  readonly name: string;
  readonly group: TargetGroup;
  readonly files: readonly TargetFile[];
  readonly icon?: IconFile;
  /** Path of a web app manifest that lists the square files; absent if there is none. */
  readonly manifest?: string;
  /** Text files that tools read beside the pictures. */
  readonly texts?: readonly TextFile[];
  /** Lines for the head of an HTML page; absent if the files need none. */
  readonly htmlLines?: readonly string[];
  /** All of the files if absent. */
  readonly safeZone?: SafeZone;
  /** Whether the files are made to have a transparent background. */
  readonly isTransparent?: boolean;
  /** Whether the files belong into the folder that is served from the site's root. */
  readonly isForSiteRoot?: boolean;
}

/** The pixels of a file that has both; `undefined` if the source decides on one. */
export const fixedPixels = ({ width, height }: TargetFile): Pixels | undefined =>
  width === undefined || height === undefined ? undefined : { width, height };

/** The pixels of the picture in a file, without the room on each side of it. */
export function innerPixels({ width, height }: Pixels, { padding = 0 }: Canvas): Pixels & { readonly margin: number } {
  const margin = Math.ceil(Math.min(width, height) * padding);
  return { width: width - 2 * margin, height: height - 2 * margin, margin };
}

/** Whether files for several pictures fit into one folder, since their names are in the paths. */
export const namesItsSource = ({ files, icon }: ExportTarget): boolean =>
  icon === undefined && files.every(({ path }) => path.includes("{name}"));
