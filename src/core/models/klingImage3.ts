import type { Model } from "./model.ts";

/**
 * Kling IMAGE 3.0 as data.
 *
 * Source: the model's page (Runware Docs, `klingai:kling-image@3`, February 2026) for sizes,
 * limits, formats and price. The reference limits are not on that page; they are the upstream
 * vendor's, and kept on the careful side.
 */
export const klingImage3 = {
  id: "klingai:kling-image@3",
  name: "Kling IMAGE 3.0",
  sizes: [
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
  ],
  resolutions: ["1k", "2k"],
  promptLimit: 2500,
  results: { min: 1, max: 20 },
  quality: { min: 20, max: 99, default: 95 },
  ttlMinimum: 60,
  formats: ["JPG", "PNG", "WEBP"],
  outputTypes: ["URL", "base64Data", "dataURI"],
  deliveryMethods: ["sync", "async"],
  safetyModes: ["none", "fast"],
  references: { guaranteed: 1, max: 10, maxSide: 2048, minSide: 300, maxAspect: 2.5, maxBytes: 10_000_000 },
  price: { "1k": 0.028, "2k": 0.028 },
} as const satisfies Model;
