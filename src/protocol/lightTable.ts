import * as z from "zod/mini";
import type { Pixels } from "../core/models/size.ts";
import type { Crop, Focus } from "../core/targets/crop.ts";
import type { SafeZone } from "../core/targets/target.ts";
import type { PictureView } from "./jobView.ts";
import { pictureIntentSchemas } from "./pictureIntents.ts";
import { type PictureRef, pictureRefFields, pictureRefSchema } from "./pictureRef.ts";

/** A shape that a picture is cropped to. */
export interface CropShape extends Pixels {
  /** The part that draws the eye; absent until the page has asked for it. */
  readonly attention?: Crop;
}

/** How a picture is cropped for the target that it was made for. */
export interface CropView {
  /** Name of the target. */
  readonly target: string;
  /** The shapes of its files, the one that loses most first. */
  readonly shapes: readonly [CropShape, ...CropShape[]];
  /** What the user wants in the middle; absent: what draws the eye. */
  readonly focus?: Focus;
  readonly safeZone?: SafeZone;
}

/** How the pictures of a job are cropped, by their ids. */
export type CropsById = Readonly<Record<string, CropView>>;

/** One picture of the light table's filmstrip. */
export interface TablePicture extends PictureView {
  /** What the user knows it by, such as “A mountain hut at dawn, 2 of 4”. */
  readonly label: string;
  /** Link to its bytes; absent if Limn cannot show them. */
  readonly link?: string;
  readonly isDiscarded: boolean;
  /** Absent if its target cuts nothing off, or it has none. */
  readonly crop?: CropView;
}

/** The job whose pictures the light table shows. */
export interface TableJob {
  readonly id: string;
  /** Its stored pictures in their order, those discarded among them. */
  readonly pictures: readonly TablePicture[];
  /** Number of pictures that have not arrived yet. */
  readonly pending: number;
  /** Whether its pictures can replace a workspace file that they were made from. */
  readonly hasReferenceFile: boolean;
  /** Link to the folder of thumbnails, ending in a slash. */
  readonly thumbnails: string;
  /** Id of the picture that the host has opened. */
  readonly shown: string;
  /** Grows each time the host opens a picture; the page shows `shown` once for each. */
  readonly showNumber: number;
}

/** One of two pictures that are compared. */
export interface ComparedPicture {
  /** What the user knows it by: a path, or words of its prompt. */
  readonly label: string;
  /** Link to its bytes; absent if they could not be read. */
  readonly link?: string;
  /** A sentence that says why they could not be read. */
  readonly problem?: string;
}

/** Two pictures to compare. */
export interface Comparison {
  readonly left: ComparedPicture;
  readonly right: ComparedPicture;
  /** Whether the light table was opened to compare, so that Escape closes it. */
  readonly isDirect: boolean;
}

/**
 * From host to the light table's page, on `ready` and on each change: a job, two pictures to
 * compare, or both if one of the two is of that job.
 */
export interface LightTableMessage {
  readonly type: "lightTable";
  readonly job?: TableJob;
  readonly comparison?: Comparison;
}

const lightTableIntentSchema = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready") }),
  ...pictureIntentSchemas,
  /** The user looks at this picture now. */
  z.strictObject({ type: z.literal("show"), ...pictureRefFields }),
  /** The user wants to see how this picture is cropped. */
  z.strictObject({ type: z.literal("findCrop"), ...pictureRefFields }),
  z.strictObject({ type: z.literal("stopComparing") }),
  z.strictObject({ type: z.literal("close") }),
]);

/** A message from the light table's page to the host: what the user wants. */
export type LightTableIntent = z.infer<typeof lightTableIntentSchema>;

/** Reads a message of the light table's page; returns `undefined` if it is not a valid intent. */
export const parseLightTableIntent = (value: unknown): LightTableIntent | undefined =>
  lightTableIntentSchema.safeParse(value).data;

const tableStateSchema = z.object({ shown: pictureRefSchema });

/** Reads the picture that the page has kept for a reload of the window, if any. */
export const parseTableState = (value: unknown): PictureRef | undefined =>
  tableStateSchema.safeParse(value).data?.shown;
