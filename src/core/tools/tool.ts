import type { OutputFormat } from "../models/model.ts";

/** The tools of the service. An id is also the API's `taskType`. */
export const toolIds = ["removeBackground", "upscale"] as const;
/** A tool's id. */
export type ToolId = (typeof toolIds)[number];

/** How a request uses a tool. */
export type ToolUse = Readonly<{
  id: ToolId;
  /** By how much the tool enlarges; absent if it keeps the pixels. */
  factor?: number | undefined;
}>;

/** A use of a tool as a job file has it: its tool may be one that this version does not know. */
export type StoredToolUse = Omit<ToolUse, "id"> & { readonly id: string };

/** Everything Limn knows about one tool: it changes one existing picture, without a prompt. */
export interface Tool {
  readonly id: ToolId;
  /** The identifier the API expects in `model`. */
  readonly model: string;
  /** The model's name that users know. */
  readonly modelName: string;
  /** What the tool does, for a menu. */
  readonly name: () => string;
  /** What a picture of the tool is, in a few words. */
  readonly result: (use: StoredToolUse) => string;
  /** How much it can enlarge, the least first; empty if it keeps the pixels. */
  readonly factors: readonly number[];
  /** The formats that make sense for the result. */
  readonly formats: readonly [OutputFormat, ...OutputFormat[]];
  /** Added to the name of the file, such as `-2x`. */
  readonly suffix: (use: ToolUse) => string;
  /** Whether its result is expected to have transparent parts. */
  readonly makesTransparency: boolean;
  readonly source: {
    /** Longest side in pixels. */
    readonly maxSide: number;
    /** Bytes of the encoded picture. */
    readonly maxBytes: number;
  };
  /** USD that others paid for one picture: an estimate, the answer's `cost` decides. */
  readonly price: number;
}
