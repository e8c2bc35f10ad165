import { beforeAll, describe, expect, it } from "vitest";
import type { Intent, JobView, PictureView } from "../../../src/protocol.ts";
import { jobView, pictureView, snapshot } from "../harness/fixtures.ts";
import { openPanel, type Panel } from "../harness/harness.ts";
import { promptField } from "../harness/locators.ts";
import { checkAndClose } from "../harness/useHarness.ts";

let panel: Panel;

beforeAll(async () => {
  panel = await openPanel(snapshot());
});
checkAndClose(() => panel);

const pictures = (job: number, count: number, fields: Partial<PictureView> = {}): PictureView[] =>
  Array.from({ length: count }, (_, index) => pictureView(job, index + 1, fields));

/** Two jobs: five pictures, which make two lines of three columns, and two. */
const jobs = [jobView(1, { count: 5, pictures: pictures(1, 5) }), jobView(2)];

/** Reloads the panel and focuses the pictures. */
async function open(shown: readonly JobView[] = jobs): Promise<void> {
  await panel.reload(snapshot({ jobs: shown }));
  await panel.forgetIntents();
  await panel.page.getByRole("grid").focus();
}

async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await panel.page.keyboard.press(key);
  }
}

const sheetIntents = async (): Promise<Intent[]> =>
  (await panel.intents()).filter(({ type }) => type !== "previewPath");
const announcedText = () => panel.page.locator(".announcer").innerText();

/** The tile the grid points at, which has to be the selected one too. */
const selectedPicture = () =>
  panel.page.getByRole("grid").evaluate((grid) => {
    const root = grid.getRootNode();
    const tile =
      root instanceof ShadowRoot ? root.getElementById(grid.getAttribute("aria-activedescendant") ?? "") : null;
    return tile?.getAttribute("aria-selected") === "true" ? tile.dataset.picture : undefined;
  });

const pictureId = (job: number, number: number) => `picture-${job}-000${number}`;
const first = { job: "job-0001", picture: pictureId(1, 1) };

