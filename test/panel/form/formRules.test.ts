import { describe, expect, it } from "vitest";
import { klingImage3 } from "../../../src/core/models/family.ts";
import { formatOfName } from "../../../src/core/pictures/pictureFormat.ts";
import { withExtensionOf } from "../../../src/panel/form/fields/pathFormat.ts";
import {
  aspectRatiosOf,
  effectiveRatio,
  effectiveShape,
  effectiveTier,
  shapeOf,
} from "../../../src/panel/form/fields/shape.ts";
import { fitDraft } from "../../../src/panel/form/fitDraft.ts";
import { findPrompts } from "../../../src/panel/prompts/findPrompts.ts";
import { draftView, draftWithReferences, models, promptView } from "../harness/fixtures.ts";
import { defaultStyle, knownVariables } from "../harness/themes.ts";
import { usedVariables } from "../harness/usedVariables.ts";

describe("shapes", () => {
  it("cover every size of the model by ratio and tier, and no other", () => {
    const made = aspectRatiosOf(klingImage3).flatMap(({ name }) =>
      (["1k", "2k"] as const).map((tier) => shapeOf(klingImage3, name, tier)),
    );
    const sizes = klingImage3.sizes.map(({ width, height }) => ({ width, height }));
    expect(new Set(made.map((shape) => JSON.stringify(shape)))).toEqual(
      new Set(sizes.map((size) => JSON.stringify(size))),
    );
    expect(shapeOf(klingImage3, "5:4", "1k")).toBeUndefined();
  });

  it("are parsed back into their ratio and tier", () => {
    for (const { width, height, ratio, tier } of klingImage3.sizes) {
      expect(effectiveRatio(klingImage3, { width, height })).toBe(ratio);
      expect(effectiveTier(klingImage3, { width, height })).toBe(tier);
    }
  });

  it("are undefined if the draft has one that the model cannot make", () => {
    expect(effectiveShape(klingImage3, { shape: { width: 1000, height: 1000 } }, draftView())).toBeUndefined();
    expect(effectiveShape(klingImage3, { shape: { resolution: "1k" } }, draftView())).toBeUndefined();
    expect(effectiveShape(klingImage3, { shape: { resolution: "1k" } }, draftWithReferences(1))).toEqual({
      resolution: "1k",
    });
  });
});

describe("paths and formats", () => {
  it.each([
    ["images/fox.JPEG", "JPG"],
    ["fox.png", "PNG"],
    ["a.b/fox.webp", "WEBP"],
    ["fox", undefined],
    ["fox.gif", undefined],
    ["png", undefined],
  ])("reads %s as %s", (path, format) => {
    expect(formatOfName(path)).toBe(format);
  });

  it("changes only a known extension, and only if it differs", () => {
    expect(withExtensionOf("images/fox.jpeg", "JPG")).toBe("images/fox.jpeg");
    expect(withExtensionOf("images/fox.jpg", "WEBP")).toBe("images/fox.webp");
    expect(withExtensionOf("images/fox.v2", "PNG")).toBe("images/fox.v2");
  });
});

describe("the search over prompts", () => {
  it("finds all words in any order and case, in names and texts", () => {
    const prompts = [promptView(1, { text: "A fox in the SNOW" }), promptView(2, { name: "Snow", text: "A heron" })];
    expect(findPrompts(prompts, "  snow ").map(({ id }) => id)).toEqual(prompts.map(({ id }) => id));
    expect(findPrompts(prompts, "heron snow")).toEqual([prompts[1]]);
    expect(findPrompts(prompts, "fox heron")).toEqual([]);
  });
});

describe("the themes of these tests", () => {
  it("have every variable that the pages use", async () => {
    const missing = [...(await usedVariables(defaultStyle))].filter((name) => !knownVariables.has(name));
    expect(missing, "run test/panel/harness/captureThemes.ts").toEqual([]);
  });
});

describe("a draft that gets another model", () => {
  const [standard, , largest] = models;
  if (standard === undefined || largest === undefined) {
    throw new Error("The family has no model to change to.");
  }

  it("keeps everything that the model can make, without a note", () => {
    const fields = { prompt: "A fox", shape: { width: 2496, height: 1664 }, count: 3, quality: 80 };
    expect(fitDraft(fields, largest, draftView())).toEqual({ fields, notes: [] });
    expect(fitDraft({ prompt: "A fox" }, largest, draftView())).toEqual({ fields: { prompt: "A fox" }, notes: [] });
  });

  it("gets the nearest size of the model, and explains it", () => {
    expect(fitDraft({ prompt: "A fox", shape: { width: 6272, height: 2688 } }, standard, draftView())).toEqual({
      fields: { prompt: "A fox", shape: { width: 3104, height: 1312 } },
      notes: ["The size is now 3104 × 1312: Kling IMAGE 3.0 cannot make 6272 × 2688."],
    });
  });

  it("gets a size instead of the shape of its reference if the model cannot follow it", () => {
    for (const shape of ["like-reference", { resolution: "2k" }] as const) {
      expect(fitDraft({ shape }, largest, draftWithReferences(1))).toEqual({
        fields: { shape: { width: 2496, height: 1664 } },
        notes: ["The size is now 2496 × 1664, because Kling IMAGE O3 makes only fixed sizes."],
      });
    }
  });

  it("stays within the limits of the model", () => {
    const small = { ...standard, results: { min: 1, max: 4 }, quality: { ...standard.quality, max: 90 } };
    expect(fitDraft({ count: 20, quality: 99 }, small, draftView())).toEqual({
      fields: { count: 4, quality: 90 },
      notes: ["The number of pictures is now 4.", "The quality is now 90."],
    });
  });
});
