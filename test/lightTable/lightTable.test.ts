import { describe, expect, test } from "vitest";
import { themes } from "../panel/harness/themes.ts";
import { allowClipboard, clipboardImage } from "../support/clipboardImage.ts";
import { pseudoTranslation, untranslatedTexts } from "../support/pseudoTranslation.ts";
import { dark, light, linkTo, type Tab } from "./harness.ts";
import { changedJob, tableJob, tablePicture } from "./jobs.ts";
import { announcedText, captions, picture, press, useTables } from "./tabs.ts";

const open = useTables();

const tile = ({ page }: Tab, number: number) => page.getByRole("option", { name: `, ${number} of 4` });
const action = ({ page }: Tab, name: string) => page.getByRole("button", { name, exact: true });
/** The intents of a tab without the first, `ready`, and those on the shown picture. */
const actions = async ({ page, posted }: Tab) => {
  // An answer of the page comes after what it has sent before.
  await page.evaluate(() => undefined);
  return posted.filter(({ type }) => type !== "ready" && type !== "show");
};
const ref = (number: number) => ({ job: "hut", picture: `p${number}` });
/** Text of the focused element: its accessible name, or what it shows. */
const focused = ({ page }: Tab) =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute("aria-label") ?? element?.textContent?.trim() ?? "";
  });

describe("A picture on the light table", () => {
  test("is shown large, with what it was made from, its place and its pixels", async () => {
    const tab = await open({ job: tableJob() });
    expect(await captions(tab)).toEqual(["A mountain hut at dawn, 1 of 4 1600 × 800"]);
    expect(await tab.redAt(500, 250)).toBe(dark);
    expect(await tab.page.getByRole("heading").textContent()).toBe("A mountain hut at dawn, 1 of 4");
    expect(await tab.page.getByRole("slider").count()).toBe(0);
  });

  test("is the one that the host opens, also while another is shown", async () => {
    const tab = await open({ job: tableJob({ shown: "p2" }) });
    expect(await tab.redAt(500, 250)).toBe(light);
    await tab.send({ job: tableJob({ shown: "p3", showNumber: 2 }) });
    expect((await captions(tab))[0]).toContain("3 of 4");
    // A change of the job is no reason to show another picture.
    await press(tab, "ArrowRight");
    await tab.send(changedJob({ 1: { isStarred: true } }, { shown: "p3", showNumber: 2 }));
    expect((await captions(tab))[0]).toContain("4 of 4");
  });

  test("is replaced by the reason if it cannot be shown", async () => {
    const unshown = { notes: ["An AVIF file, which Limn cannot show."], otherFormat: "AVIF" };
    const { link: _, ...rest } = tablePicture(1, unshown);
    const tab = await open({ job: tableJob({ pictures: [rest, tablePicture(2)] }) });
    expect(await tab.page.getByRole("alert").textContent()).toContain("An AVIF file, which Limn cannot show.");
    await press(tab, "ArrowRight");
    expect(await tab.redAt(500, 250)).toBe(light);
  });

  test("zooms by keys, and is moved with Shift and the arrow keys, while arrows alone flip", async () => {
    const tab = await open({ job: tableJob() });
    await press(tab, "9");
    const { x, width } = await tab.boundsOf(".sheet");
    expect([width, await announcedText(tab)]).toEqual([1600, "Zoom 100 %"]);
    await press(tab, "Shift+ArrowRight");
    expect((await tab.boundsOf(".sheet")).x).toBeLessThan(x);
    // Another picture is shown at the same zoom, to compare details.
    await press(tab, "ArrowRight");
    expect((await tab.boundsOf(".sheet")).width).toBe(1600);
    expect((await captions(tab))[0]).toContain("2 of 4");
    await press(tab, "0");
    expect((await tab.boundsOf(".sheet")).width).toBeLessThan(1000);
  });
});

