import assert from "node:assert/strict";
import { family, klingImage3 } from "../../../src/core/models/family.ts";
import { modelOf } from "../../../src/core/models/findModel.ts";
import { purchaseText } from "../../../src/host/flow/purchaseText.ts";
import { setSetting } from "../support/testService.ts";

describe("the text of the last step", () => {
  it("has number, expected price, size and model", () => {
    assert.equal(
      purchaseText({ model: klingImage3, shape: { width: 2720, height: 1536 }, count: 2 }),
      "Enter generates 2 pictures, about $0.056 (2720 × 1536, Kling IMAGE 3.0)",
    );
    assert.equal(
      purchaseText({
        model: modelOf(family, "klingai:kling-image@o3"),
        shape: { width: 4096, height: 4096 },
        count: 1,
      }),
      "Enter generates 1 picture, about $0.056 (4096 × 4096, Kling IMAGE O3)",
    );
  });

  it("names the reference if it decides on the size", () => {
    assert.equal(
      purchaseText({ model: klingImage3, shape: { resolution: "2k" }, count: 1 }),
      "Enter generates 1 picture, about $0.028 (2K like the reference, Kling IMAGE 3.0)",
    );
    assert.equal(
      purchaseText({ model: klingImage3, shape: "like-reference", count: 3 }),
      "Enter generates 3 pictures, about $0.084 (like the reference, Kling IMAGE 3.0)",
    );
  });

  it("has no price in the sandbox", async () => {
    await setSetting("engine", "sandbox");
    assert.equal(
      purchaseText({ model: klingImage3, shape: { width: 2720, height: 1536 }, count: 2 }),
      "Enter generates 2 pictures, free in the sandbox (2720 × 1536, Kling IMAGE 3.0)",
    );
  });
});
