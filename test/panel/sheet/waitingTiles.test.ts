import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { JobView, PictureView } from "../../../src/protocol.ts";
import { jobView, jobViews, pictureView, snapshot } from "../harness/fixtures.ts";
import type { Panel } from "../harness/harness.ts";
import { announcer, focusedName, generateButton, promptField } from "../harness/locators.ts";
import { useHarness } from "../harness/useHarness.ts";

const harness = useHarness();
const earlier = jobViews(3);

/** The newest job, which is waited for. */
const running = (fields: Partial<JobView> = {}): JobView => {
  const { cost: _, ...job } = jobView(0, {
    state: "running",
    isFollowed: true,
    pictures: [],
    pixels: { width: 1360, height: 768 },
    createdAt: Date.now() - 12_000,
    ...fields,
  });
  return job;
};
const ended = (job: JobView, pictures: readonly PictureView[]): JobView => ({
  ...job,
  state: "done",
  isFollowed: false,
  pictures,
});

/** The first picture, which the service has made and Limn has not fetched yet. */
const unstored: PictureView = { id: pictureView(0, 1).id, kept: [], isStarred: false, isUnsafe: false, notes: [] };

const open = (jobs: readonly JobView[] = earlier): Promise<Panel> =>
  harness.open(snapshot({ jobs }), { width: 320, height: 640, hasOpenSettings: false });
const show = (panel: Panel, ...jobs: readonly JobView[]) => panel.send(snapshot({ jobs: [...jobs, ...earlier] }));

const waiting = ({ page }: Panel) => page.getByRole("gridcell", { name: /^Waiting for picture/u });
const tilesOf = ({ page }: Panel) => page.locator(`.tile[data-job="${running().id}"]`);
const heading = ({ page }: Panel) => page.getByRole("rowheader").first();
const activeId = ({ page }: Panel) => page.getByRole("grid").getAttribute("aria-activedescendant");
const keeps = async (panel: Panel) => (await panel.intents()).filter(({ type }) => type === "keep");
const scrollTop = (page: Page) => page.evaluate(() => document.scrollingElement?.scrollTop);

/** Turns the wheel and waits for its event, which Playwright does not. */
async function turnWheel(page: Page): Promise<void> {
  await page.evaluate(() => {
    const turned = new Promise<void>((resolve) => addEventListener("wheel", () => resolve(), { once: true }));
    Reflect.set(window, "turned", turned);
  });
  await page.mouse.wheel(0, 10);
  await page.evaluate(() => Reflect.get(window, "turned"));
}

/** Types a prompt, presses Ctrl+Enter, and shows the job that comes of it. */
async function generate(panel: Panel, job = running()): Promise<void> {
  await promptField(panel).fill("A fox in the snow");
  await promptField(panel).press("Control+Enter");
  await show(panel, job);
  await expect.poll(() => focusedName(panel)).toBe("Pictures");
}

