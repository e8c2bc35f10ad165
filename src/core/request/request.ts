import type { DeliveryMethod, OutputFormat, OutputType, SafetyMode, Tier } from "../models/model.ts";
import type { StoredToolUse, ToolUse } from "../tools/tool.ts";

/** An image that steers the result. */
export interface Reference {
  /** The name that users see, such as `images/hero.jpg`. */
  readonly label: string;
  /** The value to send: a data URI, a public URL, base64 or the UUID of an upload. */
  readonly image: string;
  /** URI of the file it was read from; absent if there is none, or it must not be stored. */
  readonly source?: string;
}

/**
 * The size of the pictures: pixels, a tier with the aspect ratio of the first reference, or the
 * service's choice.
 */
export type Shape =
  | { readonly width: number; readonly height: number }
  | { readonly resolution: Tier }
  | "like-reference";

/** A shape as a job file has it: its tier may be one that this version does not know. */
export type StoredShape = Exclude<Shape, { readonly resolution: Tier }> | { readonly resolution: string };

/** How the service checks for unsafe content. */
export interface Safety {
  readonly checkContent?: boolean | undefined;
  readonly mode?: SafetyMode | undefined;
}

/** A safety as a job file has it: its mode may be one that this version does not know. */
export type StoredSafety = Omit<Safety, "mode"> & { readonly mode?: string | undefined };

/** The user's request in Limn's terms. */
export interface Request {
  /** Id of the model that makes the pictures. */
  readonly model: string;
  /** The tool that makes the picture of the only reference; absent if a prompt makes it. */
  readonly tool?: ToolUse | undefined;
  /** With a tool it is not sent, and names the picture. */
  readonly prompt: string;
  /** Whether the prompt is only the name of the file that a tool changes; absent if it is not. */
  readonly promptIsFileName?: boolean | undefined;
  /** Id of the target that the pictures are for; absent if they are for none. */
  readonly exportTarget?: string | undefined;
  /** A sentence that the target adds to the prompt when it is sent. */
  readonly promptHint?: string | undefined;
  /** In sending order. */
  readonly references: readonly Reference[];
  readonly shape: Shape;
  /** Number of results. */
  readonly count: number;
  readonly format: OutputFormat;
  /** Compression quality. */
  readonly quality: number;
  readonly outputType: OutputType;
  readonly deliveryMethod: DeliveryMethod;
  readonly safety?: Safety | undefined;
  /** Lifetime of a result's link in seconds. */
  readonly ttl?: number | undefined;
  readonly webhookURL?: string;
  readonly uploadEndpoint?: string;
}

/** The fields of a request that a job file may have with values of a later version of Limn. */
export interface StoredFields {
  readonly tool?: StoredToolUse | undefined;
  readonly shape: StoredShape;
  readonly format: string;
  readonly outputType: string;
  readonly deliveryMethod: string;
  readonly safety?: StoredSafety | undefined;
}

/** A request as a job file has it. */
export type StoredRequest = Omit<Request, keyof StoredFields> & StoredFields;

/** Where the results of a job are saved. */
export interface Target {
  /** URI of the folder. */
  readonly folder: string;
  /** File name template without extension, see `naming.ts`. */
  readonly name: string;
  /** Extension of the files, such as `jpeg`, if it is another spelling than Limn's own. */
  readonly extension?: string | undefined;
  /** Whether every picture is saved automatically, or the user chooses first. */
  readonly keep: "all" | "ask";
  /** Whether a picture replaces a draft image that has its name, rather than get another name. */
  readonly replacesDraft?: boolean | undefined;
}

/** A request and the target of its pictures. */
export interface JobRequest {
  readonly request: Request;
  readonly target: Target;
  /** Whether the user chooses pictures in the panel's sheet, so that no dialog asks about them. */
  readonly settled?: boolean;
  /** USD that it is expected to cost; absent if the price lists say it. */
  readonly estimate?: number;
}
