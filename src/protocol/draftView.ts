import type { OutputFormat } from "../core/models/model.ts";
import type { Pixels } from "../core/models/size.ts";

/** A reference image of the draft. */
export interface ReferenceView {
  readonly id: string;
  readonly label: string;
  /** Absent if Runware fetches the image itself, by its address or UUID. */
  readonly file?: ReferenceFile;
}

/** A reference image that is a file. */
export interface ReferenceFile {
  /** Link to its thumbnail. */
  readonly thumbnail: string;
  /** Pixels and bytes as they will be sent. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** What the host knows of the draft; the page keeps its fields. */
export interface DraftView {
  readonly references: readonly ReferenceView[];
  /** Number of stored references that are still being read, if `references` is empty for that. */
  readonly unreadReferences?: number;
  /** One line on what will be sent, with notes for the user; empty without references. */
  readonly referenceNote: string;
  /** What the user chose last, and values of the settings, for fields that the draft lacks. */
  readonly defaults: {
    /** The size that was chosen last; see `defaultSize`. */
    readonly size?: Pixels;
    /** See `defaultCount`. */
    readonly count: number;
    readonly format: OutputFormat;
    readonly quality: number;
    readonly path: string;
  };
  /** The answers to the last `previewPath`. */
  readonly savePathPreview?: SavePathPreview;
  /** Absent if the draft has no target. */
  readonly targetPreview?: TargetPreview;
}

/** A target that pictures can be made for. */
export interface TargetView {
  readonly id: string;
  readonly name: string;
  /** Name of its group. */
  readonly group: string;
  /** The size that loses least, by the id of the model; empty if it takes any shape. */
  readonly sizes: Readonly<Record<string, Pixels>>;
}

/** What the target of a draft makes of its pictures. */
export interface TargetPreview {
  /** Id of the target that this is about. */
  readonly target: string;
  /** What becomes of the pictures, such as `1200 × 630 · JPG · 7 % is cut off`. */
  readonly text: string;
  /** Whether the pictures are too small for it. */
  readonly isTooSmall: boolean;
  /** A sentence for the prompt. */
  readonly hint?: string;
  /** What is cut off; absent if nothing is. */
  readonly crop?: CropPreview;
}

/** A picture, and the parts of it that the files of a target keep. */
export interface CropPreview {
  readonly picture: Pixels;
  readonly kept: readonly Pixels[];
}

/** Where the pictures of a draft would be saved. */
export interface SavePathPreview {
  /** The draft's path that this is about, as typed. */
  readonly path: string;
  /** Path of the first picture, as shown to the user; empty if there is none. */
  readonly savePath: string;
  /** A sentence that says why nothing can be saved there. */
  readonly error?: string;
}
