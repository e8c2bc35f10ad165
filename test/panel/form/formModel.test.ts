import { describe, expect, it } from "vitest";
import { draftWithReferences, models, snapshot } from "../harness/fixtures.ts";
import type { Panel } from "../harness/harness.ts";
import { announcer, generateButton, intentsOf, promptField } from "../harness/locators.ts";
import { useHarness } from "../harness/useHarness.ts";

const harness = useHarness();
let panel: Panel;

const modelLine = ({ page }: Panel) => page.locator('[data-note="model"]');

const chooseModel = (name: string) => panel.page.getByRole("radio", { name }).click();

describe("the model of the form", () => {
  it("is named in a line only if it is not the model of the settings", async () => {
    panel = await harness.open(snapshot());
    expect(await modelLine(panel).count()).toBe(0);
    await chooseModel("Kling IMAGE O3");
    expect(await modelLine(panel).textContent()).toContain("Model: Kling IMAGE O3.");
    await chooseModel("Kling IMAGE 3.0");
    expect(await modelLine(panel).count()).toBe(0);
  });

  it("can be chosen among many models in a narrow panel, without scrolling sideways", async () => {
    const [first] = models;
    const more =
      first === undefined ? [] : [1, 2, 3].map((n) => ({ ...first, id: `acme:swan@${n}`, name: `Swan ${n}` }));
    panel = await harness.open(snapshot({ models: [...models, ...more] }), { width: 260 });
    await chooseModel("Swan 3");
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBe(260);
  });

  it("determines the sizes, the price and the request, and keeps the draft", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("A heron");
    await chooseModel("Kling IMAGE O3");
    await panel.page.getByRole("radio", { name: /^4K/ }).click();
    expect(await generateButton(panel).textContent()).toContain("$0.056");
    await generateButton(panel).click();
    expect(await intentsOf(panel, "generate")).toMatchObject([
      { draft: { prompt: "A heron", model: "klingai:kling-image@o3", shape: { width: 4096, height: 4096 } } },
    ]);
  });

  it("changes a size that the new model cannot make, and explains it", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("A heron");
    await chooseModel("Kling IMAGE O3");
    await panel.page.getByRole("radio", { name: /^4K/ }).click();
    await chooseModel("Kling IMAGE 3.0");
    const sentence = "The size is now 2048 × 2048: Kling IMAGE 3.0 cannot make 4096 × 4096.";
    expect(await modelLine(panel).textContent()).toContain(sentence);
    await expect.poll(() => announcer(panel).textContent()).toBe(sentence);
    expect(await promptField(panel).inputValue()).toBe("A heron");
    expect(await generateButton(panel).textContent()).toContain("$0.028");
  });

  it("loses nothing of the draft while the user looks at other models", async () => {
    panel = await harness.open(snapshot({ draft: draftWithReferences(1) }));
    await promptField(panel).fill("A heron");
    await panel.page.getByRole("radio", { name: "Like the reference" }).click();
    await panel.page.getByRole("radio", { name: /^2K/ }).click();
    await chooseModel("Kling IMAGE O3");
    await panel.page.getByText("because Kling IMAGE O3 makes only fixed sizes.").first().waitFor();
    await chooseModel("Kling IMAGE 3.0");
    await panel.page.getByText("2K, shape of the first reference").waitFor();
    expect(await modelLine(panel).count()).toBe(0);
    await chooseModel("Kling IMAGE O3");
    await panel.page.getByRole("radio", { name: "16:9" }).click();
    await panel.page.getByRole("radio", { name: /^4K/ }).click();
    await chooseModel("Kling IMAGE O1");
    await panel.page.getByText("The size is now 2720 × 1536").first().waitFor();
    await chooseModel("Kling IMAGE O3");
    expect(await modelLine(panel).textContent()).not.toContain("The size is now");
    await generateButton(panel).click();
    expect(await intentsOf(panel, "generate")).toMatchObject([
      { draft: { prompt: "A heron", model: "klingai:kling-image@o3", shape: { width: 5440, height: 3072 } } },
    ]);
  });

  it("determines the safety checks, and replaces one that it does not have", async () => {
    const [standard] = models;
    if (standard === undefined) {
      throw new Error("The family is empty.");
    }
    const unchecked = { ...standard, id: "acme:swan@1", name: "Swan", safetyModes: ["none"] as const };
    panel = await harness.open(snapshot({ models: [...models, unchecked] }));
    const check = (name: string) => panel.page.getByRole("radio", { name });
    await chooseModel("Kling IMAGE O1");
    await check("Fast safety check").click();
    await chooseModel("Swan");
    expect(await modelLine(panel).textContent()).toContain("The safety check is now Off.");
    expect(await check("Fast safety check").count()).toBe(0);
    expect(await check("No safety check").getAttribute("aria-checked")).toBe("true");
  });

  it.each([
    [
      "the draft",
      { draftUpdate: { id: 1, draft: { prompt: "A heron", model: "acme:swan@1" } } },
      "Limn does not know the model “acme:swan@1”. Choose another one.",
    ],
    [
      "the setting",
      { draftUpdate: { id: 1, draft: { prompt: "A heron" } }, unknownModel: "acme:swan@1" },
      "Limn does not know the model “acme:swan@1” of the settings. Choose one.",
    ],
  ])("is never replaced silently if %s names an unknown one", async (_, fields, reason) => {
    panel = await harness.open(snapshot(fields));
    await panel.page.getByText(reason).first().waitFor();
    await promptField(panel).press("ControlOrMeta+Enter");
    expect(await intentsOf(panel, "generate")).toEqual([]);
    // The problem opens the fold.
    await panel.page.getByRole("radio", { name: "Kling IMAGE O1" }).waitFor();
    expect(await panel.page.getByRole("radio", { name: "Kling IMAGE", checked: true }).count()).toBe(0);
    await chooseModel("Kling IMAGE O1");
    await generateButton(panel).click();
    expect(await intentsOf(panel, "generate")).toMatchObject([{ draft: { model: "klingai:kling-image@o1" } }]);
  });

  it("is cut in the message if it is unknown and its id is very long", async () => {
    const model = `acme:${"x".repeat(100_000)}`;
    panel = await harness.open(snapshot({ draftUpdate: { id: 1, draft: { prompt: "A heron", model } } }), {
      width: 260,
    });
    await panel.page
      .getByText(/Limn does not know the model “acme:x{74}…”/u)
      .first()
      .waitFor();
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBe(260);
  });

  it("explains that it cannot make the size of the draft, and that a prompt is too short", async () => {
    const shape = { width: 4096, height: 4096 };
    panel = await harness.open(snapshot({ draftUpdate: { id: 1, draft: { prompt: "Ox", shape } } }));
    await panel.page.getByText("Choose a shape: Kling IMAGE 3.0 cannot make").first().waitFor();
    await chooseModel("Kling IMAGE O1");
    await panel.page.getByText("The prompt is too short: at least 3 characters are needed.").first().waitFor();
  });
});