describe("the places of pictures that are on their way", () => {
  it.each([
    [1, 290, 1],
    [2, 140, 2],
    [4, 140, 2],
  ])("show %i in the ordered shape, and do not move when the pictures arrive", async (count, minWidth, inLine) => {
    const panel = await open();
    const job = running({ count });
    await show(panel, job);
    expect(await waiting(panel).count()).toBe(count);
    const boxes = (locator: ReturnType<typeof waiting>) =>
      locator.evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
    const before = await boxes(waiting(panel));
    const [first, ...others] = before.map((text) => JSON.parse(text));
    expect(first.width).toBeGreaterThan(minWidth);
    expect(first.width / first.height).toBeCloseTo(1360 / 768, 1);
    expect(others.filter(({ top }) => top === first.top).length + 1).toBe(inLine);
    // The last one is stored first.
    const pictures = Array.from({ length: count }, (_, index) => pictureView(0, index + 1));

    await show(panel, { ...job, pictures: [...(count > 1 ? [unstored] : []), ...pictures.slice(1)] });
    expect(await boxes(tilesOf(panel))).toEqual(count > 1 ? before.slice(1) : []);
    await show(panel, ended(job, pictures));
    expect(await boxes(tilesOf(panel))).toEqual(before);
    expect(await waiting(panel).count()).toBe(0);
  });

  it("have the status, the time and the button of their job above them, as high as the facts later", async () => {
    const panel = await open();
    await show(panel, running({ progress: 42 }));
    expect(await heading(panel).innerText()).toMatch(
      /^A fox in the snow, number 0\s+1\d s · Making 2 pictures… · about \$0\.056\s+Stop Waiting$/u,
    );
    expect(await panel.page.locator("limn-job-list section").count()).toBe(0);
    const height = (await heading(panel).boundingBox())?.height;
    await heading(panel).getByRole("button", { name: "Stop Waiting: A fox in the snow, number 0" }).press("Enter");
    expect((await panel.intents()).at(-1)).toEqual({ type: "stopWaiting", job: "job-0000" });
    await show(panel, ended(running(), [pictureView(0, 1), pictureView(0, 2)]));
    await expect.poll(() => focusedName(panel)).toBe("Pictures");
    expect((await heading(panel).boundingBox())?.height).toBe(height);
  });

  it("are not there for a job that this window does not wait for, which the queue shows", async () => {
    const panel = await open();
    await show(panel, running({ isFollowed: false }));
    expect(await waiting(panel).count()).toBe(0);
    expect(await panel.page.locator("limn-job-list li").count()).toBe(1);
  });

  it("offer in the head to stop waiting for all jobs, and to withdraw the unsent ones", async () => {
    const panel = await open();
    await show(panel, running({ id: "job-new", isUnsent: true, state: "sending" }), running());
    await panel.page.getByRole("button", { name: "Withdraw Unsent (1)" }).click();
    await panel.page.getByRole("button", { name: "Stop Waiting for All (2)" }).click();
    expect((await panel.intents()).slice(-2)).toEqual([{ type: "withdraw" }, { type: "stopWaiting" }]);
  });

  it("do not move with reduced motion", async () => {
    const panel = await open();
    await show(panel, running());
    const animation = () =>
      waiting(panel)
        .first()
        .evaluate((tile) => getComputedStyle(tile, "::before").animationName);
    expect(await animation()).toBe("none");
    await panel.page.emulateMedia({ reducedMotion: "no-preference" });
    expect(await animation()).toBe("waiting");
    await panel.page.evaluate(() => document.body.classList.add("vscode-reduce-motion"));
    expect(await animation()).toBe("none");
    await panel.page.emulateMedia({ reducedMotion: "reduce" });
  });
});

