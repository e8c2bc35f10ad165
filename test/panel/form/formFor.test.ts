import { describe, expect, it } from "vitest";
import { draftView, models, snapshot } from "../harness/fixtures.ts";
import type { Panel } from "../harness/harness.ts";
import { announcer, generateButton, intentsOf, promptField } from "../harness/locators.ts";
import { themes } from "../harness/themes.ts";
import { useHarness } from "../harness/useHarness.ts";

const harness = useHarness();

const sizes = (width: number, height: number) => Object.fromEntries(models.map(({ id }) => [id, { width, height }]));
const targets = [
  { id: "og", name: "og:image", group: "Link Previews and Posts", sizes: sizes(2720, 1536) },
  { id: "srcset", name: "Widths for srcset", group: "Web Pages", sizes: {} },
];
const hint = "Keep the subject in the middle 90 % of the height, with background above and below.";
const targetPreview = {
  target: "og",
  text: "1200 × 630 · JPG · at most 300 kB · 7\u00a0% is cut off",
  isTooSmall: false,
  hint,
};
const withPreview = snapshot({ targets, draft: draftView({ targetPreview }) });

const select = ({ page }: Panel) => page.getByRole("combobox", { name: "For" });
const hintBox = ({ page }: Panel) => page.getByRole("checkbox", { name: `Add to the prompt: “${hint}”` });

/** The draft that Generate sends. */
async function sentDraft(panel: Panel) {
  await promptField(panel).fill("A heron");
  await generateButton(panel).click();
  return (await intentsOf(panel, "generate")).at(-1)?.draft;
}