describe("The filmstrip", () => {
  test("flips through the pictures by arrow keys, Home and End, and stops at both ends", async () => {
    const tab = await open({ job: tableJob() });
    await press(tab, "ArrowLeft", "ArrowRight", "End", "ArrowRight", "Home");
    await expect
      .poll(() => tab.posted.filter(({ type }) => type === "show"))
      .toEqual([2, 4, 1].map((number) => ({ type: "show", ...ref(number) })));
    expect(await announcedText(tab)).toBe("A mountain hut at dawn, 1 of 4");
  });

  test("keeps the focus where it is while the pictures change: on an action, or on the tile", async () => {
    const tab = await open({ job: tableJob() });
    await action(tab, "Discard").focus();
    await press(tab, "ArrowRight", "ArrowRight");
    expect([await focused(tab), (await captions(tab))[0]?.slice(0, 30)]).toEqual([
      "Discard",
      "A mountain hut at dawn, 3 of 4",
    ]);
    await tile(tab, 3).focus();
    await press(tab, "ArrowRight");
    expect(await focused(tab)).toBe("A mountain hut at dawn, 4 of 4");
    await tile(tab, 2).click();
    expect((await captions(tab))[0]).toContain("2 of 4");
  });

  test("says what was done with each picture, and how many have not arrived", async () => {
    const tab = await open({
      job: tableJob({
        pictures: [
          tablePicture(1, { kept: ["images/hut.png"], isStarred: true }),
          tablePicture(2, { isDiscarded: true }),
        ],
        pending: 2,
      }),
    });
    const names = await tab.page.getByRole("option").evaluateAll((all) => all.map((one) => one.ariaLabel));
    expect(names).toEqual([
      "A mountain hut at dawn, 1 of 4, kept, starred",
      "A mountain hut at dawn, 2 of 4, discarded",
    ]);
    expect(await tab.page.getByText("Not here yet: 2").count()).toBe(1);
    await tab.send({ job: tableJob() });
    expect(await tab.page.getByRole("option").count()).toBe(4);
    expect(await tab.page.getByText("Not here yet").count()).toBe(0);
  });

  test("is not there for a single picture", async () => {
    const tab = await open({ job: tableJob({ pictures: [tablePicture(1)] }) });
    expect(await tab.page.getByRole("listbox").count()).toBe(0);
  });
});

