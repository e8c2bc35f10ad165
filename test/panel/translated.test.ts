import { describe, expect, it } from "vitest";
import { shortModelName } from "../../src/panel/form/modelName.ts";
import { pseudoTranslation, untranslatedTexts } from "../support/pseudoTranslation.ts";
import {
  draftView,
  draftWithReferences,
  jobView,
  models,
  pictureView,
  promptView,
  referenceView,
  snapshot,
  today,
} from "./harness/fixtures.ts";
import type { Panel } from "./harness/harness.ts";
import type { PanelContent } from "./harness/panelHost.ts";
import { useHarness } from "./harness/useHarness.ts";

const harness = useHarness();

const unsaved = { kept: [], isStarred: false, isUnsafe: false, notes: [] };
const running = { state: "running", isFollowed: true, pictures: [], createdAt: Date.now() } as const;

/** Names of products are not translated. */
const modelNames = models.map((model) => shortModelName(model, models));

/** A job in each state. */
const jobs = [
  jobView(1, { ...running, progress: 42, count: 4 }),
  jobView(2, { ...running, count: 4, pictures: [pictureView(2, 1)] }),
  jobView(3, { ...running, state: "sending", isUnsent: true }),
  jobView(4, { ...running, state: "sending" }),
  jobView(5, { ...running, lastActivityAt: 0 }),
  jobView(6, { ...running, isFollowed: false }),
  jobView(7, { ...running, pictures: [{ id: "lost", ...unsaved, problem: "0 1 2" }] }),
  jobView(8, { state: "unknown", pictures: [], mayBeBilled: true }),
  jobView(9, { state: "failed", pictures: [], failures: [{ message: "3 4 5", field: "prompt" }] }),
  jobView(10, { state: "failed", pictures: [], isSandbox: true, mayBeBilled: true }),
  jobView(11, { count: 2, pictures: [pictureView(11, 1), { id: "lost", ...unsaved, problem: "6 7 8" }] }),
  jobView(12, {
    hasReferenceFile: true,
    hasOriginal: true,
    references: ["9.png"],
    pictures: [
      pictureView(12, 1, { kept: ["1.jpg"], isUnsafe: true, notes: ["2"] }),
      pictureView(12, 2, { isStarred: true }),
      { id: "other", ...unsaved, otherFormat: "GIF" },
    ],
  }),
];
const discarded = jobs.map((job, index) =>
  index === 11 ? { ...job, pictures: job.pictures.slice(1), discarded: job.pictures.slice(0, 1) } : job,
);
const lastDiscarded = { number: 1, job: "job-0012", picture: "picture-12-0001" };
const budgets = [
  { period: "perDay", limit: 1, remaining: 0.02, isExact: true },
  { period: "perMonth", limit: 5, remaining: 0.01, isExact: false },
] as const;
const money = { kind: "runware", isReady: true, balance: 5, budgets } as const;
const prompts = {
  saved: [promptView(11, { name: "1", text: "2 3", isShared: true })],
  history: [promptView(1, { isRemovable: true })],
};

const openMenu = ({ page }: Panel) => page.locator("limn-sheet .strip vscode-toolbar-button").click();
const press = async ({ page }: Panel, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
/** Selects a picture with the keyboard. */
const select = async (panel: Panel) => {
  await panel.page.locator("lit-virtualizer").focus();
  await press(panel, "End", "Home", "ArrowRight", "ArrowRight");
};

/** Selects a picture, and then does something with it. */
const onPicture = (act: (panel: Panel) => Promise<unknown>) => async (panel: Panel) => {
  await select(panel);
  await act(panel);
};

/** States of the panel: what the host sends, and what the user does then. */
const states: Readonly<
  Record<string, readonly [sent: Partial<PanelContent>, act?: (panel: Panel) => Promise<unknown>]>
> = {
  "without a key": [{ engine: { kind: "runware", isReady: false } }],
  "an empty form": [{}],
  "the sandbox": [{ engine: { kind: "sandbox", isReady: true } }],
  "the sandbox with a key": [{ engine: { kind: "sandbox", isReady: true, hasKey: true } }],
  "money and budgets": [
    { engine: { ...money, spendingToday: today({ spent: 1, estimated: 1, reserved: 1, unknown: 1 }) } },
    ({ page }) => page.locator("limn-prompt-field textarea").fill("1"),
  ],
  references: [
    { draft: draftWithReferences(2, { referenceNote: "" }) },
    ({ page }) => page.locator("limn-references .thumb").first().click(),
  ],
  "a remote reference": [{ draft: draftView({ references: [{ id: "reference-1", label: "1" }] }) }],
  "a full list of references": [
    { draft: draftView({ references: Array.from({ length: 10 }, (_, n) => referenceView(n)) }) },
  ],
  "closed settings": [{}, ({ page }) => page.locator("limn-form summary").click()],
  "an error": [{ lastError: { message: "1 2 3", field: "size", remedy: "setApiKey" } }],
  "the list of prompts": [
    prompts,
    ({ page }) => page.locator('limn-prompt-field vscode-toolbar-button[icon="history"]').click(),
  ],
  "a confirmation": [
    prompts,
    async ({ page }) => {
      await page.locator("limn-prompt-field textarea").fill("1");
      await page.locator('limn-prompt-field vscode-toolbar-button[icon="history"]').click();
      await page.locator("limn-prompt-list .use").first().click();
    },
  ],
  jobs: [{ jobs }],
  "a selected picture": [{ jobs, vaultBytes: 1_430_000_000 }, select],
  "the menu of a picture": [{ jobs }, onPicture((panel) => press(panel, "Shift+F10"))],
  "the settings of a picture": [
    { jobs },
    onPicture(async (panel) => {
      await openMenu(panel);
      // The texts are translated: it is the item before the last group but one.
      await panel.page.locator("limn-menu hr:nth-last-of-type(2)").evaluate((separator) => {
        const item = separator.previousElementSibling;
        if (item instanceof HTMLElement) item.click();
      });
    }),
  ],
  "a marked picture": [{ jobs }, onPicture((panel) => press(panel, "m"))],
  "the table of keys": [{ jobs }, onPicture((panel) => press(panel, "?"))],
  "a discarded picture": [{ jobs: discarded, lastDiscarded }],
  "no match": [{ jobs }, ({ page }) => page.locator("limn-sheet vscode-textfield input").fill("0000")],
};

describe("the panel in another language", () => {
  it.each(Object.entries(states))(
    "has no untranslated text or accessible name: %s",
    { timeout: 180_000 },
    async (_, [sent, act]) => {
      const data = snapshot(sent);
      const panel = await harness.open(data, { texts: pseudoTranslation() });
      await act?.(panel);
      await panel.page.waitForTimeout(100);
      expect(await untranslatedTexts(panel.page, [data, modelNames, "0000", "images/"])).toEqual([]);
      expect(
        await panel.page.locator("limn-app").evaluate((app) => app.shadowRoot?.textContent?.length ?? 0),
      ).toBeGreaterThan(0);
    },
  );
});
