import type { DeliveryMethod, OutputFormat, OutputType, SafetyMode, Tier } from "../models/model.ts";

/** An image that steers the result. */
export interface Reference {
  /** The name that users see, such as `images/hero.jpg`. */
  readonly label: string;
  /** What is sent: a data URI, a public URL, base64 or the UUID of an upload. */
  readonly image: string;
  /** URI of the file it was read from; absent if there is none, or it must not be stored. */
  readonly source?: string;
}

/**
 * The size of the pictures: pixels, a tier with the aspect ratio of the first reference, or
 * whatever the service makes of the references.
 */
export type Shape =
  | { readonly width: number; readonly height: number }
  | { readonly resolution: Tier }
  | "like-reference";

/** How the service looks for unsafe content. */
export interface Safety {
  readonly checkContent?: boolean | undefined;
  readonly mode?: SafetyMode | undefined;
}

/** What the user asks for, in Limn's words. */
export interface Request {
  /** Id of the model that makes the pictures. */
  readonly model: string;
  readonly prompt: string;
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
  /** Seconds a result's link lives. */
  readonly ttl?: number | undefined;
  readonly webhookURL?: string;
  readonly uploadEndpoint?: string;
}

/** Where the results of a job are saved. */
export interface Target {
  /** URI of the folder. */
  readonly folder: string;
  /** File name template without extension, see `naming.ts`. */
  readonly name: string;
  /** Whether every picture is saved by itself, or the user chooses first. */
  readonly keep: "all" | "ask";
}

/** A request and where its pictures go. */
export interface JobRequest {
  readonly request: Request;
  readonly target: Target;
  /** Whether the user picks pictures from the panel's sheet and is not asked about them. */
  readonly settled?: boolean;
}
