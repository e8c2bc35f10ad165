import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JobView } from "../../../src/protocol.ts";
import { jobView, pictureView, snapshot } from "../harness/fixtures.ts";
import { openPanel, type Panel } from "../harness/harness.ts";
import { checkAndClose } from "../harness/useHarness.ts";

/** 2500 jobs of four pictures, of several shapes. */
const jobs: readonly JobView[] = Array.from({ length: 2500 }, (_, index) => {
  const shape = [
    { width: 1360, height: 768 },
    { width: 768, height: 1360 },
    { width: 1024, height: 1024 },
  ][index % 3];
  return jobView(index, { count: 4, pictures: [1, 2, 3, 4].map((number) => pictureView(index, number, shape)) });
});

let panel: Panel;

beforeAll(async () => {
  panel = await openPanel(snapshot({ jobs }));
}, 180_000);
beforeEach(async () => {
  await panel.page.getByRole("searchbox").fill("");
  await panel.page.evaluate(() => window.scrollTo(0, 0));
  await firstVisibleTile();
});
checkAndClose(() => panel);

const tiles = () => panel.page.getByRole("gridcell");
/** Maximum number of tiles that the sheet may draw: about three views of 900 px. */
const maxTiles = 120;

interface VisibleTile {
  readonly id: string;
  readonly top: number;
}

/** The first tile below the bar, and its place, once the sheet no longer moves. */
async function firstVisibleTile(): Promise<VisibleTile> {
  return await panel.page.locator("limn-grid").evaluate(async (grid) => {
    const findTile = (): VisibleTile | undefined => {
      const all = [...(grid.shadowRoot?.querySelectorAll(".tile") ?? [])];
      const tile = all.find((one) => one.getBoundingClientRect().top > 120);
      return tile === undefined ? undefined : { id: tile.id, top: tile.getBoundingClientRect().top };
    };
    let before = findTile();
    // While no tile is drawn, the sheet is not at rest either.
    for (let same = 0; before === undefined || same < 6; ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = findTile();
      same = now?.id === before?.id && now?.top === before?.top ? same + 1 : 0;
      before = now;
    }
    return before;
  });
}

/** The picture that is selected, whether it is in the page or not. */
const selectedId = () => panel.page.getByRole("grid").getAttribute("aria-activedescendant");
const tileIdOf = (job: number, number: number) => `tile-${jobView(job).id}-${pictureView(job, number).id}`;

const patient = { timeout: 60_000 };

/** Presses keys without a pause, so that no answer of the host can come between them. */
const pressAtOnce = (...keys: readonly string[]) =>
  panel.page.getByRole("grid").evaluate((grid, pressed) => {
    for (const key of pressed) {
      grid.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }));
    }
  }, keys);

