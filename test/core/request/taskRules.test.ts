import { describe, expect, test } from "vitest";
import { LimnError } from "../../../src/core/errors.ts";
import { family, klingImage3 } from "../../../src/core/models/family.ts";
import { toCheckedTask } from "../../../src/core/request/checkedTask.ts";
import { parseTask, toTask } from "../../../src/core/request/task.ts";
import { checkTask, type PartialTask } from "../../../src/core/request/taskRules.ts";
import { recordedExchanges } from "../support/recordedExchanges.ts";
import { createRequest } from "../support/setUp.ts";

const taskUUID = "3ba7ae08-76de-4f81-ab0f-64c7aaf0000f";
const picture = "https://example.org/hut.jpg";
const fine: PartialTask = {
  taskType: "imageInference",
  taskUUID,
  model: "klingai:kling-image@3",
  positivePrompt: "A hut",
  width: 1024,
  height: 1024,
};
const { width: _, height: __, ...unsized } = fine;
const references = (...referenceImages: string[]): PartialTask => ({ inputs: { referenceImages } });
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `${picture}?${index}`);

describe("The model's page", () => {
  test.each(recordedExchanges)("accepts its own recorded request, $title", ({ request }) => {
    expect(checkTask(parseTask(request), klingImage3)).toEqual([]);
  });

  test.each(klingImage3.sizes)("allows $width × $height", ({ width, height }) => {
    expect(checkTask({ ...fine, width, height }, klingImage3)).toEqual([]);
  });

  test("lists sixteen different sizes", () => {
    expect(new Set(klingImage3.sizes.map(({ width, height }) => `${width}x${height}`)).size).toBe(16);
  });

  test.each<[string, PartialTask]>([
    ["references and a size", { ...fine, ...references(picture) }],
    ["references and a resolution", { ...unsized, ...references(picture), resolution: "2k" }],
    ["references alone", { ...unsized, ...references(picture) }],
    ["ten references", { ...fine, ...references(...numbered(10)) }],
    ["a prompt of 2500 characters", { ...fine, positivePrompt: "x".repeat(2500) }],
    ["2500 emoji, which are 5000 code units", { ...fine, positivePrompt: "🦢".repeat(2500) }],
    ["twenty results", { ...fine, numberResults: 20 }],
    ["quality 20", { ...fine, outputQuality: 20 }],
    ["quality 99", { ...fine, outputQuality: 99 }],
    ["links that live for a minute", { ...fine, ttl: 60, outputType: "URL" }],
    ["a fast safety check", { ...fine, safety: { checkContent: true, mode: "fast" } }],
    ["a reference by UUID", { ...fine, ...references(taskUUID) }],
    ["a reference as base64", { ...fine, ...references("iVBORw0KGgoAAAANSUhEUg==") }],
    ["a reference as a data URI", { ...fine, ...references("data:image/png;base64,iVBORw0KGgo=") }],
  ])("allows %s", (_, task) => {
    expect(checkTask(task, klingImage3)).toEqual([]);
  });

  test.each<[string, PartialTask, string, RegExp]>([
    ["a task without a UUID", { ...fine, taskUUID: "1" }, "taskUUID", /UUID v4/],
    ["an empty prompt", { ...fine, positivePrompt: " \n" }, "prompt", /empty/],
    ["an invisible prompt", { ...fine, positivePrompt: "\u200B\u2060" }, "prompt", /empty/],
    ["a prompt with NUL", { ...fine, positivePrompt: "A\u0000 fox" }, "prompt", /characters that cannot be sent/],
    ["a prompt with half a character", { ...fine, positivePrompt: "A \uD83D fox" }, "prompt", /cannot be sent/],
    ["a prompt of 2501 characters", { ...fine, positivePrompt: "x".repeat(2501) }, "prompt", /2501.*at most 2500/],
    ["a width without a height", { ...unsized, width: 1024 }, "size", /together/],
    ["a height without a width", { ...unsized, height: 1024 }, "size", /together/],
    [
      "a size that the model does not have",
      { ...fine, width: 1920, height: 1080 },
      "size",
      /1920 × 1080.*nearest is 1360 × 768/,
    ],
    ["a size of nothing", { ...fine, width: 0, height: 0 }, "size", /cannot make 0 × 0 pixels\.$/],
    ["a resolution with a size", { ...fine, ...references(picture), resolution: "1k" }, "resolution", /combined/],
    ["a resolution without references", { ...unsized, resolution: "1k" }, "resolution", /reference/],
    ["neither size nor references", unsized, "size", /Choose a size, or add a reference/],
    ["an empty list of references and no size", { ...unsized, ...references() }, "size", /Choose a size/],
    ["eleven references", { ...fine, ...references(...numbered(11)) }, "references", /11.*at most 10/],
    ["the same reference twice", { ...fine, ...references(picture, picture) }, "references", /twice/],
    ["a reference that is a path", { ...fine, ...references(picture, "../hut.jpg") }, "references", /image 2 is not/],
    ["a reference from a file: address", { ...fine, ...references("file:///etc/passwd") }, "references", /image 1/],
    [
      "a reference of 11 MB",
      { ...fine, ...references(`data:image/png;base64,${"A".repeat(15_000_000)}`) },
      "references",
      /larger than 10 MB/,
    ],
    ["no results", { ...fine, numberResults: 0 }, "count", /from 1 to 20/],
    ["21 results", { ...fine, numberResults: 21 }, "count", /from 1 to 20/],
    ["half a result", { ...fine, numberResults: 1.5 }, "count", /whole number/],
    ["quality 19", { ...fine, outputQuality: 19 }, "quality", /from 20 to 99/],
    ["quality 100", { ...fine, outputQuality: 100 }, "quality", /from 20 to 99/],
    ["links that live for 59 seconds", { ...fine, ttl: 59 }, "ttl", /at least 60/],
    ["a lifetime without links", { ...fine, ttl: 60, outputType: "base64Data" }, "ttl", /“URL”/],
    ["a webhook that is no address", { ...fine, webhookURL: "example.org" }, "webhookURL", /complete http/],
    ["an upload to a file", { ...fine, uploadEndpoint: "file:///tmp/x" }, "uploadEndpoint", /complete http/],
  ])("forbids %s", (_, task, field, sentence) => {
    const [problem, ...others] = checkTask(task, klingImage3);
    expect(others).toEqual([]);
    expect(problem).toEqual({ field, message: expect.stringMatching(sentence) });
    expect(problem?.message).toMatch(/^[A-Z].*\.$/s);
  });
});