describe("culling by keyboard", () => {
  it.each([
    [["ArrowRight"], pictureId(1, 1)],
    [["ArrowRight", "ArrowRight"], pictureId(1, 2)],
    [["ArrowRight", "ArrowLeft"], pictureId(1, 1)],
    [["ArrowRight", "ArrowDown"], pictureId(1, 4)],
    [["ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown"], pictureId(1, 5)],
    [["ArrowRight", "ArrowDown", "ArrowDown"], pictureId(2, 1)],
    [["ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp"], pictureId(1, 4)],
    [["End"], pictureId(2, 2)],
    [["End", "ArrowRight"], pictureId(2, 2)],
    [["End", "Home"], pictureId(1, 1)],
    [["PageDown"], pictureId(2, 1)],
    [["End", "PageUp"], pictureId(1, 2)],
    [["ArrowRight", "3"], pictureId(1, 3)],
    [["End", "1"], pictureId(2, 1)],
    [["End", "9"], pictureId(2, 2)],
  ])("%s selects %s", async (keys, expected) => {
    await open();
    await press(...keys);
    await expect.poll(selectedPicture).toBe(expected);
  });

  it.each<[string, Intent, string]>([
    ["Enter", { type: "open", ...first }, "Opening picture 1"],
    ["i", { type: "insertLink", ...first }, "Inserting a link to picture 1"],
    ["e", { type: "useAsReference", ...first }, "Adding picture 1 to the references"],
    ["k", { type: "keep", ...first }, "Keeping picture 1"],
    ["K", { type: "keep", ...first }, "Keeping picture 1"],
    ["x", { type: "discard", ...first }, "Discarding picture 1"],
    ["s", { type: "star", ...first, starred: true }, "Starring picture 1"],
  ])("%s asks the host, and announces it", async (key, intent, words) => {
    await open();
    await press("Home", key);
    expect(await sheetIntents()).toEqual([intent]);
    await expect.poll(announcedText).toBe(words);
  });

  it("C compares with the picture's reference", async () => {
    await open([jobView(1, { hasReferenceFile: true, hasOriginal: true })]);
    await press("Home", "c");
    expect(await sheetIntents()).toEqual([{ type: "compare", ...first }]);
  });

  it("M marks a picture, and C compares others with it", async () => {
    await open();
    await press("Home", "m");
    await expect.poll(announcedText).toBe("Picture 1 is marked. Press C on another one to compare them");
    await press("2", "c");
    expect(await sheetIntents()).toEqual([{ type: "compare", job: "job-0001", picture: pictureId(1, 2), with: first }]);
  });

  it("ignores letters with Ctrl, Alt or Meta", async () => {
    await open();
    await press("Home", "Control+c", "Alt+k", "Meta+s", "Control+x");
    expect(await sheetIntents()).toEqual([]);
  });

  it("announces that a picture is kept, starred or discarded only after it is", async () => {
    await open();
    await press("Home", "k");
    await expect.poll(announcedText).toBe("Keeping picture 1");
    const kept = pictures(1, 5).map((one, index) => (index === 0 ? { ...one, kept: ["images/fox.jpg"] } : one));
    await panel.send(snapshot({ jobs: [jobView(1, { pictures: kept }), jobView(2)] }));
    await expect.poll(announcedText).toBe("Picture 1 kept as images/fox.jpg");
    await press("s");
    await expect.poll(announcedText).toBe("Starring picture 1");
    const starred = kept.map((one, index) => (index === 0 ? { ...one, isStarred: true } : one));
    await panel.send(snapshot({ jobs: [jobView(1, { pictures: starred }), jobView(2)] }));
    await expect.poll(announcedText).toBe("Picture 1 starred");
    await press("s");
    expect((await sheetIntents()).at(-1)).toEqual({ type: "star", ...first, starred: false });
  });

  it("selects the next picture after X discards one", async () => {
    await open();
    await press("Home", "x");
    await panel.send(snapshot({ jobs: [jobView(1, { pictures: pictures(1, 5).slice(1) }), jobView(2)] }));
    await expect.poll(announcedText).toBe("Picture 1 discarded");
    expect(await selectedPicture()).toBe(pictureId(1, 2));
    await press("x");
    expect((await sheetIntents()).at(-1)).toEqual({ type: "discard", job: "job-0001", picture: pictureId(1, 2) });
  });

  it.each(["x", "k", "s", "c"])(
    "treats a held %s as one press, although the next picture is selected meanwhile",
    async (key) => {
      await open([jobView(1, { count: 5, pictures: pictures(1, 5), hasReferenceFile: true, hasOriginal: true })]);
      await press("Home");
      await panel.page.keyboard.down(key);
      await panel.send(
        snapshot({
          jobs: [jobView(1, { pictures: pictures(1, 5).slice(1), hasReferenceFile: true, hasOriginal: true })],
        }),
      );
      await expect.poll(selectedPicture).toBe(pictureId(1, 2));
      await panel.page.keyboard.down(key);
      await panel.page.keyboard.down(key);
      await panel.page.keyboard.up(key);
      expect((await sheetIntents()).map((intent) => "picture" in intent && intent.picture)).toEqual([pictureId(1, 1)]);
    },
  );

  it("keeps moving while an arrow key is held", async () => {
    await open();
    for (let repeat = 0; repeat < 4; repeat++) {
      await panel.page.keyboard.down("ArrowRight");
    }
    await panel.page.keyboard.up("ArrowRight");
    await expect.poll(selectedPicture).toBe(pictureId(1, 4));
  });

  /** What the host shows when the first picture was discarded. */
  const discarded = (number = 1) => {
    const [gone, ...rest] = pictures(1, 5);
    const job = jobView(1, { count: 5, pictures: rest, ...(gone === undefined ? {} : { discarded: [gone] }) });
    return snapshot({ jobs: [job, jobView(2)], lastDiscarded: { number, ...first } });
  };
  const undo = () => panel.page.getByRole("button", { name: "Undo", exact: true });

  it("offers undo until the next action, by button and by key", async () => {
    await open();
    await press("Home", "x");
    expect(await undo().count()).toBe(0);
    await panel.send(discarded());
    await undo().click();
    expect((await sheetIntents()).at(-1)).toEqual({ type: "undoDiscard" });
    expect(await undo().count()).toBe(0);

    await open();
    await press("Home", "x");
    await panel.send(discarded());
    await press("ArrowRight", "Control+z");
    expect((await sheetIntents()).at(-1)).toEqual({ type: "undoDiscard" });

    await open();
    await press("Home", "x");
    await panel.send(discarded());
    await press("k", "Control+z");
    expect((await sheetIntents()).at(-1)).toEqual({ type: "keep", job: "job-0001", picture: pictureId(1, 2) });
    expect(await undo().count()).toBe(0);
    // The same picture, discarded once more.
    await panel.send(discarded(2));
    await undo().waitFor();
  });

  it("offers undo after a change of view, with words of the prompt", async () => {
    await open();
    await press("Home", "x");
    await panel.send(discarded());
    await undo().waitFor();
    await panel.reload();
    await panel.page.getByText("Discarded: A fox in the snow, number 1").waitFor();
    await undo().click();
    expect((await sheetIntents()).at(-1)).toEqual({ type: "undoDiscard" });
  });

  it("shows discarded pictures on request, and restores them by X and by button", async () => {
    await open();
    await panel.send(discarded());
    expect(await panel.page.getByRole("gridcell").count()).toBe(6);
    await panel.page.locator(".filters label", { hasText: "Discarded 1" }).click();
    await expect.poll(() => panel.page.getByRole("gridcell").count()).toBe(1);
    await panel.page.getByRole("gridcell").click();
    await panel.screenshot("sheet/discarded-filter");
    expect(await panel.page.locator('[data-action="keep"], [data-action="discard"]').count()).toBe(0);
    await panel.page.locator('[data-action="restore"]').click();
    await expect.poll(announcedText).toBe("Restoring picture 1");
    await panel.page.getByRole("grid").focus();
    await press("x");
    expect((await sheetIntents()).slice(-2)).toEqual([
      { type: "restore", ...first },
      { type: "restore", ...first },
    ]);
    await panel.send(snapshot({ jobs }));
    await expect.poll(announcedText).toBe("Picture 1 restored");
  });

  it.each(["discard", "insertLink"])("treats a double click on %s as one press", async (action) => {
    await open();
    await press("Home");
    await panel.page.locator(`[data-action="${action}"]`).dblclick();
    expect(await sheetIntents()).toEqual([{ type: action, ...first }]);
    // A single click is a separate press, even at the same place.
    await panel.page.getByRole("gridcell").nth(1).click();
    await panel.page.locator(`[data-action="${action}"]`).click();
    expect((await sheetIntents()).at(-1)).toEqual({ type: action, job: "job-0001", picture: pictureId(1, 2) });
  });

  it("does not discard the next picture by a double click, which the first click put under the pointer", async () => {
    await open();
    await press("Home");
    const button = await panel.page.locator('[data-action="discard"]').boundingBox();
    const at = [(button?.x ?? 0) + 5, (button?.y ?? 0) + 5] as const;
    const { mouse } = panel.page;
    await mouse.move(...at);
    await mouse.down({ clickCount: 1 });
    await mouse.up({ clickCount: 1 });
    await panel.send(snapshot({ jobs: [jobView(1, { pictures: pictures(1, 5).slice(1) }), jobView(2)] }));
    await expect.poll(selectedPicture).toBe(pictureId(1, 2));
    await mouse.down({ clickCount: 2 });
    await mouse.up({ clickCount: 2 });
    expect(await sheetIntents()).toEqual([{ type: "discard", ...first }]);
  });

  it("does nothing by a double click on the button of the menu, which the menu may cover", async () => {
    await open();
    await press("Home");
    await panel.page.getByRole("button", { name: "All actions" }).dblclick();
    await panel.page.getByRole("menuitem", { name: "Copy Prompt" }).waitFor();
    expect(await sheetIntents()).toEqual([]);
  });

  it("opens no picture by a double click that started on a menu above it", async () => {
    await open();
    await panel.page.getByRole("gridcell").first().click({ button: "right" });
    await panel.page.getByRole("menuitem", { name: "Star" }).dblclick();
    expect(await sheetIntents()).toEqual([{ type: "star", ...first, starred: true }]);
    await panel.page.getByRole("gridcell").nth(1).dblclick();
    expect((await sheetIntents()).at(-1)).toEqual({ type: "open", job: "job-0001", picture: pictureId(1, 2) });
  });

  it("links to the discarded pictures if there are no others", async () => {
    await open();
    const all = jobView(1, { pictures: [], discarded: pictures(1, 2) });
    await panel.send(snapshot({ jobs: [all], vaultBytes: 1_000_000 }));
    await panel.page.getByRole("button", { name: "Show Discarded" }).click();
    await expect.poll(() => panel.page.getByRole("gridcell").count()).toBe(2);
  });

  it.each([
    ["by key", () => press("Home", "x")],
    ["by button", () => panel.page.locator('[data-action="discard"]').click()],
  ])("undoes only the discard with Ctrl+Z, discarded %s, and not the prompt", async (_, discard) => {
    await open();
    const prompt = promptField(panel);
    await prompt.fill("");
    await prompt.pressSequentially("A fox");
    await panel.page.getByRole("gridcell").first().click();
    // VS Code receives the keys that reach the window.
    await panel.page.evaluate(() => {
      Reflect.set(window, "pressedKeys", []);
      window.addEventListener("keydown", ({ key }) => Reflect.get(window, "pressedKeys").push(key));
    });
    await discard();
    await panel.send(discarded());
    await press("Control+z");
    expect((await sheetIntents()).filter(({ type }) => type === "undoDiscard")).toHaveLength(1);
    await panel.send(snapshot({ jobs }));
    await press("Control+z", "Control+Shift+z", "Control+y", "k");
    expect((await sheetIntents()).filter(({ type }) => type === "undoDiscard")).toHaveLength(1);
    expect(await prompt.inputValue()).toBe("A fox");
    expect(await panel.page.evaluate(() => Reflect.get(window, "pressedKeys"))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^[xyzk]$/i)]),
    );
    // In a text field the key is for the text.
    await prompt.press("Control+z");
    expect(await prompt.inputValue()).not.toBe("A fox");
  });

  it("leaves the focus on Undo when the last picture is discarded", async () => {
    await open([jobView(1, { pictures: pictures(1, 1) })]);
    await press("Home", "x");
    const all = jobView(1, { pictures: [], discarded: pictures(1, 1) });
    await panel.send(snapshot({ jobs: [all], lastDiscarded: { number: 1, ...first } }));
    await press("Enter");
    expect((await sheetIntents()).at(-1)).toEqual({ type: "undoDiscard" });
    // When it is back, the focus is on it.
    await panel.send(snapshot({ jobs: [jobView(1, { pictures: pictures(1, 1) })] }));
    await expect.poll(selectedPicture).toBe(pictureId(1, 1));
    await press("k");
    expect((await sheetIntents()).at(-1)).toEqual({ type: "keep", ...first });
  });

  it("searches with the slash, and returns with Escape", async () => {
    await open();
    await press("Home", "/", "2", "Enter");
    await expect.poll(selectedPicture).toBe(pictureId(2, 1));
    await press("/", "Escape", "Escape", "End");
    await expect.poll(selectedPicture).toBe(pictureId(2, 2));
    expect(await panel.page.getByRole("gridcell").count()).toBe(7);
  });

  it("shows its keys with the question mark, and continues after Escape", async () => {
    await open();
    await press("Home", "?");
    const keys = panel.page.getByRole("dialog", { name: "Keys for Pictures" });
    await keys.waitFor();
    for (const words of ["Keep", "Discard", "Compare", "Search", "Undo Discard"]) {
      expect(await keys.innerText()).toContain(words);
    }
    await press("Escape");
    await keys.waitFor({ state: "hidden" });
    await press("k");
    expect(await sheetIntents()).toEqual([{ type: "keep", ...first }]);
  });

  it("keeps selection and focus when a new job is added above", async () => {
    await open();
    await press("End");
    await panel.send(snapshot({ jobs: [jobView(9), ...jobs] }));
    expect(await selectedPicture()).toBe(pictureId(2, 2));
    await press("k");
    expect(await sheetIntents()).toEqual([{ type: "keep", job: "job-0002", picture: pictureId(2, 2) }]);
  });
});
