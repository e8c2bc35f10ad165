import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { modelSetting, withModelTexts } from "../../../scripts/modelSetting.ts";
import { family, klingImage3 } from "../../../src/core/models/family.ts";
import { findModel, modelOf } from "../../../src/core/models/findModel.ts";
import type { Model } from "../../../src/core/models/model.ts";
import { tiersOf } from "../../../src/core/models/size.ts";
import { estimateCost, mostExpensiveRequest } from "../../../src/core/money/price.ts";
import { formatUsd } from "../../../src/core/money/usd.ts";
import { checkTask } from "../../../src/core/request/taskRules.ts";
import { cutTextSchema } from "../../../src/protocol/fieldSchemas.ts";

const [, o1, o3]: readonly Model[] = family;
const root = new URL("../../../", import.meta.url);
const readJson = async (name: string) => JSON.parse(await readFile(new URL(name, root), "utf8"));

const task = (model: Model, more: object = {}) => ({
  taskType: "imageInference" as const,
  taskUUID: "b47f79d6-af49-4208-8995-63d507de6a05",
  model: model.id,
  positivePrompt: "A lighthouse at dusk",
  ...more,
});
const inputs = { referenceImages: ["https://example.org/hut.jpg"] };

describe("The family of models", () => {
  test("starts with Kling IMAGE 3.0, and lists each model once", () => {
    expect(family[0]).toBe(klingImage3);
    expect(family.map(({ id }) => id)).toEqual([
      "klingai:kling-image@3",
      "klingai:kling-image@o1",
      "klingai:kling-image@o3",
    ]);
  });

  test.each(family)("$name has a price for each tier, and each size once", (model: Model) => {
    expect(Object.keys(model.price).sort()).toEqual(tiersOf(model).toSorted());
    const sizes = model.sizes.map(({ width, height }) => `${width}x${height}`);
    expect(new Set(sizes).size).toBe(sizes.length);
    for (const size of model.sizes) {
      expect(checkTask(task(model, { width: size.width, height: size.height }), model)).toEqual([]);
    }
  });

  test("has no other model, and its error lists all IDs", () => {
    expect(findModel(family, "klingai:kling-image@9")).toBeUndefined();
    expect(() => modelOf(family, "klingai:kling-image@9")).toThrow(
      expect.objectContaining({
        kind: "input",
        field: "model",
        message: expect.stringMatching(/“klingai:kling-image@9”.*“klingai:kling-image@o3”/),
      }),
    );
  });

  test("costs most with twenty 4K pictures of Kling IMAGE O3", () => {
    expect(o3 && mostExpensiveRequest([klingImage3, o3])).toBe(1.12);
    expect(o3 && estimateCost(o3, { width: 6272, height: 2688 }, 2)).toBe(0.112);
    expect(o3 && estimateCost(o3, { width: 1024, height: 1024 }, 2)).toBe(0.056);
  });

  test("is listed in the setting, word for word as `npm run fix` writes it", async () => {
    const { contributes } = await readJson("package.json");
    expect(contributes.configuration.properties["limn.model"]).toMatchObject({
      default: family[0].id,
      scope: "application",
      ...modelSetting(),
    });
    const texts = await readJson("package.nls.json");
    expect(withModelTexts(texts)).toEqual(texts);
  });
});

test("docs/settings.md lists each model with its prices", async () => {
  const docs = await readFile(new URL("docs/settings.md", root), "utf8");
  for (const { id, name, price } of family) {
    const line = docs.split("\n").find((text) => text.startsWith(`| \`${id}\``));
    const prices = Object.entries(price).map(([tier, usd]) => `${tier.toUpperCase()} ${formatUsd(usd)}`);
    expect(line).toContain(`| ${name} |`);
    expect(line).toContain(`| ${prices.join(", ")} |`);
  }
});

describe("Each model has its own rules", () => {
  const problems = (model: Model | undefined, more: object) =>
    model === undefined ? [] : checkTask(task(model, more), model);

  test("Kling IMAGE O1 accepts ten references without a warning, and refuses a prompt of two characters", () => {
    expect(o1?.references).toMatchObject({ guaranteed: 10, max: 10 });
    expect(problems(o1, { inputs, resolution: "2k" })).toEqual([]);
    expect(problems(o1, { width: 1024, height: 1024, positivePrompt: "Ox" })).toEqual([
      { field: "prompt", message: "The prompt is too short: at least 3 characters are needed." },
    ]);
    expect(problems(klingImage3, { width: 1024, height: 1024, positivePrompt: "Ox" })).toEqual([]);
  });

  test("Kling IMAGE O3 requires a size, refuses a resolution, and has 4K", () => {
    expect(problems(o3, { inputs })).toEqual([{ field: "size", message: "Kling IMAGE O3 needs a size. Choose one." }]);
    expect(problems(o3, { inputs, resolution: "1k" })).toMatchObject([{ field: "resolution" }]);
    expect(problems(o3, { inputs, width: 6272, height: 2688 })).toEqual([]);
    expect(problems(klingImage3, { inputs, width: 6272, height: 2688 })).toMatchObject([{ field: "size" }]);
  });

  test.each(family)("$name refuses a prompt that the panel has cut, so it is never bought", (model) => {
    const cut = cutTextSchema.parse("A fox. ".repeat(4000));
    const size = { width: model.sizes[0]?.width, height: model.sizes[0]?.height };
    expect(problems(model, { ...size, positivePrompt: cut })).toMatchObject([{ field: "prompt" }]);
  });
});
