import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { JobView } from "../../../src/protocol.ts";
import { jobView, jobViews, pictureView, snapshot } from "../harness/fixtures.ts";
import type { Panel } from "../harness/harness.ts";
import { generateButton, promptField } from "../harness/locators.ts";
import { useHarness } from "../harness/useHarness.ts";

const harness = useHarness();
const height = 640;
const earlier = jobViews(2);
const { cost: _, ...newest } = jobView(0, { count: 1, pixels: { width: 1360, height: 768 } });
const running: JobView = { ...newest, state: "running", isFollowed: true, pictures: [] };
const arrived: JobView = { ...newest, pictures: [pictureView(0, 1)] };
const kept: JobView = { ...newest, pictures: [pictureView(0, 1, { kept: ["images/fox.jpg"] })] };
const failed: JobView = {
  ...newest,
  state: "failed",
  pictures: [],
  failures: [{ message: "Runware refused the request: the prompt is too long. Shorten it.", field: "prompt" }],
};

const firstTile = ({ page }: Panel) => page.locator("limn-sheet .tile").first();
const button = ({ page }: Panel, name: RegExp) => page.getByRole("button", { name });

/** What is in view besides prompt, settings and Generate. */
const states: readonly [string, readonly JobView[], (panel: Panel) => readonly Locator[]][] = [
  ["without pictures", [], ({ page }) => [page.getByText("No pictures yet."), page.getByText("For example:")]],
  ["while the first picture is made", [running], (panel) => [firstTile(panel), button(panel, /^Stop Waiting/)]],
  [
    "while one more is made",
    [running, ...earlier],
    (panel) => [firstTile(panel), button(panel, /^Stop Waiting/), button(panel, /^Keep When It Arrives/)],
  ],
  [
    "when it has arrived",
    [arrived, ...earlier],
    (panel) => [
      firstTile(panel),
      ...["Keep", "Insert", "Edit This", "Discard"].map((name) => button(panel, RegExp(`^${name}$`))),
    ],
  ],
  ["when it is kept", [kept, ...earlier], (panel) => [firstTile(panel), button(panel, /^images\/fox\.jpg$/)]],
  ["after a failure", [failed, ...earlier], (panel) => [button(panel, /^Try Again/), button(panel, /^Forget/)]],
];

describe("at 320 × 640 px", () => {
  it.each(states)("prompt, settings, Generate and what matters are in view together: %s", async (_, jobs, others) => {
    const before = snapshot({ jobs: jobs.length > 1 ? earlier : [] });
    const panel = await harness.open(before, { width: 320, height, hasOpenSettings: false });
    if (jobs.length > 0) await promptField(panel).fill("A fox in the snow");
    if (jobs[0] === running) await promptField(panel).press("Control+Enter");
    await panel.send(snapshot({ jobs }));
    if (jobs[0] !== running && jobs[0] !== failed && jobs.length > 0) await firstTile(panel).click();
    const summary = panel.page.locator("limn-form summary");
    const strip = panel.page.locator("limn-sheet .strip");
    const bottom = async () => ((await strip.count()) === 0 ? height : ((await strip.boundingBox())?.y ?? height));
    for (const locator of [promptField(panel), summary, generateButton(panel), ...others(panel)]) {
      await locator.waitFor();
      const isInStrip = await locator.evaluate((element) => element.closest(".strip") !== null);
      // The strip of the selected picture covers what is below it.
      await expect
        .poll(async () => {
          const { y = -1, height: own = 0 } = (await locator.boundingBox()) ?? {};
          return y >= 0 && y + own <= (isInStrip ? height : await bottom());
        })
        .toBe(true);
    }
  });
});
