import assert from "node:assert/strict";
import { toolOf } from "../../../src/core/tools/tools.ts";
import { useItems } from "../../../src/host/tools/askToolUse.ts";
import type { ToolSource } from "../../../src/host/tools/toolSource.ts";

const sourceOf = (label: string, width: number, height: number): ToolSource => ({
  reference: { label, image: "", digest: "" },
  pixels: { width, height },
  format: "PNG",
  hasAlpha: false,
  isAnimated: false,
});

describe("the question about a tool", () => {
  it("says for how many pictures, at which price by what, and which are left out", () => {
    const [small, large] = [sourceOf("small.png", 200, 100), sourceOf("large.png", 1800, 1200)];
    const paidFor = { width: 400, height: 200 };
    const itemsFor = (sources: readonly ToolSource[], estimate: { readonly paidFor?: typeof paidFor }) =>
      useItems(toolOf("upscale"), {
        sources,
        unusable: ["notes.txt"],
        estimateUse: () => ({ usd: 0.002, ...estimate }),
      }).map(({ label, description, detail }) => [label, description, detail]);
    assert.deepEqual(itemsFor([small, large], { paidFor }), [
      [
        "2×",
        "2 pictures · about $0.004",
        "Left out: notes.txt · Estimate: what you paid for results of the nearest size",
      ],
      [
        "4×",
        "800 × 400 · about $0.002",
        "Left out: notes.txt, large.png · Estimate: what you paid for a result of 400 × 200",
      ],
    ]);
    assert.deepEqual(itemsFor([small], {}).at(-1), [
      "4×",
      "800 × 400 · about $0.002",
      "Left out: notes.txt · Estimate: what others paid for a picture, of unknown size and factor",
    ]);
  });
});
