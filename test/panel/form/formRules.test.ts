import { describe, expect, it } from "vitest";
import { klingImage3 } from "../../../src/core/models/family.ts";
import { formatOfName } from "../../../src/core/pictures/pictureFormat.ts";
import { promptsView } from "../../../src/host/panel/prompts/promptsView.ts";
import { withExtensionOf } from "../../../src/panel/form/fields/pathFormat.ts";
import {
  aspectRatiosOf,
  effectiveRatio,
  effectiveShape,
  effectiveTier,
  likeReference,
  shapeOf,
  tiersOfRatio,
} from "../../../src/panel/form/fields/shape.ts";
import { draftView, draftWithReferences, promptView } from "../harness/fixtures.ts";
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
  });

  it("take the nearest tier if a model does not have the ratio in the chosen one", () => {
    const sizes = [
      { width: 1024, height: 1024, ratio: "1:1", tier: "1k" },
      { width: 2720, height: 1536, ratio: "16:9", tier: "2k" },
      { width: 5440, height: 3072, ratio: "16:9", tier: "4k" },
    ] as const;
    const uneven = { sizes, resolutions: ["1k", "4k"], isSizeRequired: false } as const;
    expect(tiersOfRatio(uneven, "16:9")).toEqual(["2k", "4k"]);
    expect(tiersOfRatio(uneven, undefined)).toEqual(["1k", "2k", "4k"]);
    expect(shapeOf(uneven, "1:1", "4k")).toEqual({ width: 1024, height: 1024 });
    expect(shapeOf(uneven, "16:9", "1k")).toEqual({ width: 2720, height: 1536 });
    expect(shapeOf(uneven, "16:9", "4k")).toEqual({ width: 5440, height: 3072 });
    expect(shapeOf(uneven, undefined, "2k")).toEqual({ width: 2720, height: 1536 });
    // Of two tiers that are equally near, the lower one, since it costs less.
    expect(shapeOf(uneven, likeReference, "2k")).toEqual({ resolution: "1k" });
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
    const find = (search: string) => promptsView({ saved: [], history: prompts }, search).history;
    expect(find("  snow ").map(({ id }) => id)).toEqual(prompts.map(({ id }) => id));
    expect(find("heron snow")).toEqual([prompts[1]]);
    expect(find("fox heron")).toEqual([]);
  });

  it("returns the first 50, saved ones first, and how many are left out", () => {
    const prompts = (count: number) => Array.from({ length: count }, (_, n) => promptView(n, { text: `fox ${n}` }));
    const { saved, history, more } = promptsView({ saved: prompts(30), history: prompts(40) }, "fox");
    expect([saved.length, history.length, more]).toEqual([30, 20, 20]);
    const many = promptsView({ saved: prompts(60), history: prompts(40) }, "");
    expect([many.saved.length, many.history.length, many.more]).toEqual([50, 0, 50]);
  });
});

describe("the themes of these tests", () => {
  it("have every variable that the pages use", async () => {
    const missing = [...(await usedVariables(defaultStyle))].filter((name) => !knownVariables.has(name));
    expect(missing, "run test/panel/harness/captureThemes.ts").toEqual([]);
  });
});