describe("The actions of the light table", () => {
  test.each([
    ["K", "Keep", { type: "keep" }],
    ["I", "Insert", { type: "insertLink" }],
    ["E", "Edit This", { type: "useAsReference" }],
    ["C", "Compare", { type: "compare", otherwise: ref(1) }],
    ["S", "Star", { type: "star", starred: true }],
    ["X", "Discard", { type: "discard" }],
    ["R", "Replace the Original", { type: "replace" }],
  ] as const)("%s and the button %s ask the host once", async (key, name, intent) => {
    const tab = await open({ job: tableJob({ hasReferenceFile: true, shown: "p2" }) });
    await press(tab, key.toLowerCase());
    await press(tab, "Home", "ArrowRight");
    await action(tab, name).click();
    const sent = { ...intent, ...ref(2) };
    await expect.poll(() => actions(tab)).toEqual([sent, sent]);
  });

  test("copy the picture as PNG, by key and by button", async () => {
    const tab = await open({ job: tableJob() });
    for (const copy of [() => press(tab, "y"), () => action(tab, "Copy Image").click()]) {
      await allowClipboard(tab.page);
      await copy();
      await expect.poll(() => clipboardImage(tab.page)).toEqual({ width: 1600, height: 800 });
    }
    expect(await announcedText(tab)).toBe("Copied the image");
    expect(await actions(tab)).toEqual([]);
  });

  test("let the host explain that a picture could not be copied", async () => {
    const tab = await open({ job: tableJob({ pictures: [tablePicture(1, { link: linkTo("broken.png") })] }) });
    await press(tab, "y");
    await expect.poll(() => actions(tab)).toEqual([{ type: "copyImage", ...ref(1), failure: "failed" }]);
  });

  test("show a kept picture as kept, with its file as a link, and do not keep it twice", async () => {
    const tab = await open({ job: tableJob() });
    await press(tab, "k");
    await tab.send(changedJob({ 1: { kept: ["images/hut.png"] } }));
    expect(await announcedText(tab)).toBe("Kept as images/hut.png");
    await press(tab, "k");
    const sentence = "This picture is kept as images/hut.png.";
    expect(await announcedText(tab)).toBe(sentence);
    // Screen readers read a text again only if the region was empty meanwhile.
    await tab.page.getByRole("status").evaluate((region) => {
      const changes: (string | null)[] = [];
      new MutationObserver(() => {
        changes.push(region.textContent);
        region.setAttribute("data-changes", JSON.stringify(changes));
      }).observe(region, { childList: true });
    });
    await press(tab, "k");
    expect(await announcedText(tab)).toBe(sentence);
    expect(await tab.page.getByRole("status").getAttribute("data-changes")).toBe(JSON.stringify(["", sentence]));
    expect(await action(tab, "Kept").count()).toBe(1);
    await tab.page.getByRole("link", { name: "images/hut.png" }).click();
    await expect
      .poll(() => actions(tab))
      .toEqual([
        { type: "keep", ...ref(1) },
        { type: "openKept", ...ref(1), index: 0 },
      ]);
  });

  test("discard a picture and show the next, and restore it by Ctrl+Z and by the button", async () => {
    const tab = await open({ job: tableJob() });
    await press(tab, "x");
    await tab.send(changedJob({ 1: { isDiscarded: true } }));
    expect((await captions(tab))[0]).toContain("2 of 4");
    await tab.page.getByText("Discarded: A mountain hut at dawn, 1 of 4").first().waitFor();
    await press(tab, "Control+z");
    await tab.send(changedJob({}));
    expect((await captions(tab))[0]).toContain("1 of 4");
    expect(await action(tab, "Undo").count()).toBe(0);
    await press(tab, "End", "x");
    await tab.send(changedJob({ 4: { isDiscarded: true } }));
    expect((await captions(tab))[0]).toContain("3 of 4");
    await action(tab, "Undo").click();
    await expect
      .poll(() => actions(tab))
      .toEqual([
        { type: "discard", ...ref(1) },
        { type: "restore", ...ref(1) },
        { type: "discard", ...ref(4) },
        { type: "restore", ...ref(4) },
      ]);
  });

  test("offer to restore a discarded picture, which is named as such, and explain why it cannot be kept", async () => {
    const tab = await open(changedJob({ 1: { isDiscarded: true } }));
    const note = tab.page.locator(".note").getByText("This picture is discarded.", { exact: true });
    await note.waitFor();
    await tab.screenshot("discarded");
    await press(tab, "ArrowRight");
    await note.waitFor({ state: "detached" });
    await press(tab, "ArrowLeft");
    await note.waitFor();
    await press(tab, "k", "s", "i");
    expect(await announcedText(tab)).toBe("This picture is discarded. Restore it first (X).");
    expect(await action(tab, "Keep").getAttribute("aria-disabled")).toBe("true");
    expect(await action(tab, "Restore").getAttribute("aria-disabled")).toBe(null);
    await action(tab, "Restore").click();
    await expect.poll(() => actions(tab)).toEqual([{ type: "restore", ...ref(1) }]);
  });

  test("are left out if they make no sense: Replace without an original", async () => {
    const tab = await open({ job: tableJob() });
    expect(await action(tab, "Replace the Original").count()).toBe(0);
    await press(tab, "r");
    expect(await actions(tab)).toEqual([]);
  });

  test("are not done by keys with Ctrl, Alt or Meta, nor repeated by a held key", async () => {
    const tab = await open({ job: tableJob() });
    await press(tab, "Control+k", "Alt+x", "Meta+s");
    await tab.page.keyboard.down("s");
    await tab.page.keyboard.down("s");
    await tab.page.keyboard.up("s");
    await expect.poll(() => actions(tab)).toEqual([{ type: "star", ...ref(1), starred: true }]);
  });
});

