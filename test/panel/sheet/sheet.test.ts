import { beforeAll, describe, expect, it } from "vitest";
import { type Intent, type JobView, parseDraggedPicture } from "../../../src/protocol.ts";
import { noise } from "../../imaging/pictures.ts";
import { allowClipboard, clipboardImage } from "../../support/clipboardImage.ts";
import { jobView, jobViews, pictureView, snapshot } from "../harness/fixtures.ts";
import { openPanel, type Panel } from "../harness/harness.ts";
import { focusedName, promptField } from "../harness/locators.ts";
import type { PanelContent } from "../harness/panelHost.ts";
import type { Theme } from "../harness/themes.ts";
import { checkAndClose } from "../harness/useHarness.ts";

let panel: Panel;

beforeAll(async () => {
  panel = await openPanel(snapshot());
});
checkAndClose(() => panel);

/** Reloads the panel with these jobs. */
async function open(jobs: readonly JobView[], fields: Partial<PanelContent> = {}) {
  await panel.page.evaluate(() => sessionStorage.clear());
  await panel.reload(snapshot({ jobs, ...fields }));
  await panel.forgetIntents();
  return panel.page.locator("limn-sheet");
}

const isSheetIntent = ({ type }: Intent): boolean => type !== "previewPath";
const sheetIntents = async (): Promise<Intent[]> => (await panel.intents()).filter(isSheetIntent);
const tiles = () => panel.page.getByRole("gridcell");
const announcer = () => panel.page.locator(".announcer");
const action = (name: string) => panel.page.locator("limn-sheet .strip").getByRole("button", { name, exact: true });

const first = { job: "job-0001", picture: "picture-1-0001" };
const second = { job: "job-0001", picture: "picture-1-0002" };

/** Sends the page the bytes of the first picture; without them, that it cannot be read. */
const sendBytes = (bytes?: readonly number[]) =>
  panel.page.evaluate(
    ({ picture, bytes }) =>
      window.postMessage({ type: "pictureBytes", picture, bytes: bytes && Uint8Array.from(bytes) }),
    { picture: first.picture, bytes },
  );

/** Chooses from the menu of the selected picture. */
async function choose(name: string): Promise<void> {
  await action("All actions").click();
  await panel.page.getByRole("menuitem", { name, exact: true }).click();
}

/** What each button of the selected picture asks for. */
const buttons: readonly [string, Intent][] = [
  ["Keep", { type: "keep", ...first }],
  ["Replace", { type: "replace", ...first }],
  ["Compare", { type: "compare", ...first }],
  ["Insert", { type: "insertLink", ...first }],
  ["Edit This", { type: "useAsReference", ...first }],
  ["Discard", { type: "discard", ...first }],
];

/** What the menu has besides. */
const menuItems: readonly [string, Intent][] = [
  ["Keep As…", { type: "keepAs", ...first }],
  ["Open", { type: "open", ...first }],
  ["Star", { type: "star", ...first, starred: true }],
];

const copied: readonly [string, Extract<Intent, { type: "copy" }>["what"]][] = [
  ["Copy Prompt", "prompt"],
  ["Copy Seed", "seed"],
  ["Copy Image UUID", "imageUuid"],
  ["Copy Task UUID", "taskUuid"],
  ["Copy Request as curl", "curl"],
  ["Copy Request as TypeScript", "typescript"],
];

