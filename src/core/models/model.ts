/** The forms a result can be delivered in, as the API spells them. */
export type OutputType = "URL" | "base64Data" | "dataURI";
/** File formats the API encodes. */
export type OutputFormat = "JPG" | "PNG" | "WEBP";
/** The preset that takes its aspect ratio from the first reference image. */
export type Resolution = "1k" | "2k";
/** How the API hands over results: held open, or acknowledged and polled. */
export type DeliveryMethod = "sync" | "async";
/** How thoroughly the service looks for unsafe content. */
export type SafetyMode = "none" | "fast";

/** One pair of pixels a model can make. */
export interface Size {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /**
   * Nominal aspect ratio as its vendor names it, such as `16:9`; the exact one is width / height.
   */
  readonly ratio: string;
  /** Price and resolution tier the size belongs to. */
  readonly tier: Resolution;
}

/** A closed range of whole numbers. */
export interface IntegerRange {
  readonly min: number;
  readonly max: number;
}

/** Everything Limn knows about one model. A sibling model is one more value of this type. */
export interface Model {
  /** The identifier the API expects in `model`. */
  readonly id: string;
  /** The name a person knows it by. */
  readonly name: string;
  readonly sizes: readonly Size[];
  readonly resolutions: readonly Resolution[];
  /** Characters (Unicode code points). */
  readonly promptLimit: number;
  readonly results: IntegerRange;
  readonly quality: IntegerRange & { readonly default: number };
  /** Seconds; there is no upper bound on the page. */
  readonly ttlMinimum: number;
  readonly formats: readonly OutputFormat[];
  readonly outputTypes: readonly OutputType[];
  readonly deliveryMethods: readonly DeliveryMethod[];
  readonly safetyModes: readonly SafetyMode[];
  readonly references: {
    /** More than this may be refused by the service: a person is told so. */
    readonly guaranteed: number;
    /** More than this is never sent. */
    readonly max: number;
    /** Longest side in pixels that is sent. */
    readonly maxSide: number;
    /** Shortest side in pixels the vendor accepts. */
    readonly minSide: number;
    /** Widest aspect ratio accepted, in either orientation. */
    readonly maxAspect: number;
    /** Bytes of one encoded reference. */
    readonly maxBytes: number;
  };
  /** USD for one result: an estimate, since the answer's `cost` is the truth. */
  readonly price: Readonly<Record<Resolution, number>>;
}