describe("Fast hands on the light table", () => {
  const discards = (...numbers: readonly number[]) => numbers.map((number) => ({ type: "discard", ...ref(number) }));
  const restores = (...numbers: readonly number[]) => numbers.map((number) => ({ type: "restore", ...ref(number) }));

  test("discard one picture with a held Enter or Space on the button, and restore one on Undo", async () => {
    const tab = await open({ job: tableJob() });
    for (const key of ["Enter", "Space"]) {
      await action(tab, "Discard").focus();
      for (let repeat = 0; repeat < 3; repeat++) await tab.page.keyboard.down(key);
      await tab.page.keyboard.up(key);
    }
    await expect.poll(() => actions(tab)).toEqual(discards(1, 2));
    await tab.send(changedJob({ 1: { isDiscarded: true }, 2: { isDiscarded: true } }));
    await action(tab, "Undo").focus();
    for (let repeat = 0; repeat < 3; repeat++) await tab.page.keyboard.down("Enter");
    await tab.page.keyboard.up("Enter");
    await expect.poll(() => actions(tab)).toEqual([...discards(1, 2), ...restores(2)]);
  });

  test("discard one picture with a double click, and restore one", async () => {
    const tab = await open({ job: tableJob() });
    await action(tab, "Discard").dblclick();
    await expect.poll(() => actions(tab)).toEqual(discards(1));
    await action(tab, "Discard").click();
    await tab.send(changedJob({ 1: { isDiscarded: true }, 2: { isDiscarded: true } }));
    await action(tab, "Undo").dblclick();
    await expect.poll(() => actions(tab)).toEqual([...discards(1, 2), ...restores(2)]);
  });

  test("restore several pictures by Ctrl+Z before the host answers, the last one first", async () => {
    const tab = await open({ job: tableJob() });
    await press(tab, "x", "x", "Control+z", "Control+z", "Control+z");
    await expect.poll(() => actions(tab)).toEqual([...discards(1, 2), ...restores(2, 1)]);
    expect((await captions(tab))[0]).toContain("1 of 4");
  });

  test("do not come back to a picture that was just discarded", async () => {
    const tab = await open({ job: tableJob({ shown: "p3" }) });
    await press(tab, "x", "x");
    await expect.poll(() => actions(tab)).toEqual(discards(3, 4));
    expect((await captions(tab))[0]).toContain("2 of 4");
  });

  test("can discard all: the last one stays in view, with Restore, and Ctrl+Z restores them", async () => {
    const tab = await open({ job: tableJob() });
    await action(tab, "Discard").focus();
    await press(tab, "x", "x", "x", "x");
    const all = { isDiscarded: true };
    await tab.send(changedJob({ 1: all, 2: all, 3: all, 4: all }));
    expect((await captions(tab))[0]).toContain("4 of 4");
    expect(await focused(tab)).toBe("Restore");
    await tab.page.getByText("Discarded: A mountain hut at dawn, 4 of 4").first().waitFor();
    await tab.screenshot("table-all-discarded");
    await press(tab, "Control+z", "Control+z", "Control+z", "Control+z");
    await expect.poll(() => actions(tab)).toEqual([...discards(1, 2, 3, 4), ...restores(4, 3, 2, 1)]);
  });

  test("do not undo what was restored elsewhere meanwhile", async () => {
    const tab = await open({ job: tableJob() });
    await press(tab, "x", "x");
    await tab.send(changedJob({ 1: { isDiscarded: true }, 2: { isDiscarded: true } }));
    await tab.send(changedJob({ 1: { isDiscarded: true } }));
    await press(tab, "Control+z");
    await expect.poll(() => actions(tab)).toEqual([...discards(1, 2), ...restores(1)]);
  });
});

describe("The focus on the light table", () => {
  test("goes to the shown tile when Undo has nothing left to undo", async () => {
    const tab = await open({ job: tableJob() });
    await press(tab, "x");
    await tab.send(changedJob({ 1: { isDiscarded: true } }));
    await action(tab, "Undo").focus();
    await press(tab, "Enter");
    await tab.send(changedJob({}));
    expect(await focused(tab)).toBe("A mountain hut at dawn, 1 of 4");
  });

  test("goes to Stop Comparing when the tile that had it is hidden", async () => {
    const tab = await open({ job: tableJob() });
    await tile(tab, 1).click();
    const comparison = { left: picture("dark.png"), right: picture("light.png"), isDirect: false };
    await tab.send({ job: tableJob(), comparison });
    expect(await focused(tab)).toBe("Stop Comparing");
  });
});

describe("A picture that is deleted while it is shown", () => {
  const without = (number: number) =>
    tableJob({
      pictures: [1, 2, 3, 4].filter((one) => one !== number).map((one) => tablePicture(one)),
      shown: `p${number}`,
    });

  test("is replaced by its neighbour, with an announcement, and the host gets its id", async () => {
    const tab = await open({ job: tableJob({ shown: "p3" }) });
    await tab.send({ job: without(3) });
    expect((await captions(tab))[0]).toContain("4 of 4");
    expect(await announcedText(tab)).toBe(
      "A mountain hut at dawn, 3 of 4 is not in Limn's vault any more. Shown now: A mountain hut at dawn, 4 of 4",
    );
    await expect.poll(() => tab.posted.at(-1)).toEqual({ type: "show", ...ref(4) });
    await tab.send({ job: without(4) });
    expect((await captions(tab))[0]).toContain("3 of 4");
  });

  test("is loaded again when its file is back", async () => {
    const tab = await open({ job: tableJob() });
    const link = linkTo("square.png");
    const answer = { contentType: "image/png", body: "", headers: { "Cache-Control": "no-store" } };
    await tab.page.route(link, (route) => route.fulfill(answer));
    const job = changedJob({ 3: { link } });
    await tab.send(job);
    await press(tab, "ArrowRight", "ArrowRight");
    await tab.page.getByText("This picture cannot be shown").waitFor();
    await tab.page.unroute(link);
    await press(tab, "Home", "End", "ArrowLeft");
    await tab.page.getByText("800 × 800").waitFor();
  });
});

