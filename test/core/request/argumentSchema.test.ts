import { describe, expect, test } from "vitest";
import { formatOfName } from "../../../src/core/pictures/pictureFormat.ts";
import { parseCommandArgument, shapeOfArgument } from "../../../src/core/request/argumentSchema.ts";
import type { RequestField } from "../../../src/core/request/requestFields.ts";

const inputError = (field: RequestField | undefined, name: string = field ?? "") =>
  expect.objectContaining({
    kind: "input",
    field,
    message: expect.stringMatching(new RegExp(`^[A-Z“].*${name}.*\\.$`, "s")),
  });

describe("The argument of a command", () => {
  test("requires only a prompt", () => {
    expect(parseCommandArgument({ prompt: "A hut" })).toEqual({ prompt: "A hut" });
    expect(shapeOfArgument({})).toBe("like-reference");
  });

  test("is returned unchanged", () => {
    const input = {
      prompt: "A hut",
      size: "2720x1536",
      references: ["images/hut.png"],
      count: 3,
      format: "webp",
      quality: 80,
      path: "images/hut",
      safety: { checkContent: true, mode: "fast" },
      outputType: "dataURI",
      deliveryMethod: "sync",
    };
    expect(parseCommandArgument(input)).toEqual(input);
  });

  test.each<[string, unknown, RequestField | undefined, string?]>([
    ["no prompt", {}, "prompt"],
    ["nothing", undefined, undefined],
    ["null", null, undefined],
    ["a text", "A hut", undefined],
    ["a seed, which the model does not take", { prompt: "A hut", seed: 7 }, undefined, "“seed”"],
    ["its own address", { prompt: "A hut", apiUrl: "https://evil.example" }, undefined, "“apiUrl”"],
    ["a count in words", { prompt: "A hut", count: "three" }, "count"],
    ["a format that is not made", { prompt: "A hut", format: "gif" }, "format"],
    ["a resolution in capitals", { prompt: "A hut", resolution: "2K" }, "resolution"],
    ["a wrong safety mode", { prompt: "A hut", safety: { mode: "slow" } }, "safety.mode"],
    ["one reference without a list", { prompt: "A hut", references: "hut.png" }, "references"],
  ])("with %s is refused", (_, value, field, name) => {
    expect(() => parseCommandArgument(value)).toThrow(inputError(field, name));
  });

  test("has a size or a resolution, not both", () => {
    expect(shapeOfArgument({ size: "1024 x 1024" })).toEqual({ width: 1024, height: 1024 });
    expect(shapeOfArgument({ resolution: "2k" })).toEqual({ resolution: "2k" });
    expect(() => shapeOfArgument({ size: "1024x1024", resolution: "2k" })).toThrow(
      inputError("resolution", "resolution"),
    );
    expect(() => shapeOfArgument({ size: "16:9" })).toThrow(inputError("size"));
  });
});

describe("The format of a file name", () => {
  test.each([
    ["a.jpg", "JPG"],
    ["a.JPEG", "JPG"],
    ["a.b.png", "PNG"],
    ["{slug}.webp", "WEBP"],
    ["a.gif", undefined],
    ["png", undefined],
    ["a.", undefined],
    ["a.constructor", undefined],
  ])("%s is %s", (name, format) => {
    expect(formatOfName(name)).toBe(format);
  });
});
