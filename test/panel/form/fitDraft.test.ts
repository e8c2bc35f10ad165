import { describe, expect, it } from "vitest";
import { fitDraft } from "../../../src/panel/form/fitDraft.ts";
import type { DraftFields, DraftView, ModelView } from "../../../src/protocol.ts";
import { draftView, draftWithReferences, models } from "../harness/fixtures.ts";

const [standard, , largest] = models;
if (standard === undefined || largest === undefined) {
  throw new Error("The family has no model to change to.");
}

/** A size of the model that can do little. */
const shape = { width: 1600, height: 1600 };

/** A model that does not exist, and can do little. */
const swan: ModelView = {
  ...standard,
  id: "acme:swan@1",
  name: "Swan",
  sizes: [
    { width: 1600, height: 1600, ratio: "1:1", tier: "1k" },
    { width: 3000, height: 3000, ratio: "1:1", tier: "2k" },
    { width: 3000, height: 2250, ratio: "4:3", tier: "2k" },
  ],
  resolutions: ["1k", "4k"],
  results: { min: 2, max: 4 },
  quality: { min: 85, max: 90, default: 90 },
  formats: ["PNG"],
  safetyModes: ["none"],
};

const fit = (fields: DraftFields, to: ModelView, view: DraftView = draftView(), from: ModelView = standard) =>
  fitDraft(fields, { from, to, draftView: view });

describe("a draft that gets another model", () => {
  it("keeps everything that the model can make, without a note", () => {
    const fields = { prompt: "A fox", shape: { width: 2496, height: 1664 }, count: 3, quality: 80 };
    expect(fit(fields, largest)).toEqual({ changes: {}, notes: [] });
    expect(fit({ prompt: "A fox" }, largest)).toEqual({ changes: {}, notes: [] });
  });

  it("gets the nearest size of the model, and explains it", () => {
    expect(fit({ prompt: "A fox", shape: { width: 6272, height: 2688 } }, standard, draftView(), largest)).toEqual({
      changes: { shape: { width: 3104, height: 1312 } },
      notes: ["The size is now 3104 × 1312: Kling IMAGE 3.0 cannot make 6272 × 2688."],
    });
  });

  it.each([
    ["1K", { width: 1024, height: 1024 }, { width: 1600, height: 1600 }],
    // 1600 × 1600 would be nearer in pixels.
    ["2K", { width: 2048, height: 2048 }, { width: 3000, height: 3000 }],
    // Only 2K has the ratio.
    ["1K, before its aspect ratio", { width: 1168, height: 880 }, { width: 1600, height: 1600 }],
  ])("keeps its tier %s", (_, shape, fitted) => {
    expect(fit({ shape, format: "PNG", count: 2, quality: 90 }, swan).changes).toEqual({ shape: fitted });
  });

  it("keeps the lower one of two tiers that are equally near", () => {
    const fields = { shape: { resolution: "2k" }, format: "PNG", count: 2, quality: 90 } as const;
    expect(fit(fields, swan, draftWithReferences(1))).toEqual({
      changes: { shape: { resolution: "1k" } },
      notes: ["The resolution was changed to one that Swan can make."],
    });
  });

  it("gets a size instead of the shape of its reference if the model cannot follow it", () => {
    for (const shape of ["like-reference", { resolution: "2k" }] as const) {
      expect(fit({ shape }, largest, draftWithReferences(1))).toEqual({
        changes: { shape: { width: 2496, height: 1664 } },
        notes: ["The size is now 2496 × 1664, because Kling IMAGE O3 makes only fixed sizes."],
      });
    }
  });

  it("says which size it has now if its shape was left to Limn", () => {
    const remote = draftView({ references: [{ id: "one", label: "fox.jpg" }] });
    expect(fit({ prompt: "A fox" }, largest, remote)).toEqual({
      changes: {},
      notes: ["The size is now 2048 × 2048, because Kling IMAGE O3 makes only fixed sizes."],
    });
    expect(fit({ prompt: "A fox" }, standard, remote, largest)).toEqual({
      changes: {},
      notes: ["The shape is now that of the first reference."],
    });
    const file = { thumbnail: "", width: 6272, height: 2688, bytes: 1 };
    const large = draftView({ references: [{ id: "one", label: "fox.jpg", file }] });
    expect(fit({ prompt: "A fox" }, largest, large)).toEqual({
      changes: {},
      notes: ["The size is now 6272 × 2688."],
    });
  });

  it("stays within the limits of the model", () => {
    expect(fit({ shape, format: "PNG", count: 20, quality: 99 }, swan)).toEqual({
      changes: { count: 4, quality: 90 },
      notes: ["The number of pictures is now 4.", "The quality is now 90."],
    });
  });

  it("keeps numbers that were out of range before, which the form reports", () => {
    const fields = { shape, format: "PNG", count: 21, quality: 100 } as const;
    expect(fit(fields, swan)).toEqual({ changes: {}, notes: [] });
  });

  it("gets only values that the model accepts, in fields that the user has set", () => {
    const fields = { shape, format: "PNG", count: 2, quality: 90 } as const;
    expect(fit({ ...fields, safety: "fast" }, swan)).toEqual({
      changes: { safety: "off" },
      notes: ["The safety check is now Off."],
    });
    expect(fit(fields, swan)).toEqual({ changes: {}, notes: [] });
    expect(fit({ ...fields, safety: "off" }, swan)).toEqual({ changes: {}, notes: [] });
  });

  it("changes the extension of its path together with its format", () => {
    const fields = { shape, count: 2, quality: 90 };
    expect(fit({ ...fields, format: "JPG", path: "images/fox.jpg" }, swan)).toEqual({
      changes: { format: "PNG", path: "images/fox.png" },
      notes: ["The format is now PNG."],
    });
    expect(fit({ ...fields, format: "JPG", path: "images/{slug}" }, swan).changes).toEqual({ format: "PNG" });
  });

  it("gets its own values instead of those of the settings that the model cannot use", () => {
    const defaults = { count: 1, format: "WEBP", quality: 80, path: "images/{slug}.webp" } as const;
    expect(fit({ prompt: "A fox", shape }, swan, draftView({ defaults }))).toEqual({
      changes: { count: 2, quality: 85, format: "PNG", path: "images/{slug}.png" },
      notes: ["The number of pictures is now 2.", "The quality is now 85.", "The format is now PNG."],
    });
  });
});