describe("the newest picture", () => {
  it("gives the focus back to the prompt if its job fails", async () => {
    const panel = await open();
    await generate(panel);
    await show(panel, { ...running(), state: "failed", isFollowed: false });
    await expect.poll(() => focusedName(panel)).toBe("Prompt");
  });

  it("gives back the view too, also if its job fails while the view moves to its place", async () => {
    const panel = await open();
    await promptField(panel).fill("A fox in the snow");
    await promptField(panel).press("Control+Enter");
    const failed = { ...running(), state: "failed", isFollowed: false } as const;
    await Promise.all([show(panel, running()), show(panel, failed)]);
    await expect.poll(() => panel.page.locator("limn-job-list li").count()).toBe(1);
    await expect.poll(() => focusedName(panel)).toBe("Prompt");
    await panel.page.evaluate(async () => {
      // The view moves after at most four frames.
      for (let frame = 0; frame < 6; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
    });
    const { y, height } = (await promptField(panel).boundingBox()) ?? { y: -1, height: 0 };
    expect([y >= 0, y + height <= 640]).toEqual([true, true]);
  });

  it("leaves the focus where the user has moved it if its job fails", async () => {
    const panel = await open();
    await generate(panel);
    await panel.page.getByRole("button", { name: "Earlier and saved prompts" }).focus();
    await show(panel, { ...running(), state: "failed", isFollowed: false });
    expect(await focusedName(panel)).toBe("Earlier and saved prompts");
  });

  it("leaves the focus in the search if its job fails", async () => {
    const panel = await open();
    await generate(panel);
    await panel.page.keyboard.press("/");
    await expect.poll(() => focusedName(panel)).toBe("Search prompts");
    await show(panel, { ...running(), state: "failed", isFollowed: false });
    await panel.page.keyboard.type("number 3");
    expect(await promptField(panel).inputValue()).toBe("A fox in the snow");
    expect(await panel.page.getByRole("searchbox", { name: "Search prompts" }).inputValue()).toBe("number 3");
  });

  it("that is the only one is kept by a held K, which types nothing into the prompt", async () => {
    const panel = await open();
    await generate(panel, running({ count: 1 }));
    for (let repeat = 0; repeat < 4; repeat++) await panel.page.keyboard.down("k");
    await panel.page.keyboard.up("k");
    expect(await focusedName(panel)).toBe("Prompt");
    expect(await promptField(panel).inputValue()).toBe("A fox in the snow");
    expect(await announcer(panel).innerText()).not.toContain("again");
    await panel.page.keyboard.type("kites");
    expect(await promptField(panel).inputValue()).toBe("kites");
  });

  it("of another job gives no focus back when it is kept", async () => {
    const older = { ...jobView(1), count: 1, pictures: [pictureView(1, 1)] };
    const panel = await harness.open(snapshot({ jobs: [older] }), { width: 320, height: 640, hasOpenSettings: false });
    await promptField(panel).fill("A fox in the snow");
    await promptField(panel).press("Control+Enter");
    await panel.send(snapshot({ jobs: [running(), older] }));
    await expect.poll(() => focusedName(panel)).toBe("Pictures");
    await panel.page.keyboard.press("ArrowRight");
    await expect.poll(() => activeId(panel)).toContain("job-0001");
    await panel.page.keyboard.press("k");
    expect(await keeps(panel)).toMatchObject([{ job: older.id }]);
    expect(await focusedName(panel)).toBe("Pictures");
  });

  it("lets Space press the button of its job", async () => {
    const panel = await open();
    await generate(panel);
    await heading(panel)
      .getByRole("button", { name: /^Stop Waiting/u })
      .press("Space");
    // The form may ask for its path meanwhile.
    expect(await panel.intents()).toContainEqual({ type: "stopWaiting", job: "job-0000" });
    expect(await promptField(panel).inputValue()).toBe("A fox in the snow");
  });

  it("keeps the focus among the pictures if it arrives while its button has it", async () => {
    const panel = await open();
    await generate(panel);
    await panel.page.locator("limn-sheet .strip vscode-button").first().press("Enter");
    await show(panel, ended(running(), [pictureView(0, 1), pictureView(0, 2)]));
    await expect.poll(() => focusedName(panel)).toBe("Pictures");
  });

  it("is kept with K after Ctrl+Enter, once it arrives", async () => {
    const panel = await open();
    await generate(panel);
    await expect.poll(() => announcer(panel).innerText()).toContain("2 pictures are on their way. Press K to keep");
    expect(await activeId(panel)).toBe("waiting-job-0000-1");
    await panel.page.keyboard.press("k");
    await expect.poll(() => announcer(panel).innerText()).toContain("kept when it arrives");
    expect(await waiting(panel).first().getAttribute("aria-label")).toBe("Waiting for picture 1 of 2, to be kept");
    expect(await keeps(panel)).toEqual([]);
    await show(panel, ended(running(), [pictureView(0, 1), pictureView(0, 2)]));
    expect(await keeps(panel)).toEqual([{ type: "keep", job: "job-0000", picture: "picture-0-0001" }]);
    expect(await activeId(panel)).toBe("tile-job-0000-picture-0-0001");
    expect(await focusedName(panel)).toBe("Pictures");
  });

  it("is kept with K when it is there, and only the one that is selected", async () => {
    const panel = await open();
    await generate(panel);
    // A second picture that is stored earlier does not take the place of the first.
    await show(panel, running({ pictures: [unstored, pictureView(0, 2)] }));
    expect(await activeId(panel)).toBe("waiting-job-0000-1");
    await show(panel, ended(running(), [pictureView(0, 1), pictureView(0, 2)]));
    expect(await activeId(panel)).toBe("tile-job-0000-picture-0-0001");
    await panel.page.keyboard.press("k");
    expect(await keeps(panel)).toEqual([{ type: "keep", job: "job-0000", picture: "picture-0-0001" }]);
  });

  it("is not kept if K is pressed twice before it arrives, nor discarded before it was seen", async () => {
    const panel = await open();
    await generate(panel);
    await panel.page.keyboard.press("k");
    await panel.page.keyboard.press("k");
    await panel.page.keyboard.press("x");
    await expect.poll(() => announcer(panel).innerText()).toContain("still on its way");
    await panel.forgetIntents();
    await show(panel, ended(running(), [pictureView(0, 1), pictureView(0, 2)]));
    expect((await panel.intents()).filter(({ type }) => type !== "previewPath")).toEqual([]);
  });

  it("is kept although another one is selected meanwhile", async () => {
    const panel = await open();
    await generate(panel);
    await panel.page.keyboard.press("k");
    await panel.page.keyboard.press("ArrowRight");
    await expect.poll(() => activeId(panel)).toContain("job-0001");
    await show(panel, ended(running(), [pictureView(0, 1), pictureView(0, 2)]));
    expect(await keeps(panel)).toEqual([{ type: "keep", job: "job-0000", picture: "picture-0-0001" }]);
    expect(await activeId(panel)).toContain("job-0001");
  });

  it.each([
    ["early", true],
    ["late", false],
  ])(
    "that is the only one gives the focus back when it is kept with K, %s, to the selected text",
    async (_, isEarly) => {
      const panel = await open();
      const job = running({ count: 1 });
      await generate(panel, job);
      if (isEarly) await panel.page.keyboard.press("k");
      await show(panel, ended(job, [pictureView(0, 1)]));
      if (!isEarly) await panel.page.keyboard.press("k");
      expect(await keeps(panel)).toEqual([{ type: "keep", job: "job-0000", picture: "picture-0-0001" }]);
      expect(await focusedName(panel)).toBe("Prompt");
      await panel.page.keyboard.type("A hare");
      expect(await promptField(panel).inputValue()).toBe("A hare");
    },
  );

  it("that does not arrive is announced, if it was to be kept", async () => {
    const panel = await open();
    await generate(panel);
    await panel.page.keyboard.press("k");
    await show(panel, { ...running(), state: "failed", isFollowed: false });
    await expect.poll(() => announcer(panel).innerText()).toContain("The picture to keep did not arrive.");
    expect(await keeps(panel)).toEqual([]);
  });

  it.each([
    ["types", "A foxs", ({ page }: Panel) => page.keyboard.press("s")],
    ["clicks", "A fox", (panel: Panel) => promptField(panel).click()],
    ["scrolls", "A fox", ({ page }: Panel) => turnWheel(page)],
  ])("leaves the focus where the user %s after the press", async (_, text, act) => {
    const panel = await open();
    await promptField(panel).fill("A fox");
    await promptField(panel).press("Control+Enter");
    await act(panel);
    await show(panel, running());
    expect(await waiting(panel).count()).toBe(2);
    expect(await focusedName(panel)).toBe("Prompt");
    expect(await promptField(panel).inputValue()).toBe(text);
  });

  it("gives the focus back with Escape, or to the prompt for a letter that does nothing with pictures", async () => {
    const panel = await open();
    await generate(panel);
    await panel.page.keyboard.press("Escape");
    expect(await focusedName(panel)).toBe("Prompt");
    await panel.page.getByRole("grid").focus();
    await panel.page.keyboard.press("Escape");
    await expect.poll(() => focusedName(panel)).toBe("Prompt");
    await panel.page.getByRole("grid").focus();
    await panel.page.keyboard.press("a");
    expect(await promptField(panel).inputValue()).toBe("A fox in the snow");
  });

  it("lets the user go on writing", async () => {
    const panel = await open();
    await generate(panel);
    await panel.page.keyboard.type(" at night");
    expect(await promptField(panel).inputValue()).toBe("A fox in the snow at night");
    expect(await focusedName(panel)).toBe("Prompt");
  });

  it("comes into view after a search, and from old pictures", async () => {
    const panel = await open();
    await promptField(panel).fill("A fox in the snow");
    await panel.page.getByRole("searchbox", { name: "Search prompts" }).fill("number 3");
    await expect.poll(() => panel.page.getByRole("rowheader").count()).toBe(1);
    await panel.page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await generateButton(panel).click();
    await show(panel, running());
    await expect.poll(() => waiting(panel).count()).toBe(2);
    await expect.poll(() => waiting(panel).first().isVisible()).toBe(true);
    const box = await waiting(panel).first().boundingBox();
    expect(box?.y).toBeGreaterThan(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(640);
    expect(await panel.page.getByRole("searchbox", { name: "Search prompts" }).inputValue()).toBe("");
  });

  it.each([0, 3])("comes into view below a long form, and below %i jobs that failed", async (failedCount) => {
    const failed = Array.from({ length: failedCount }, (_, n) => running({ id: `failed-${n}`, state: "failed" }));
    const older = [...failed.map((job) => ({ ...job, isFollowed: false })), ...earlier];
    const panel = await harness.open(snapshot({ jobs: older }), { width: 320, height: 640 });
    await promptField(panel).fill("A fox in the snow");
    await promptField(panel).press("Control+Enter");
    await panel.send(snapshot({ jobs: [running({ count: 1 }), ...older] }));
    const tile = waiting(panel).first();
    await tile.waitFor();
    const strip = panel.page.locator("limn-sheet .strip");
    await expect
      .poll(async () => {
        const [box, below] = [await tile.boundingBox(), await strip.boundingBox()];
        return (box?.y ?? 0) + (box?.height ?? 9999) <= (below?.y ?? 0) && (box?.y ?? -1) > 0;
      })
      .toBe(true);
  });

  it("comes into view with its heading, which has the button to stop, below jobs that failed", async () => {
    const failed = Array.from({ length: 3 }, (_, n) =>
      running({ id: `failed-${n}`, state: "failed", isFollowed: false }),
    );
    const older = [...failed, ...jobViews(30)];
    const panel = await open(older);
    await promptField(panel).fill("A fox in the snow");
    await promptField(panel).press("Control+Enter");
    await panel.send(snapshot({ jobs: [running({ count: 1 }), ...older] }));
    await waiting(panel).first().waitFor();
    const bar = panel.page.locator("limn-sheet .bar");
    await expect
      .poll(async () => {
        const [head, above, tile] = await Promise.all(
          [heading(panel), bar, waiting(panel).first()].map((locator) => locator.boundingBox()),
        );
        // Chromium scrolls by whole pixels.
        return head && above && tile && head.y > above.y + above.height - 1 && tile.y + tile.height <= 640;
      })
      .toBe(true);
  });

  it("of a job that was not started here takes neither focus nor view", async () => {
    const panel = await open(jobViews(20));
    await panel.page.evaluate(() => window.scrollTo(0, 900));
    await panel.send(snapshot({ jobs: [running(), ...jobViews(20)] }));
    expect(await scrollTop(panel.page)).toBeGreaterThan(900);
    expect(await focusedName(panel)).not.toBe("Pictures");
  });
});