describe("A request as a task", () => {
  test("contains only fields of the API", () => {
    expect(toTask(createRequest(), taskUUID)).toEqual({
      taskType: "imageInference",
      taskUUID,
      model: "klingai:kling-image@3",
      positivePrompt: "A lighthouse at dusk",
      width: 1024,
      height: 1024,
      numberResults: 1,
      outputType: "URL",
      outputFormat: "JPG",
      outputQuality: 80,
      deliveryMethod: "async",
      includeCost: true,
    });
  });

  test("contains the images of its references in order, without their names", () => {
    const images = [picture, `${picture}?2`];
    const task = toTask(
      createRequest({
        references: images.map((image) => ({ label: "my secret.jpg", image, source: "file:///home/me/secret.jpg" })),
        shape: { resolution: "2k" },
      }),
      taskUUID,
    );
    expect(task).toMatchObject({ inputs: { referenceImages: images }, resolution: "2k", includeCost: true });
    expect(JSON.stringify(task)).not.toContain("secret");
    expect(task).not.toHaveProperty("width");
  });

  test("has no size if it follows the reference", () => {
    const like = createRequest({ references: [{ label: "hut", image: picture }], shape: "like-reference" });
    const task = toCheckedTask(like, family, taskUUID);
    expect(task.inputs).toEqual({ referenceImages: [picture] });
    for (const key of ["width", "height", "resolution"]) {
      expect(task).not.toHaveProperty(key);
    }
  });

  test("is rejected before the send, with the field to change", () => {
    const wrong = () => toCheckedTask(createRequest({ prompt: "" }), family, taskUUID);
    expect(wrong).toThrow(LimnError);
    expect(wrong).toThrow(expect.objectContaining({ kind: "input", field: "prompt", billed: "no" }));
  });

  test("cannot contain a field unknown to the API", () => {
    expect(() => parseTask({ ...fine, seed: 7 })).toThrow(expect.objectContaining({ kind: "input" }));
    expect(() => parseTask({ ...fine, safety: { checkContent: true, apiKey: "x" } })).toThrow(LimnError);
  });
});
