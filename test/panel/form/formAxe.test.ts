import { describe, expect, it } from "vitest";
import { draftView, draftWithReferences, promptView, snapshot } from "../harness/fixtures.ts";
import type { Panel } from "../harness/harness.ts";
import { promptField } from "../harness/locators.ts";
import { useHarness } from "../harness/useHarness.ts";

const harness = useHarness();

const prompts = {
  saved: [promptView(11, { name: "House style", text: "Flat colours, thick outlines", isShared: true })],
  history: [promptView(1), promptView(2)],
};
const wrongTarget = { path: "images/{slug}", savePath: "", error: "The folder cannot be written to." };
const rightTarget = { path: "images/{slug}", savePath: "images/a-fox.jpg" };

/** The states of the form, each reached from the one before. */
const states: readonly (readonly [name: string, reach: (panel: Panel) => Promise<unknown>])[] = [
  ["without a key", (panel) => panel.send(snapshot({ engine: { kind: "runware", isReady: false } }))],
  ["empty", (panel) => panel.send(snapshot())],
  ["too long", (panel) => promptField(panel).fill("x".repeat(2600))],
  ["filled", (panel) => promptField(panel).fill("A fox in the snow")],
  [
    "with references",
    (panel) => panel.send(snapshot({ draft: draftWithReferences(3, { savePathPreview: rightTarget }) })),
  ],
  ["with one of them picked", ({ page }) => page.getByRole("button", { name: /^Reference 2/ }).click()],
  ["in the sandbox", (panel) => panel.send(snapshot({ engine: { kind: "sandbox", isReady: true } }))],
  ["with closed settings", ({ page }) => page.locator("limn-form summary").click()],
  [
    "with an error",
    (panel) => panel.send(snapshot({ ...withError, draft: draftView({ savePathPreview: wrongTarget }) })),
  ],
  ["with the list of prompts", openList],
  ["with Undo for a replaced text", replaceText],
];

const withError = { lastError: { field: "size", message: "This size cannot be made. Choose another one." } } as const;

async function openList(panel: Panel): Promise<void> {
  await panel.send(snapshot(prompts));
  await panel.page.getByRole("button", { name: "Earlier and saved prompts" }).click();
}

async function replaceText(panel: Panel): Promise<void> {
  await promptField(panel).fill("my own words");
  await panel.send(snapshot({ draftUpdate: { id: 1, draft: { prompt: "A heron" } } }));
  await panel.page.getByRole("button", { name: "Undo" }).waitFor();
}

describe("the form, checked by axe", () => {
  it.each([260, 400, 170, 200])(
    "has no violation at %i px, in any state and theme",
    { timeout: 240_000 },
    async (width) => {
      const panel = await harness.open(snapshot(), { width });
      for (const [name, reach] of states) {
        await reach(panel);
        const found = await panel.axeInAllThemes({
          onTheme: async (theme) => {
            const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
            expect(overflow, `${name} in ${theme}: wider than the panel`).toBe(0);
          },
        });
        expect(found, name).toEqual([]);
      }
    },
  );
});
