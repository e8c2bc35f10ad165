import type { DeliveryMethod, OutputFormat, OutputType, Resolution, SafetyMode } from "../models/model.ts";

/** An image that steers the result. */
export interface Reference {
  /** What a person knows it by, such as `images/hero.jpg`. */
  readonly label: string;
  /** What is sent: a data URI, a public URL, base64 or the UUID of an upload. */
  readonly image: string;
  /** URI of the file it was read from, where there is one. */
  readonly source?: string;
}

/**
 * The pixels asked for: a size, a preset that follows the reference, or whatever the service makes
 * of the reference.
 */
export type Shape =
  | { readonly width: number; readonly height: number }
  | { readonly resolution: Resolution }
  | "like-reference";

/** How the service looks for unsafe content. */
export interface Safety {
  readonly checkContent?: boolean | undefined;
  readonly mode?: SafetyMode | undefined;
}

/** What a person asks for, in Limn's words. */
export interface Request {
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

/** Where the results of a job are kept. */
export interface Target {
  /** URI of the folder. */
  readonly folder: string;
  /** File name template without extension, see `naming.ts`. */
  readonly name: string;
  /** Whether every picture goes there by itself, or a person chooses first. */
  readonly keep: "all" | "ask";
}

/** A request and where its pictures go. */
export interface JobRequest {
  readonly request: Request;
  readonly target: Target;
  /**
   * Whether nobody is to be asked about the pictures afterwards: they are picked from the panel's
   * sheet, whenever a person likes.
   */
  readonly settled?: boolean;
}
