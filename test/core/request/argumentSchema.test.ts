import { config } from "@vscode/l10n";
import { describe, expect, onTestFinished, test } from "vitest";
import { LimnError } from "../../../src/core/errors.ts";
import { formatOfName } from "../../../src/core/pictures/pictureFormat.ts";
import { parseCommandArgument, shapeOfArgument } from "../../../src/core/request/argumentSchema.ts";
import type { RequestField } from "../../../src/core/request/requestFields.ts";
import { pseudoTranslation } from "../../support/pseudoTranslation.ts";

const inputError = (field: RequestField | undefined, name: string = field ?? "") =>
  expect.objectContaining({
    kind: "input",
    field,
    message: expect.stringMatching(new RegExp(`^[A-Z“].*${name}.*\\.$`, "s")),
  });

/** The message for an argument that is refused. */
function messageOf(value: unknown): string {
  try {
    parseCommandArgument(value);
  } catch (error) {
    return error instanceof LimnError ? error.message : "";
  }
  return "";
}

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

  test.each<[string, unknown, string]>([
    ["without a prompt", {}, "“prompt” is missing. Add it."],
    [
      "with a misspelled prompt",
      { promt: "A hut" },
      "Limn does not know the field “promt”. Remove it or correct its name.",
    ],
    ["that is a text", "A hut", "It must be an object with a prompt."],
    ["that is absent", undefined, "It must be an object with a prompt."],
    ["with a number as the prompt", { prompt: 7 }, "“prompt” must be a string."],
    ["with a count in words", { prompt: "A hut", count: "three" }, "“count” must be a number."],
    ["with one reference without a list", { prompt: "A hut", references: "hut.png" }, "“references” must be a list."],
    [
      "with a number among the references",
      { prompt: "A hut", references: ["a", 7] },
      "“references[1]” must be a string.",
    ],
    ["with a text as the safety", { prompt: "A hut", safety: "fast" }, "“safety” must be an object."],
    [
      "with a text for a switch",
      { prompt: "A hut", safety: { checkContent: "yes" } },
      "“safety.checkContent” must be true or false.",
    ],
    ["with a wrong mode", { prompt: "A hut", safety: { mode: "x" } }, "“safety.mode” must be one of “none”, “fast”."],
    [
      "with an unknown field",
      { prompt: "A hut", seed: 7 },
      "Limn does not know the field “seed”. Remove it or correct its name.",
    ],
    [
      "with two unknown fields inside another",
      { prompt: "A hut", safety: { a: 1, b: 2 } },
      "Limn does not know the fields “safety.a”, “safety.b”. Remove them or correct their names.",
    ],
  ])("%s is refused with a sentence, translated as a whole", (_, value, sentence) => {
    expect(messageOf(value)).toBe(`The command's argument cannot be used. ${sentence}`);
    config({ contents: pseudoTranslation() });
    onTestFinished(() => config({ contents: {} }));
    const quoted = [...sentence.matchAll(/“([^”]*)”/gu)].map(([, name = ""]) => name);
    const rest = quoted.reduce((left, name) => left.replaceAll(name, ""), messageOf(value));
    expect(rest).toContain("⟦");
    expect(rest).not.toMatch(/[A-Za-z]/u);
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