describe("The comparison on the light table", () => {
  const comparison = { left: picture("dark.png"), right: picture("light.png"), isDirect: false };

  test("takes the place of the picture and keeps its actions, and Escape leads back", async () => {
    const tab = await open({ job: tableJob({ shown: "p2" }), comparison });
    expect(await captions(tab)).toEqual(["images/dark.png 1600 × 800", "images/light.png 1600 × 800"]);
    expect(await tab.page.getByRole("listbox").count()).toBe(0);
    await press(tab, "ArrowLeft", "k");
    expect(await tab.page.getByRole("slider").getAttribute("aria-valuenow")).toBe("48");
    await press(tab, "Escape");
    await tab.send({ job: tableJob({ shown: "p2" }) });
    expect(await captions(tab)).toEqual(["A mountain hut at dawn, 2 of 4 1600 × 800"]);
    await expect.poll(() => actions(tab)).toEqual([{ type: "keep", ...ref(2) }, { type: "stopComparing" }]);
  });

  test("ends by C and by its button", async () => {
    const tab = await open({ job: tableJob(), comparison });
    await press(tab, "c");
    await action(tab, "Stop Comparing").click();
    await expect.poll(() => actions(tab)).toEqual([{ type: "stopComparing" }, { type: "stopComparing" }]);
  });

  test("ends on a held Escape, which does not close the light table too", async () => {
    const tab = await open({ job: tableJob(), comparison });
    await tab.page.keyboard.down("Escape");
    await tab.send({ job: tableJob() });
    await tab.page.keyboard.down("Escape");
    await tab.page.keyboard.up("Escape");
    await expect.poll(() => actions(tab)).toEqual([{ type: "stopComparing" }]);
  });

  test("closes on Escape if the light table was opened for it", async () => {
    const tab = await open({ job: tableJob(), comparison: { ...comparison, isDirect: true } });
    await press(tab, "Escape");
    await expect.poll(() => actions(tab)).toEqual([{ type: "close" }]);
  });
});

describe("The light table", () => {
  test("closes on Escape", async () => {
    const tab = await open({ job: tableJob() });
    await press(tab, "Escape");
    await expect.poll(() => actions(tab)).toEqual([{ type: "close" }]);
  });

  test.each(themes)("has no accessibility violations in the theme %s, wide and narrow", async (theme) => {
    // A window at 200 % leaves half of the pixels, but VS Code leaves an editor at least 220.
    for (const width of [700, 400, 260, 350, 220]) {
      const tab = await open(
        changedJob(
          {
            1: { kept: ["images/hut.png"], notes: ["The safety check flagged the content."] },
            2: { isDiscarded: true },
          },
          { hasReferenceFile: true, pending: 1 },
        ),
        { theme, width, height: 600 },
      );
      expect(await tab.axe()).toEqual([]);
      await tab.screenshot(`table-${theme}-${width}`);
      expect(await tab.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${width} px`).toBe(0);
      const { x, width: used } = await tab.boundsOf(".actions");
      expect(x + used).toBeLessThanOrEqual(width);
      await press(tab, "ArrowRight", "x");
      expect(await tab.axe()).toEqual([]);
    }
  });

  test("leaves most of a small tab to the picture", async () => {
    const tab = await open({ job: tableJob() }, { width: 400, height: 400 });
    expect((await tab.boundsOf(".pane")).height).toBeGreaterThan(150);
    await tab.screenshot("table-small");
  });

  test("has no untranslated text or accessible name", async () => {
    const job = tableJob({
      pictures: [
        tablePicture(1, { kept: ["images/hut.png"], isStarred: true }),
        tablePicture(2, { isDiscarded: true }),
      ],
      pending: 2,
      hasReferenceFile: true,
    });
    const tab = await open({ job }, { texts: pseudoTranslation() });
    expect(await untranslatedTexts(tab.page, [job])).toEqual([]);
    await press(tab, "ArrowRight");
    expect(await untranslatedTexts(tab.page, [job])).toEqual([]);
  });

  test("shows the thumbnail until the picture is loaded", async () => {
    const tab = await open(changedJob({ 4: { thumbnail: "half.png", link: linkTo("pending.png") } }));
    await press(tab, "End");
    await expect.poll(() => tab.page.locator(".layer.left img").getAttribute("src")).toBe(linkTo("half.png"));
  });
});
