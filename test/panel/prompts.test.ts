import { describe, expect, it } from "vitest";
import { promptView, snapshot } from "./harness/fixtures.ts";
import type { Panel } from "./harness/harness.ts";
import { announcer, focusedName, intentsOf, promptField } from "./harness/locators.ts";
import { useHarness } from "./harness/useHarness.ts";

const harness = useHarness();
let panel: Panel;

const saved = [
  promptView(11, { name: "House style", text: "Flat colours, thick outlines", isShared: true }),
  promptView(12, { name: "Vista", text: "A wide landscape with {animal}" }),
];
const history = [promptView(1, { text: "A fox in the snow" }), promptView(2, { text: "A heron at dusk" })];
const full = snapshot({ saved, history });

const list = () => panel.page.getByRole("region", { name: "Prompts" });
const search = () => panel.page.getByRole("textbox", { name: "Search prompts" });
const openList = () => panel.page.getByRole("button", { name: "Earlier and saved prompts" }).click();
const row = (text: string) => list().locator(".use", { hasText: text });

describe("the list of prompts", () => {
  it("opens on arrow up in an empty prompt, and by its button; Escape returns to the prompt", async () => {
    panel = await harness.open(full);
    await promptField(panel).press("ArrowUp");
    await list().waitFor();
    await expect.poll(() => focusedName(panel)).toBe("Search prompts");
    await panel.page.keyboard.press("Escape");
    expect(await list().count()).toBe(0);
    expect(await focusedName(panel)).toBe("Prompt");
    await promptField(panel).fill("words");
    await promptField(panel).press("ArrowUp");
    expect(await list().count()).toBe(0);
    await openList();
    await list().waitFor();
  });

  it("opens on arrow up in a prompt with text if the cursor is at its start", async () => {
    panel = await harness.open(full);
    await promptField(panel).fill("words of mine");
    await promptField(panel).press("Control+Home");
    await promptField(panel).press("Shift+ArrowUp");
    expect(await list().count()).toBe(0);
    await promptField(panel).press("ArrowUp");
    await list().waitFor();
  });

  it("removes only prompts of forgotten jobs from the history, by button or Delete", async () => {
    const past = [promptView(1, { text: "Of a job" }), promptView(2, { text: "Forgotten", isRemovable: true })];
    panel = await harness.open(snapshot({ history: past }));
    await openList();
    await row("Of a job").press("Delete");
    await row("Forgotten").press("Delete");
    await list().getByRole("button", { name: "Remove from the history" }).click();
    expect(await intentsOf(panel, "deletePrompt")).toEqual(
      Array.from({ length: 2 }, () => ({ type: "deletePrompt", id: past[1]?.id })),
    );
  });

  it("works with arrows and Enter", async () => {
    panel = await harness.open(full);
    await promptField(panel).press("ArrowUp");
    await expect.poll(() => focusedName(panel)).toBe("Search prompts");
    for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "Enter"]) await panel.page.keyboard.press(key);
    expect(await intentsOf(panel, "usePrompt")).toEqual([{ type: "usePrompt", id: saved[1]?.id }]);
    expect(await focusedName(panel)).toBe("Prompt");
  });

  it("searches names and texts for all words, and Enter uses the first found", async () => {
    panel = await harness.open(full);
    await openList();
    await search().fill("LANDSCAPE vista");
    await expect.poll(() => list().locator(".use").count()).toBe(1);
    await search().fill("nothing like it");
    await list().getByText("No prompt has these words.").waitFor();
    await search().fill("A heron at dusk ".repeat(2000));
    await row("A heron at dusk").waitFor();
    await search().fill("heron");
    await search().press("Enter");
    expect(await intentsOf(panel, "usePrompt")).toEqual([{ type: "usePrompt", id: history[1]?.id }]);
  });

  it("replaces typed text without a question, and offers Undo until the user types again", async () => {
    panel = await harness.open(full);
    const undo = panel.page.getByRole("button", { name: "Undo" });
    await promptField(panel).fill("my own words");
    await openList();
    await row("A heron at dusk").press("Enter");
    expect(await intentsOf(panel, "usePrompt")).toEqual([{ type: "usePrompt", id: history[1]?.id }]);
    const heron = { id: 1, draft: { prompt: "A heron at dusk" } };
    await panel.send({ ...full, draftUpdate: heron });
    await undo.press("Enter");
    await expect.poll(() => promptField(panel).inputValue()).toBe("my own words");
    await expect.poll(() => focusedName(panel)).toBe("Prompt");
    expect(await undo.count()).toBe(0);
    await panel.send({ ...full, draftUpdate: { ...heron, id: 2 } });
    await undo.waitFor();
    await promptField(panel).fill("A heron at dawn");
    expect(await undo.count()).toBe(0);
  });

  it("offers no Undo for text that was filled in and not edited, or that is the same", async () => {
    panel = await harness.open(full);
    const undo = panel.page.getByRole("button", { name: "Undo" });
    const fill = async (id: number, prompt: string) => {
      await panel.send({ ...full, draftUpdate: { id, draft: { prompt } } });
      await expect.poll(() => promptField(panel).inputValue()).toBe(prompt);
    };
    await fill(1, "from a recipe");
    await fill(2, "from another recipe");
    expect(await undo.count()).toBe(0);
    await promptField(panel).fill("typed");
    await fill(3, "typed");
    expect(await undo.count()).toBe(0);
  });

  it("saves, renames and deletes by buttons", async () => {
    panel = await harness.open(full);
    await openList();
    const item = (text: string) => list().getByRole("listitem").filter({ hasText: text });
    await item("A fox in the snow").getByRole("button", { name: "Save this prompt" }).click();
    await item("Vista").getByRole("button", { name: "Rename" }).click();
    await item("Vista").getByRole("button", { name: "Delete" }).click();
    expect((await panel.intents()).filter(({ type }) => type !== "previewPath")).toEqual([
      { type: "savePrompt", text: "A fox in the snow" },
      { type: "renamePrompt", id: saved[1]?.id },
      { type: "deletePrompt", id: saved[1]?.id },
    ]);
  });

  it("renames a saved one by F2, deletes it by Delete, and stays in the list", async () => {
    panel = await harness.open(full);
    await openList();
    await row("Vista").press("F2");
    await row("Vista").press("Delete");
    await panel.send({ ...full, saved: saved.slice(0, 1) });
    await expect.poll(() => focusedName(panel)).toContain("A fox in the snow");
    await row("A fox in the snow").press("F2");
    await row("A fox in the snow").press("Delete");
    expect(await intentsOf(panel, "renamePrompt")).toEqual([{ type: "renamePrompt", id: saved[1]?.id }]);
    expect(await intentsOf(panel, "deletePrompt")).toEqual([{ type: "deletePrompt", id: saved[1]?.id }]);
  });

  it("marks shared prompts, and shows a notice if there are none", async () => {
    panel = await harness.open(full);
    await openList();
    expect(await row("House style").innerText()).toContain("shared in the repository");
    expect(await row("Vista").innerText()).not.toContain("shared");
    await panel.send(snapshot());
    await list().getByText("Prompts you use are listed here.").waitFor();
  });

  it("saves the prompt of the form", async () => {
    panel = await harness.open(snapshot());
    expect(await panel.page.getByRole("button", { name: "Save this prompt" }).isVisible()).toBe(false);
    await promptField(panel).fill("A fox");
    await panel.page.getByRole("button", { name: "Save this prompt" }).press("Enter");
    expect(await intentsOf(panel, "savePrompt")).toEqual([{ type: "savePrompt", text: "A fox" }]);
    expect(await announcer(panel).textContent()).toBe("");
    await panel.send(snapshot({ saved: [promptView(1, { name: "Fox", text: "A fox" })] }));
    await expect.poll(() => announcer(panel).textContent()).toBe("Prompt saved.");
    await panel.send(snapshot());
    await expect.poll(() => announcer(panel).textContent()).toBe("Prompt deleted.");
  });

  it("shows markup, other scripts and long prompts as text", async () => {
    const texts = ['<img src=x onerror="document.title=1">', "ثعلب في الثلج 🦊", "word ".repeat(500)];
    panel = await harness.open(snapshot({ history: texts.map((text, n) => promptView(n, { text })) }));
    await openList();
    await expect.poll(() => list().locator(".text").allTextContents()).toEqual(texts);
    expect(await list().locator("img").count()).toBe(0);
    expect(await panel.page.title()).toBe("Limn");
    const direction = await list()
      .locator(".text")
      .nth(1)
      .evaluate((text) => getComputedStyle(text).direction);
    expect(direction).toBe("rtl");
  });
});