describe("what the pictures are for", () => {
  it("is any picture at first, and sends no target", async () => {
    const panel = await harness.open(snapshot({ targets }));
    expect(await select(panel).inputValue()).toBe("");
    const draft = await sentDraft(panel);
    expect([draft?.exportTarget, draft?.hint]).toEqual([undefined, undefined]);
  });

  it("decides on the size, is named in the line of settings, and asks the host what becomes of it", async () => {
    const panel = await harness.open(snapshot({ targets }));
    await select(panel).selectOption("og:image");
    expect(await panel.page.getByRole("radio", { name: "16:9" }).getAttribute("aria-checked")).toBe("true");
    await expect.poll(async () => (await intentsOf(panel, "previewPath")).at(-1)?.draft.exportTarget).toBe("og");
    expect(await panel.page.locator("summary").textContent()).toContain("og:image · 16:9 · 2K");
    const draft = await sentDraft(panel);
    expect(draft).toMatchObject({ exportTarget: "og", shape: { width: 2720, height: 1536 } });
    expect(draft?.hint).toBeUndefined();
  });

  it("keeps the size if it takes any shape", async () => {
    const panel = await harness.open(snapshot({ targets }));
    await panel.page.getByRole("radio", { name: "21:9" }).click();
    await select(panel).selectOption("Widths for srcset");
    expect(await sentDraft(panel)).toMatchObject({ exportTarget: "srcset", shape: { width: 3104, height: 1312 } });
  });

  it("shows a hint to the prompt, which the user can switch off", async () => {
    const panel = await harness.open(withPreview);
    await select(panel).selectOption("og:image");
    await panel.page.getByText("7 % is cut off").waitFor();
    expect(await hintBox(panel).isChecked()).toBe(true);
    await hintBox(panel).uncheck();
    await select(panel).selectOption("Any picture");
    await select(panel).selectOption("og:image");
    expect(await hintBox(panel).isChecked()).toBe(true);
    await hintBox(panel).uncheck();
    expect((await sentDraft(panel))?.hint).toBe(false);
  });

  it.each(themes)("draws what stays of the pictures in their shape, in %s", async (theme) => {
    const picture = { width: 3104, height: 1312 };
    const crop = { picture, kept: [{ width: 1312, height: 1312 }] };
    const draft = draftView({
      targetPreview: { ...targetPreview, text: "512 × 512 · PNG · 58\u00a0% is cut off", crop },
    });
    const panel = await harness.open(snapshot({ targets, draft }), { theme, width: 260 });
    await select(panel).selectOption("og:image");
    const widths = await panel.page
      .locator("limn-for-field rect")
      .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().width)));
    expect(widths).toEqual([54, 23]);
    expect(await panel.axe()).toEqual([]);
    await panel.screenshot(`for-crop-${theme}`);
    await panel.send(withPreview);
    expect(await panel.page.locator("limn-for-field rect").count()).toBe(0);
  });

  it("counts the hint with the prompt, and says that both together are too long", async () => {
    const panel = await harness.open(withPreview);
    const count = (number: number) => panel.page.getByText(`${number} / 2500`, { exact: true }).waitFor();
    const excess = "The prompt is 4 characters too long. “For” adds 84 characters to the prompt.";
    await promptField(panel).fill("x".repeat(2420));
    await count(2420);
    await select(panel).selectOption("og:image");
    await count(2504);
    await panel.page.getByText(excess).waitFor();
    await promptField(panel).press("ControlOrMeta+Enter");
    await expect.poll(() => announcer(panel).textContent()).toBe(excess);
    await hintBox(panel).uncheck();
    await count(2420);
    await generateButton(panel).click();
    expect((await intentsOf(panel, "generate")).map(({ draft }) => draft.hint)).toEqual([false]);
  });

  it("is shown as too small with a warning", async () => {
    const text = "2048 × 2048 is too small: 2732 × 2732 pixels are needed, and Limn never enlarges a picture.";
    const draft = draftView({ targetPreview: { target: "og", text, isTooSmall: true } });
    const panel = await harness.open(snapshot({ targets, draft }));
    await select(panel).selectOption("og:image");
    expect(await panel.page.locator("limn-for-field .warning").textContent()).toBe(text);
  });

  it("comes back with the request of a job, and with its hint as it was", async () => {
    const panel = await harness.open(withPreview);
    const draft = { prompt: "A heron", shape: { width: 2720, height: 1536 }, exportTarget: "og", hint: false };
    await panel.send({ ...withPreview, draftUpdate: { id: 1, draft, replacesDraft: true } });
    expect(await select(panel).inputValue()).toBe("og");
    expect(await hintBox(panel).isChecked()).toBe(false);
  });

  it("is forgotten if the host puts another shape into the form", async () => {
    const panel = await harness.open(withPreview);
    await select(panel).selectOption("og:image");
    const draft = { prompt: "A heron", shape: { width: 2048, height: 2048 } };
    await panel.send({ ...withPreview, draftUpdate: { id: 1, draft } });
    expect(await select(panel).inputValue()).toBe("");
  });

  it("is not sent if the project does not have the target any more", async () => {
    const panel = await harness.open(withPreview);
    await select(panel).selectOption("og:image");
    await panel.send(snapshot({ targets: targets.slice(1) }));
    expect(await select(panel).inputValue()).toBe("");
    expect((await sentDraft(panel))?.exportTarget).toBeUndefined();
  });

  it("does not move anything if the page opens with it", async () => {
    const panel = await harness.open(withPreview);
    await select(panel).selectOption("og:image");
    const shapes = panel.page.getByRole("radiogroup", { name: "Aspect ratio" });
    await hintBox(panel).waitFor();
    const before = (await shapes.boundingBox())?.y;
    await panel.reload(snapshot());
    expect((await shapes.boundingBox())?.y).toBe(before);
    await panel.send(withPreview);
    expect((await shapes.boundingBox())?.y).toBe(before);
  });

  it.each([260, 400, 700])("fits into a panel of %i px, in all themes", async (width) => {
    const panel = await harness.open(withPreview, { width });
    await select(panel).selectOption("og:image");
    await hintBox(panel).waitFor();
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const onTheme = (theme: string) => panel.screenshot(`for-${width}-${theme}`);
    expect(await panel.axeInAllThemes({ onTheme })).toEqual([]);
  });
});