describe("the sheet of pictures", () => {
  it("offers three example prompts if there are no pictures and no prompt yet", async () => {
    const sheet = await open([]);
    expect(await sheet.locator(".empty > p").innerText()).toContain("No pictures yet.");
    const examples = sheet.getByRole("list", { name: "For example:" }).getByRole("button");
    expect(await examples.count()).toBe(3);
    const text = (await examples.first().innerText()).trim();
    await examples.first().click();
    await expect.poll(() => focusedName(panel)).toBe("Prompt");
    expect(await promptField(panel).inputValue()).toBe(text);
    expect(await examples.count()).toBe(0);
  });

  it("shows the picture of the newest job larger than the others", async () => {
    await open([jobView(1, { pictures: [pictureView(1, 1)] }), jobView(2, { pictures: [pictureView(2, 1)] })]);
    const widths = await tiles().evaluateAll((all) => all.map((tile) => tile.getBoundingClientRect().width));
    expect(widths[0]).toBeGreaterThan(1.5 * (widths[1] ?? 0));
  });

  it("selects the first picture of a new job, but not while the user works on another one", async () => {
    const selected = () => panel.page.locator(".tile.active").getAttribute("data-job");
    await open([]);
    await panel.send(snapshot({ jobs: [jobView(3)] }));
    await expect.poll(selected).toBe("job-0003");
    await panel.send(snapshot({ jobs: [jobView(2), jobView(3)] }));
    await expect.poll(selected).toBe("job-0002");
    await tiles().last().click();
    await panel.send(snapshot({ jobs: [jobView(1), jobView(2), jobView(3)] }));
    expect(await selected()).toBe("job-0003");
  });

  it("shows received pictures, newest job first, under the prompt, size, cost and time of their job", async () => {
    const waiting = { id: "waiting", kept: [], isStarred: false, isUnsafe: false, notes: [] };
    const sheet = await open([
      jobView(1, { pictures: [pictureView(1, 1), waiting], cost: 0.028 }),
      jobView(2, { isSandbox: true }),
    ]);
    expect(await tiles().count()).toBe(3);
    expect(await sheet.locator(".heading .prompt").allInnerTexts()).toEqual([
      "A fox in the snow, number 1",
      "A fox in the snow, number 2",
    ]);
    const [one, two] = await sheet.locator(".heading .facts").allInnerTexts();
    expect(one).toMatch(/^1360 × 768 · \$0\.028 · /u);
    expect(two).toMatch(/^1360 × 768 · free in the sandbox · /u);
  });

  it("marks kept, starred and flagged pictures visibly and for screen readers", async () => {
    const sheet = await open([
      jobView(1, {
        pictures: [
          pictureView(1, 1, { kept: ["images/fox.jpg"], isStarred: true }),
          pictureView(1, 2, { isUnsafe: true }),
        ],
      }),
    ]);
    expect(await tiles().evaluateAll((all) => all.map((tile) => tile.getAttribute("aria-label")))).toEqual([
      "Picture 1 of 2, kept as images/fox.jpg, starred: A fox in the snow, number 1",
      "Picture 2 of 2, flagged as unsafe: A fox in the snow, number 1",
    ]);
    expect(await sheet.locator(".marks i").evaluateAll((all) => all.map(({ className }) => className))).toEqual([
      "starred",
      "kept",
      "unsafe",
    ]);
    await tiles().first().click();
    expect(await sheet.locator(".strip .link").allInnerTexts()).toEqual(["images/fox.jpg"]);
  });

  it("shows notes on a job above its pictures, and notes on a picture beside it", async () => {
    const size = "Runware delivered 640 × 360 pixels, not the size you asked for.";
    const fewer = "2 of 3 pictures were made.";
    const pictures = [pictureView(1, 1), pictureView(1, 2, { width: 640, height: 360, notes: [size] })];
    const sheet = await open([jobView(1, { count: 3, pictures, notes: [size, fewer] })]);
    expect(await sheet.locator(".lost").allInnerTexts()).toEqual([size, fewer]);
    await tiles().first().click();
    expect(await sheet.locator(".note").count()).toBe(0);
    await tiles().last().click();
    expect(await sheet.locator(".note").allInnerTexts()).toEqual([size]);
  });

  it("reserves the place of a picture whose thumbnail is missing", async () => {
    const { thumbnail: _, ...bare } = pictureView(1, 1);
    await open([jobView(1, { pictures: [bare] })]);
    expect(await tiles().locator("img").count()).toBe(0);
    const before = await tiles().boundingBox();
    await panel.send(snapshot({ jobs: [jobView(1, { pictures: [pictureView(1, 1)] })] }));
    expect(await tiles().locator("img").count()).toBe(1);
    expect(await tiles().boundingBox()).toEqual(before);
  });

  it.each(buttons)("has a button %s for the selected picture", async (name, intent) => {
    await open([jobView(1, { hasReferenceFile: true, hasOriginal: true })]);
    await tiles().first().click();
    await action(name).click();
    expect(await sheetIntents()).toEqual([intent]);
  });

  it.each(menuItems)("has an entry %s in the menu of the selected picture", async (name, intent) => {
    await open([jobView(1)]);
    await tiles().first().click();
    await choose(name);
    expect(await sheetIntents()).toEqual([intent]);
  });

  it("sends the request of a picture once more, or for one in 2K, with the price in the menu", async () => {
    const job = jobView(1, { makeMoreEstimate: 0.056, in2kEstimate: 0.042 });
    await open([job]);
    await tiles().first().click();
    await choose("More Like This · about $0.056");
    const [purchase] = await sheetIntents();
    expect(purchase).toEqual({ type: "makeMore", press: expect.any(String), job: "job-0001", in2k: false });
    // Until the host has handled it, nothing more is bought for this job.
    await choose("Same in 2K · about $0.042");
    expect(await sheetIntents()).toHaveLength(1);
    const press = { id: purchase?.type === "makeMore" ? purchase.press : "", job: "job-0001", isHandled: true };
    await panel.send(snapshot({ jobs: [job], presses: [press] }));
    await choose("Same in 2K · about $0.042");
    expect((await sheetIntents()).at(-1)).toEqual({
      type: "makeMore",
      press: expect.any(String),
      job: "job-0001",
      in2k: true,
    });
  });

  it("names no price in the sandbox, and offers no larger size without one", async () => {
    await open([jobView(1, { makeMoreEstimate: 0.056 })], { engine: { kind: "sandbox", isReady: true } });
    await tiles().first().click({ button: "right" });
    const names = await panel.page.getByRole("menuitem").allInnerTexts();
    expect(names).toContain("More Like This");
    expect(names.filter((name) => /2K|\$/u.test(name))).toEqual([]);
  });

  it("says that a picture is kept, opens its file, and keeps it again only by the menu", async () => {
    const kept = ["images/fox.jpg", "images/fox-2.jpg"];
    await open([jobView(1, { pictures: [pictureView(1, 1, { kept })] })]);
    await tiles().first().click();
    expect(await action("Keep").count()).toBe(0);
    await action("Kept").click({ force: true });
    await panel.page.keyboard.press("k");
    await expect.poll(() => announcer().innerText()).toContain("Kept as images/fox.jpg, images/fox-2.jpg.");
    expect(await sheetIntents()).toEqual([]);
    await action("images/fox-2.jpg").press("Enter");
    await choose("Keep Again");
    expect(await sheetIntents()).toEqual([
      { type: "openKept", ...first, index: 1 },
      { type: "keep", ...first },
    ]);
  });

  it("leaves no gap for the check mark in Keep after a kept picture was selected", async () => {
    await open([jobView(1, { pictures: [pictureView(1, 1, { kept: ["images/fox.jpg"] }), pictureView(1, 2)] })]);
    await tiles().first().click();
    expect(await action("Kept").locator("vscode-icon").count()).toBe(1);
    await tiles().nth(1).click();
    expect(await action("Keep").locator("vscode-icon").count()).toBe(0);
  });

  it.each(copied)("copies by the menu: %s", async (name, what) => {
    await open([jobView(1)]);
    await tiles().first().click();
    await choose(name);
    expect(await sheetIntents()).toEqual([{ type: "copy", ...first, what }]);
  });

  it("offers to compare with a picture of the vault, which cannot be replaced, and copies no name of a file", async () => {
    await open([jobView(1, { hasOriginal: true, hasNoPrompt: true })]);
    await tiles().first().click();
    expect(await action("Replace").count()).toBe(0);
    await action("Compare").click();
    expect(await sheetIntents()).toEqual([{ type: "compare", ...first }]);
    await tiles().first().click({ button: "right" });
    await panel.page.getByRole("menuitem", { name: "Copy Task UUID" }).waitFor();
    expect(await panel.page.getByRole("menuitem", { name: "Copy Prompt" }).count()).toBe(0);
    await panel.page.keyboard.press("Escape");
  });

  it("shows a picture with transparency on a chequered ground, in the colours of the theme", async () => {
    const cutout = pictureView(1, 1, { hasAlpha: true, thumbnail: "cutout-272x154.webp" });
    await open([jobView(1, { pictures: [cutout, pictureView(1, 2)] })]);
    const grounds = await tiles()
      .locator("img")
      .evaluateAll((images) => images.map((image) => getComputedStyle(image).backgroundImage.split("(")[0]));
    expect(grounds).toEqual(["repeating-conic-gradient", "none"]);
    const onTheme = async (theme: Theme) => {
      for (const width of [260, 700, 400]) {
        await panel.page.setViewportSize({ width, height: 900 });
        await panel.screenshot(`cutout-${width}-${theme}`);
      }
    };
    expect(await panel.axeInAllThemes({ onTheme })).toEqual([]);
  });

  it("copies the picture itself as PNG, with the bytes that the host sends", async () => {
    await open([jobView(1)]);
    await allowClipboard(panel.page);
    await tiles().first().click();
    await choose("Copy Image");
    await expect.poll(sheetIntents).toEqual([{ type: "copyImage", ...first }]);
    await sendBytes([...(await noise(60, 40, "webp"))]);
    await expect.poll(() => clipboardImage(panel.page)).toEqual({ width: 60, height: 40 });
  });

  it("lets the host explain that a picture could not be copied", async () => {
    await open([jobView(1)]);
    await allowClipboard(panel.page);
    await tiles().first().click();
    await choose("Copy Image");
    const ask = { type: "copyImage", ...first };
    await expect.poll(sheetIntents).toEqual([ask]);
    await sendBytes([1, 2, 3]);
    await expect.poll(sheetIntents).toEqual([ask, { ...ask, failure: "failed" }]);
  });

  it("lets the host explain that VS Code refused to copy a picture", async () => {
    await open([jobView(1)]);
    await panel.page.evaluate(() => {
      navigator.clipboard.write = async () => Promise.reject(new DOMException("Not allowed", "NotAllowedError"));
    });
    await tiles().first().click();
    await choose("Copy Image");
    const ask = { type: "copyImage", ...first };
    await expect.poll(sheetIntents).toEqual([ask]);
    await sendBytes([...(await noise(6, 4, "webp"))]);
    await expect.poll(sheetIntents).toEqual([ask, { ...ask, failure: "refused" }]);
  });

  it("ends a copy that the host has no bytes for, so that the next one stands alone", async () => {
    await open([jobView(1)]);
    await allowClipboard(panel.page);
    await tiles().first().click();
    await choose("Copy Image");
    const ask = { type: "copyImage", ...first };
    await expect.poll(sheetIntents).toEqual([ask]);
    await sendBytes();
    await choose("Copy Image");
    await expect.poll(sheetIntents).toEqual([ask, ask]);
    await sendBytes([...(await noise(6, 4, "webp"))]);
    await expect.poll(() => clipboardImage(panel.page)).toEqual({ width: 6, height: 4 });
    expect(await sheetIntents()).toEqual([ask, ask]);
  });

  it("offers to copy a seed and to replace the original only if there is one", async () => {
    const { seed: _, ...bare } = pictureView(1, 1);
    await open([jobView(1, { pictures: [bare] })]);
    await tiles().first().click({ button: "right" });
    const names = await panel.page.getByRole("menuitem").allInnerTexts();
    expect(names).toContain("Copy Image UUID");
    expect(names).not.toContain("Copy Seed");
    expect(names).not.toContain("Replace the Original");
    expect(await action("Replace").count()).toBe(0);
    expect(await action("Compare").count()).toBe(0);
  });

  it("has all actions in the context menu, by mouse and by keyboard", async () => {
    await open([jobView(1, { hasReferenceFile: true, hasOriginal: true })]);
    await tiles().last().click({ button: "right" });
    await panel.page.getByRole("menuitem", { name: "Insert" }).click();
    expect(await sheetIntents()).toEqual([{ type: "insertLink", ...second }]);
    await panel.page.keyboard.press("Shift+F10");
    await panel.page.getByRole("menu", { name: "Picture 2" }).waitFor();
    for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "Enter"]) {
      await panel.page.keyboard.press(key);
    }
    expect(await sheetIntents()).toEqual([
      { type: "insertLink", ...second },
      { type: "insertLink", ...second },
    ]);
    expect(await panel.page.getByRole("menu").count()).toBe(0);
    await panel.page.keyboard.press("k");
    expect((await sheetIntents()).at(-1)).toEqual({ type: "keep", ...second });
  });

  it("closes the menu with Escape and sends nothing", async () => {
    await open([jobView(1)]);
    await tiles().first().click({ button: "right" });
    await panel.page.getByRole("menuitem").first().waitFor();
    await panel.page.keyboard.press("Escape");
    expect(await panel.page.getByRole("menu").count()).toBe(0);
    expect(await sheetIntents()).toEqual([]);
  });

  it("opens a picture on a double click", async () => {
    await open([jobView(1)]);
    await tiles().last().dblclick();
    expect(await sheetIntents()).toEqual([{ type: "open", ...second }]);
  });

  it("compares with the marked picture of any job, and announces that none is marked", async () => {
    await open([jobView(1), jobView(2)]);
    await tiles().first().click();
    await panel.page.keyboard.press("c");
    await expect.poll(() => announcer().innerText()).toContain("Press M on another picture");
    expect(await sheetIntents()).toEqual([]);
    await choose("Mark to Compare");
    await tiles().last().click();
    await choose("Compare");
    expect(await sheetIntents()).toEqual([
      { type: "compare", job: "job-0002", picture: "picture-2-0002", with: first },
    ]);
  });

  it("searches the prompts for every word, ignoring case, and shows a notice if nothing is found", async () => {
    const sheet = await open([jobView(1, { prompt: "A red Fox" }), jobView(2, { prompt: "a red hen" })]);
    const search = sheet.getByRole("searchbox", { name: "Search prompts" });
    await search.fill("RED fox");
    await expect.poll(() => sheet.locator(".heading .prompt").allInnerTexts()).toEqual(["A red Fox"]);
    await search.fill("red wolf");
    await expect.poll(() => sheet.locator(".empty p").innerText()).toBe("No picture matches.");
    await sheet.getByRole("button", { name: "Show All Pictures" }).click();
    await expect.poll(() => tiles().count()).toBe(4);
    expect(await search.inputValue()).toBe("");
  });

  it("goes on after a text was pasted that is longer than any prompt", async () => {
    const sheet = await open([jobView(1, { prompt: "A red Fox" }), jobView(2, { prompt: "a red hen" })]);
    const search = sheet.getByRole("searchbox", { name: "Search prompts" });
    await search.fill("A red Fox ".repeat(4000));
    await expect.poll(() => sheet.locator(".heading .prompt").allInnerTexts()).toEqual(["A red Fox"]);
    await search.fill("hen");
    await expect.poll(() => sheet.locator(".heading .prompt").allInnerTexts()).toEqual(["a red hen"]);
  });

  it("filters, with the number of pictures beside each filter", async () => {
    const sheet = await open([
      jobView(1, {
        pictures: [pictureView(1, 1, { kept: ["a.jpg"] }), pictureView(1, 2, { isStarred: true }), pictureView(1, 3)],
      }),
      jobView(2),
    ]);
    expect(await sheet.locator(".filters label").allInnerTexts()).toEqual([
      "All 5",
      "Not kept 4",
      "Kept 1",
      "Starred 1",
      "Discarded",
    ]);
    for (const [name, many] of [
      ["Kept 1", 1],
      ["Starred 1", 1],
      ["Not kept 4", 4],
      ["All 5", 5],
    ] as const) {
      await sheet.getByRole("radio", { name }).check({ force: true });
      await expect.poll(() => tiles().count()).toBe(many);
    }
  });

  it("shows the settings first, and applies them on request", async () => {
    const sheet = await open([jobView(1, { references: ["images/den.jpg"] })]);
    await tiles().first().click();
    await choose("Reuse Settings…");
    await expect
      .poll(() => sheet.locator(".settings dd").allInnerTexts())
      .toEqual([
        "A fox in the snow, number 1",
        "Kling IMAGE 3.0",
        "1360 × 768",
        "2",
        "JPG",
        "images/den.jpg",
        "48151624",
        "image-1-0001",
        "job-0001",
      ]);
    expect(await sheetIntents()).toEqual([]);
    await sheet.getByRole("button", { name: "Use These Settings" }).click();
    expect(await sheetIntents()).toEqual([{ type: "reuse", job: "job-0001" }]);
  });

  it("shows what a picture was made for, by name, and what that has added to the prompt", async () => {
    const targets = [{ id: "og", name: "og:image", group: "Link Previews and Posts", sizes: {} }];
    const jobs = [
      jobView(1, { exportTarget: "og", promptHint: "Keep the subject in the middle." }),
      jobView(2, { exportTarget: "project-Card" }),
    ];
    const sheet = await open(jobs, { targets });
    const settings = async (index: number) => {
      await tiles().nth(index).click();
      await choose("Reuse Settings…");
      return sheet.locator(".settings dl").innerText();
    };
    expect(await settings(0)).toMatch(/For\s+og:image\s+Added to the prompt\s+Keep the subject in the middle\./);
    const ofSecond = await settings(2);
    expect(ofSecond).toMatch(/For\s+project-Card/);
    expect(ofSecond).not.toContain("Added to the prompt");
  });

  it("shows the model of a picture, also one that Limn does not know", async () => {
    const sheet = await open([jobView(1, { model: "acme:swan@9" })]);
    await tiles().first().click();
    expect(await sheet.locator(".strip .facts").innerText()).toContain("acme:swan@9");
    await choose("Reuse Settings…");
    await expect.poll(() => sheet.locator(".settings dd").allInnerTexts()).toContain("acme:swan@9");
  });

  it("asks nothing about a prompt that was typed, which the form restores on request", async () => {
    const sheet = await open([jobView(1)]);
    await promptField(panel).fill("My own words");
    await panel.forgetIntents();
    await tiles().first().click();
    await choose("Reuse Settings…");
    await sheet.getByRole("button", { name: "Cancel" }).click();
    expect(await sheetIntents()).toEqual([]);
    await choose("Reuse Settings…");
    expect(await sheet.locator(".note").count()).toBe(0);
    await sheet.getByRole("button", { name: "Use These Settings" }).click();
    expect(await sheetIntents()).toEqual([{ type: "reuse", job: "job-0001" }]);
    await panel.send(
      snapshot({ jobs: [jobView(1)], draftUpdate: { id: 1, draft: { prompt: "A fox" }, replacesDraft: true } }),
    );
    await panel.page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect.poll(() => promptField(panel).inputValue()).toBe("My own words");
  });

  it("drags a picture for the host to link to, with the path of its file if it was kept", async () => {
    await open([jobView(1, { pictures: [pictureView(1, 1, { kept: ["images/fox.jpg"] }), pictureView(1, 2)] })]);
    const dragged = await tiles().evaluateAll((all) =>
      all.map((tile) => {
        const dataTransfer = new DataTransfer();
        tile.dispatchEvent(
          new DragEvent("dragstart", { bubbles: true, composed: true, cancelable: true, dataTransfer }),
        );
        return [dataTransfer.getData("application/vnd.limn.picture+json"), dataTransfer.getData("text/plain")];
      }),
    );
    expect(dragged.map(([picture, path]) => [parseDraggedPicture(JSON.parse(picture ?? "")), path])).toEqual([
      [first, "images/fox.jpg"],
      [second, ""],
    ]);
    expect(await tiles().evaluateAll((all) => all.every((tile) => tile.getAttribute("draggable") === "true"))).toBe(
      true,
    );
  });

  it("shows the size of the vault and cleans up on request", async () => {
    const sheet = await open(jobViews(1), { vaultBytes: 1_430_000_000 });
    expect(await sheet.locator("footer span").innerText()).toBe("Vault: 1.4 GB");
    await sheet.getByRole("button", { name: "Clean Up…" }).click();
    expect(await sheetIntents()).toEqual([{ type: "cleanUp" }]);
  });

  it.each([
    ["markup", "<img src=x onerror=\"document.title='broken'\">"],
    ["right-to-left text", "שועל אדום בשלג"],
    ["emoji", "🦊👨‍👩‍👧‍👦 in the snow"],
    ["2500 characters", "x".repeat(2500)],
  ])("shows a prompt of %s as text, and within its width", async (_, prompt) => {
    const sheet = await open([jobView(1, { prompt, notes: [prompt] })]);
    await panel.page.setViewportSize({ width: 260, height: 900 });
    await tiles().first().click();
    const shown = prompt.length > 120 ? "x".repeat(119) : prompt;
    expect(await sheet.locator(".heading .prompt").innerText()).toContain(shown);
    expect(await sheet.locator(".strip .facts").getAttribute("title")).toContain(shown);
    await choose("Reuse Settings…");
    expect(await sheet.locator(".settings dd").first().innerText()).toBe(prompt);
    expect(await sheet.locator("img").count()).toBe(2);
    const [inner, outer] = await panel.page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    expect(inner).toBe(outer);
    expect(panel.errors).toEqual([]);
    await panel.page.setViewportSize({ width: 400, height: 900 });
  });
});
