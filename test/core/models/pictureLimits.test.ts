import { describe, expect, test } from "vitest";
import { family, klingImage3 } from "../../../src/core/models/family.ts";
import type { Model } from "../../../src/core/models/model.ts";
import { formatSize, type Pixels } from "../../../src/core/models/size.ts";
import { maxPictureBytes } from "../../../src/core/pictures/pictureDownload.ts";
import type { Shape } from "../../../src/core/request/request.ts";
import { picturesOfRequest } from "../../../src/core/service/answerBounds.ts";
import { resultProblem } from "../../../src/core/tools/toolTask.ts";

/** Bytes of a picture, uncompressed with alpha: a PNG of noise is about as large. */
const uncompressedBytes = ({ width, height }: Pixels): number => width * height * 4;

/** Each request that the model accepts, with the pictures that may come of it. */
const requestsOf = ({
  sizes,
  resolutions,
  isSizeRequired,
}: Model): readonly (readonly [Shape, readonly Pixels[]])[] => [
  ...sizes.map(({ width, height }) => [{ width, height }, [{ width, height }]] as const),
  ...resolutions.map((resolution) => [{ resolution }, sizes.filter(({ tier }) => tier === resolution)] as const),
  ...(isSizeRequired ? [] : [["like-reference", sizes] as const]),
];

/** The sizes of the model that are above a limit. */
const sizesAboveLimits = (model: Model): readonly string[] =>
  requestsOf(model).flatMap(([shape, pictures]) => {
    const limit = Math.min(maxPictureBytes, picturesOfRequest({ count: 1, shape }).bytes);
    return pictures.filter((size) => uncompressedBytes(size) > limit).map(formatSize);
  });

test("Each result that a tool may make can be downloaded", () => {
  // The largest square and the longest side.
  for (const pixels of [
    { width: 5000, height: 5000 },
    { width: 16_383, height: 1525 },
  ]) {
    expect(resultProblem(pixels)).toBeUndefined();
    expect(uncompressedBytes(pixels)).toBeLessThanOrEqual(maxPictureBytes);
  }
  expect(resultProblem({ width: 5001, height: 5000 })).toContain("5001 × 5000");
  expect(resultProblem({ width: 16_384, height: 100 })).toContain("16384 × 100");
});

describe("The limits of a download and of an answer", () => {
  test.each(family)("allow each uncompressed picture of $name", (model: Model) => {
    expect(sizesAboveLimits(model)).toEqual([]);
  });

  test.each<[string, Partial<Model>, string]>([
    ["in 8K", { sizes: [{ width: 8192, height: 8192, ratio: "1:1", tier: "4k" }] }, "8192 × 8192"],
    [
      "in 4K without a required size",
      { sizes: [{ width: 4096, height: 4096, ratio: "1:1", tier: "4k" }], isSizeRequired: false },
      "4096 × 4096",
    ],
  ])("would have to grow for a model that makes pictures %s", (_, fields, size) => {
    expect(sizesAboveLimits({ ...klingImage3, ...fields })).toContain(size);
  });
});
