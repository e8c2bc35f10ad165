import * as l10n from "@vscode/l10n";
import {
  deliveryMethods,
  type Family,
  type Model,
  outputFormats,
  outputTypes,
  type Size,
  safetyModes,
} from "./model.ts";

/** Sizes that all models of the family make. Source: the page of `klingai:kling-image@3`. */
const commonSizes = [
  { width: 1024, height: 1024, ratio: "1:1", tier: "1k" },
  { width: 1248, height: 832, ratio: "3:2", tier: "1k" },
  { width: 832, height: 1248, ratio: "2:3", tier: "1k" },
  { width: 1168, height: 880, ratio: "4:3", tier: "1k" },
  { width: 880, height: 1168, ratio: "3:4", tier: "1k" },
  { width: 768, height: 1360, ratio: "9:16", tier: "1k" },
  { width: 1360, height: 768, ratio: "16:9", tier: "1k" },
  { width: 1552, height: 656, ratio: "21:9", tier: "1k" },
  { width: 2048, height: 2048, ratio: "1:1", tier: "2k" },
  { width: 2496, height: 1664, ratio: "3:2", tier: "2k" },
  { width: 1664, height: 2496, ratio: "2:3", tier: "2k" },
  { width: 2336, height: 1760, ratio: "4:3", tier: "2k" },
  { width: 1760, height: 2336, ratio: "3:4", tier: "2k" },
  { width: 1536, height: 2720, ratio: "9:16", tier: "2k" },
  { width: 2720, height: 1536, ratio: "16:9", tier: "2k" },
  { width: 3104, height: 1312, ratio: "21:9", tier: "2k" },
] as const satisfies readonly Size[];

/** Source: the page of `klingai:kling-image@o3`. */
const sizes4k = [
  { width: 4096, height: 4096, ratio: "1:1", tier: "4k" },
  { width: 4992, height: 3328, ratio: "3:2", tier: "4k" },
  { width: 3328, height: 4992, ratio: "2:3", tier: "4k" },
  { width: 4736, height: 3520, ratio: "4:3", tier: "4k" },
  { width: 3520, height: 4736, ratio: "3:4", tier: "4k" },
  { width: 3072, height: 5440, ratio: "9:16", tier: "4k" },
  { width: 5440, height: 3072, ratio: "16:9", tier: "4k" },
  { width: 6272, height: 2688, ratio: "21:9", tier: "4k" },
] as const satisfies readonly Size[];

/**
 * Kling IMAGE 3.0. Source: the model's page (Runware Docs, February 2026). The limits of reference
 * images are not on that page: they are conservative values of the upstream vendor.
 */
export const klingImage3 = {
  id: "klingai:kling-image@3",
  name: "Kling IMAGE 3.0",
  summary: () => l10n.t("1K and 2K, with or without reference images"),
  sizes: commonSizes,
  resolutions: ["1k", "2k"],
  isSizeRequired: false,
  promptMinimum: 1,
  promptLimit: 2500,
  results: { min: 1, max: 20 },
  quality: { min: 20, max: 99, default: 95 },
  ttlMinimum: 60,
  formats: outputFormats,
  outputTypes,
  deliveryMethods,
  safetyModes,
  references: { guaranteed: 1, max: 10, maxSide: 2048, minSide: 300, maxAspect: 2.5, maxBytes: 10_000_000 },
  price: { "1k": 0.028, "2k": 0.028 },
} as const satisfies Model;

/**
 * Kling IMAGE O1. Source: the model's page and the vendor's page of 2025, which allows ten
 * reference images and prompts of 3 to 2500 characters. The price of 2K is that of 1K.
 */
const klingImageO1 = {
  ...klingImage3,
  id: "klingai:kling-image@o1",
  name: "Kling IMAGE O1",
  summary: () => l10n.t("1K and 2K, for up to ten reference images"),
  promptMinimum: 3,
  references: { ...klingImage3.references, guaranteed: 10 },
} as const satisfies Model;

/**
 * Kling IMAGE O3. Source: the model's page and the vendor's generated types, which require width
 * and height and have no `resolution`. The prompt limit is unknown; that of `@3` is assumed.
 */
const klingImageO3 = {
  ...klingImage3,
  id: "klingai:kling-image@o3",
  name: "Kling IMAGE O3",
  summary: () => l10n.t("1K, 2K and 4K, in fixed sizes only"),
  sizes: [...commonSizes, ...sizes4k],
  resolutions: [],
  isSizeRequired: true,
  price: { "1k": 0.028, "2k": 0.028, "4k": 0.056 },
} as const satisfies Model;

/** All models of Limn. To add a sibling, add its value here and run `npm run fix`. */
export const family = [klingImage3, klingImageO1, klingImageO3] as const satisfies Family;
