import { describe, expect, it } from "vitest";
import { jobView, jobViews, pictureView, snapshot } from "../harness/fixtures.ts";
import type { Panel } from "../harness/harness.ts";
import { useHarness } from "../harness/useHarness.ts";

/** Widths, also in a window at 200 %, which leaves half of them, but a side bar at least 170 px. */
const widths = [260, 400, 700, 170, 200, 350];

const pictureFlags = { kept: [], isStarred: false, isUnsafe: false, notes: [] };

/** One job of each kind, then pictures of each kind. */
const jobs = () => [
  jobView(1, {
    state: "running",
    isFollowed: true,
    progress: 42,
    count: 4,
    pictures: [pictureView(1, 1)],
    createdAt: Date.now() - 12_000,
    prompt: "A red fox in deep snow, morning light, wide hero banner for the landing page",
  }),
  jobView(2, { state: "sending", isFollowed: true, pictures: [], createdAt: Date.now() - 2000 }),
  jobView(3, { state: "unknown", pictures: [], prompt: "שועל אדום בשלג העמוק" }),
  jobView(4, {
    state: "failed",
    pictures: [],
    failures: [{ message: "Runware refused the request: the prompt is too long. Shorten it.", field: "prompt" }],
  }),
  jobView(5, { state: "running", isFollowed: false, pictures: [] }),
  jobView(6, {
    count: 4,
    pictures: [
      pictureView(6, 1),
      pictureView(6, 2),
      { id: "lost", ...pictureFlags, problem: "The connection was cut." },
    ],
  }),
  jobView(7, {
    hasReferenceFile: true,
    hasOriginal: true,
    count: 4,
    pictures: [
      pictureView(7, 1, { kept: ["images/fox-in-snow.jpg"], isUnsafe: true }),
      pictureView(7, 2, { isStarred: true }),
      pictureView(7, 3),
      { id: "drawn-soon", width: 1360, height: 768, ...pictureFlags },
    ],
    notes: [
      "Runware delivered 1360 × 768 pixels, not the size you asked for.",
      "4 of 5 pictures were made.",
      "The content policy refused one result.",
    ],
  }),
  jobView(8, {
    shape: "768 × 1360",
    prompt: "<img src=x onerror=alert(1)> as a poster",
    pictures: [1, 2, 3].map((n) => pictureView(8, n, { width: 768, height: 1360, thumbnail: `p-${n}-144x256.webp` })),
  }),
  ...jobViews(14).slice(8),
];

const harness = useHarness();

/** Shows all of it and selects the first picture of the seventh job, far down the page. */
async function open(width: number): Promise<Panel> {
  const panel = await harness.open(snapshot({ jobs: jobs(), vaultBytes: 1_430_000_000 }), { width });
  await panel.page.getByRole("grid").focus();
  for (const key of ["Home", "ArrowRight", "ArrowRight", "ArrowRight"]) {
    await panel.page.keyboard.press(key);
  }
  await panel.page.getByRole("gridcell", { name: /images\/fox-in-snow/u, selected: true }).waitFor();
  return panel;
}

/**
 * Violations that axe-core finds in the two elements, in any theme, with a screenshot of each. The
 * form has its own tests.
 */
const axeViolations = (panel: Panel, name: string): Promise<string[]> =>
  panel.axeInAllThemes({
    selectors: ["limn-job-list", "limn-sheet"],
    onTheme: (theme) => panel.screenshot(`sheet/${theme}-${name}`),
  });

const details = (panel: Panel) => panel.page.locator("limn-sheet .strip");

/** States of the sheet, and how to reach each from the first tile of the seventh job. */
const states: readonly [string, (panel: Panel) => Promise<unknown>][] = [
  [
    "settings",
    async (panel) => {
      await details(panel).getByRole("button", { name: "All actions" }).click();
      await panel.page.getByRole("menuitem", { name: "Reuse Settings…" }).click();
    },
  ],
  ["menu", (panel) => panel.page.keyboard.press("Shift+F10")],
  ["keys", (panel) => panel.page.keyboard.press("?")],
  ["marked", (panel) => panel.page.keyboard.press("m")],
  [
    "discarded",
    async (panel) => {
      await panel.page.keyboard.press("x");
      const all = jobs().map((job, index) => (index === 6 ? { ...job, pictures: [], discarded: job.pictures } : job));
      const [job, picture] = [all[6]?.id ?? "", all[6]?.discarded?.[0]?.id ?? ""];
      await panel.send(snapshot({ jobs: all, lastDiscarded: { number: 1, job, picture }, vaultBytes: 1_430_000_000 }));
    },
  ],
  [
    "nothing-found",
    async (panel) => {
      await panel.page.getByRole("searchbox", { name: "Search prompts" }).fill("wolf");
      await panel.page.getByText("No picture matches.").waitFor();
    },
  ],
  ["empty", (panel) => panel.send(snapshot())],
];

describe("jobs and pictures, in all themes,", () => {
  it.each(widths)("have no fault that axe finds at %i px", { timeout: 180_000 }, async (width) => {
    const panel = await open(width);
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(await axeViolations(panel, String(width))).toEqual([]);
  });

  it.each(states)("have no fault that axe finds: %s", { timeout: 180_000 }, async (name, go) => {
    const panel = await open(320);
    await go(panel);
    expect(await axeViolations(panel, name)).toEqual([]);
  });
});
