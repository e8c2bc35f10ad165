/** Price and size tiers. A tier is also the name of the preset that follows a reference image. */
export const tiers = ["1k", "2k", "4k"] as const;
/** A tier, as the API spells the `resolution` preset. */
export type Tier = (typeof tiers)[number];

/** File formats the API encodes. */
export const outputFormats = ["JPG", "PNG", "WEBP"] as const;
/** A file format, as the API spells it. */
export type OutputFormat = (typeof outputFormats)[number];

/** The forms a result can be delivered in. */
export const outputTypes = ["URL", "base64Data", "dataURI"] as const;
/** The form of a result, as the API spells it. */
export type OutputType = (typeof outputTypes)[number];

/** How the API returns results: in a request that stays open, or acknowledged and then polled. */
export const deliveryMethods = ["sync", "async"] as const;
/** A delivery method, as the API spells it. */
export type DeliveryMethod = (typeof deliveryMethods)[number];

/** How thoroughly the service looks for unsafe content. */
export const safetyModes = ["none", "fast"] as const;
/** A safety mode, as the API spells it. */
export type SafetyMode = (typeof safetyModes)[number];

/** One size that a model can make. */
export interface Size {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** Aspect ratio as the vendor names it, such as `16:9`; the exact one is width / height. */
  readonly ratio: string;
  readonly tier: Tier;
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
  /** The name that users know. */
  readonly name: string;
  /** The special features of the model, in a few translated words. */
  readonly summary: () => string;
  /** The first size has the default aspect ratio; see `defaultSize`. */
  readonly sizes: readonly [Size, ...Size[]];
  /** Presets that follow the first reference image; empty if the model has no `resolution`. */
  readonly resolutions: readonly Tier[];
  /** Whether width and height are required, with reference images too. */
  readonly isSizeRequired: boolean;
  /** Characters (Unicode code points). */
  readonly promptMinimum: number;
  /** Characters (Unicode code points). */
  readonly promptLimit: number;
  readonly results: IntegerRange;
  readonly quality: IntegerRange & { readonly default: number };
  /** Seconds; the model's page names no upper bound. */
  readonly ttlMinimum: number;
  readonly formats: readonly OutputFormat[];
  readonly outputTypes: readonly OutputType[];
  readonly deliveryMethods: readonly DeliveryMethod[];
  readonly safetyModes: readonly SafetyMode[];
  readonly references: {
    /** The service may refuse more than this; Limn warns. */
    readonly guaranteed: number;
    /** Limn never sends more than this. */
    readonly max: number;
    /** Maximum length of a side in pixels; a larger picture is shrunk before it is sent. */
    readonly maxSide: number;
    /** Shortest side in pixels that the vendor accepts. */
    readonly minSide: number;
    /** Widest aspect ratio that the vendor accepts, in either orientation. */
    readonly maxAspect: number;
    /** Bytes of one encoded reference. */
    readonly maxBytes: number;
  };
  /** USD for one result in each of the model's tiers: an estimate, the answer's `cost` decides. */
  readonly price: Readonly<Partial<Record<Tier, number>>>;
}

/** Models to choose from; the first is the default. */
export type Family = readonly [Model, ...Model[]];