describe("a sheet of 10,000 pictures", { timeout: 180_000 }, () => {
  it("renders only what is in view, at the top, in the middle and at the end", async () => {
    for (const part of [0, 0.5, 1]) {
      await panel.page.evaluate((to) => window.scrollTo(0, document.documentElement.scrollHeight * to), part);
      await firstVisibleTile();
      expect(await tiles().count()).toBeGreaterThan(5);
      expect(await tiles().count()).toBeLessThan(maxTiles);
      expect(await panel.page.locator(".unloaded").count()).toBe(0);
    }
    const rows = await panel.page.getByRole("grid").getAttribute("aria-rowcount");
    expect(Number(rows)).toBe(2500 * 3);
  });

  it("scrolls to its very end", async () => {
    const last = panel.page.locator(`[data-picture="${jobs.at(-1)?.pictures.at(-1)?.id}"]`);
    await expect
      .poll(async () => {
        await panel.page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
        return last.isVisible();
      })
      .toBe(true);
  });

  it("moves to the last picture and back by key, visible and not behind a bar", async () => {
    await panel.page.getByRole("grid").focus();
    for (const [key, job, number] of [
      ["End", 2499, 4],
      ["Home", 0, 1],
    ] as const) {
      await panel.page.keyboard.press(key);
      const tile = panel.page.locator(`[data-picture="${pictureView(job, number).id}"]`);
      await expect.poll(() => tile.getAttribute("aria-selected")).toBe("true");
      await firstVisibleTile();
      const box = await tile.boundingBox();
      const bar = await panel.page.locator("limn-sheet .bar").boundingBox();
      const strip = await panel.page.locator("limn-sheet .strip").boundingBox();
      expect(box?.y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0));
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(strip?.y ?? 0);
    }
  });

  it("keeps its scroll position when a snapshot changes a picture, or adds a job above", async () => {
    await panel.page.evaluate(() => window.scrollTo(0, 40_000));
    const before = await firstVisibleTile();
    const starred = jobs.map((job) => ({
      ...job,
      pictures: job.pictures.map((picture) => ({ ...picture, isStarred: true })),
    }));
    await panel.send(snapshot({ jobs: starred }));
    expect(await firstVisibleTile()).toEqual(before);
    expect(await tiles().first().locator(".starred").count()).toBe(1);
    const newer = starred.slice(0, 3).map((job) => ({ ...job, id: `${job.id}-newer` }));
    await panel.send(snapshot({ jobs: [...newer, ...starred] }));
    const after = await firstVisibleTile();
    expect(after.id).toBe(before.id);
    expect(Math.abs(after.top - before.top)).toBeLessThan(2);
    await panel.reload(snapshot({ jobs }));
  });

  it("finds one of them, and selects it by keys that are pressed before it is found", async () => {
    await panel.page.getByRole("searchbox").fill("number 1234");
    await panel.page.keyboard.press("Enter");
    await panel.page.keyboard.press("ArrowRight");
    await expect.poll(() => tiles().count()).toBe(4);
    await expect.poll(selectedId).toBe(tileIdOf(1234, 2));
  });

  it("loses no key that is pressed while rows are loaded", async () => {
    await panel.page.getByRole("grid").focus();
    for (const key of ["End", "ArrowUp", "ArrowUp", "ArrowLeft", "Home", "ArrowRight", "End", "1"]) {
      await panel.page.keyboard.press(key);
    }
    await expect.poll(selectedId).toBe(tileIdOf(2499, 1));
    await panel.page.keyboard.press("k");
    await expect
      .poll(async () => (await panel.intents()).at(-1))
      .toEqual({ type: "keep", job: jobView(2499).id, picture: pictureView(2499, 1).id });
  });

  it("acts on the picture that a key selects, however far it is", async () => {
    await panel.page.getByRole("grid").focus();
    await panel.page.keyboard.press("Home");
    await panel.forgetIntents();
    await pressAtOnce("End", "s");
    await expect
      .poll(() => panel.intents())
      .toEqual([{ type: "star", job: jobView(2499).id, picture: pictureView(2499, 4).id, starred: true }]);
  });

  it("moves by pages to a picture that was not loaded, and comes back", async () => {
    await panel.page.getByRole("grid").focus();
    await panel.page.keyboard.press("Home");
    const sentBefore = panel.sent.length;
    await pressAtOnce(...Array(22).fill("PageDown"));
    // A job has two lines, and the first window has 31 jobs.
    await expect.poll(async () => Number((await selectedId())?.slice(9, 13)), patient).toBeGreaterThan(31);
    // Lines have several heights, so a page up is not as many lines as a page down.
    await pressAtOnce(...Array(200).fill("PageUp"));
    await expect.poll(selectedId, patient).toBe(tileIdOf(0, 1));
    expect(panel.sent.length - sentBefore).toBeGreaterThan(3);
  });

  it("filters by key, and shows the first match", async () => {
    await panel.page.getByRole("radio", { name: "Starred" }).focus();
    await panel.page.keyboard.press("Space");
    await panel.page.getByText("No picture is starred yet. S stars the selected one.").waitFor();
    await panel.page.getByRole("button", { name: "Show All Pictures" }).press("Enter");
    await expect.poll(() => tiles().count()).toBeGreaterThan(5);
  });

  it("asks for the size of the vault when its place comes into view", async () => {
    await panel.reload();
    await firstVisibleTile();
    const asked = async () => (await panel.questions()).filter(({ type }) => type === "measureVault").length;
    expect(await asked()).toBe(0);
    await panel.page.getByRole("grid").focus();
    await panel.page.keyboard.press("End");
    await expect.poll(asked).toBe(1);
    await panel.page.keyboard.press("Home");
    await firstVisibleTile();
    await panel.page.keyboard.press("End");
    await firstVisibleTile();
    expect(await asked()).toBe(1);
  });

  it("gets few kilobytes at a time, and sends one query at a time", async () => {
    const sentBefore = panel.sent.length;
    for (const part of [0.2, 0.4, 0.6, 0.8]) {
      await panel.page.evaluate((to) => window.scrollTo(0, document.documentElement.scrollHeight * to), part);
      await firstVisibleTile();
    }
    const sent = panel.sent.slice(sentBefore);
    expect(sent.length).toBeGreaterThan(3);
    expect(sent.length).toBeLessThan(20);
    expect(Math.max(...sent.map(({ length }) => length))).toBeLessThan(150_000);
  });
});
