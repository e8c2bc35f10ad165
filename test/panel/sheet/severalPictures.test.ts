import { beforeAll, describe, expect, it } from "vitest";
import type { Intent, JobView } from "../../../src/protocol.ts";
import { jobView, pictureView, snapshot } from "../harness/fixtures.ts";
import { openPanel, type Panel } from "../harness/harness.ts";
import { announcer, intentsOf } from "../harness/locators.ts";
import type { PanelContent } from "../harness/panelHost.ts";
import { checkAndClose } from "../harness/useHarness.ts";

let panel: Panel;

beforeAll(async () => {
  panel = await openPanel(snapshot());
});
checkAndClose(() => panel);

const tiles = () => panel.page.getByRole("gridcell");
const strip = () => panel.page.locator("limn-sheet .strip");
const button = (name: string) => strip().getByRole("button", { name, exact: true });
const grid = () => panel.page.getByRole("grid");

const pictureOf = (job: number, number: number) => ({
  job: jobView(job).id,
  picture: pictureView(job, number).id,
});

/** Three jobs with three pictures each; all fit into the view. */
const nineJobs = (): JobView[] =>
  [1, 2, 3].map((n) => jobView(n, { count: 3, pictures: [1, 2, 3].map((number) => pictureView(n, number)) }));

async function open(jobs: readonly JobView[] = nineJobs(), fields: Partial<PanelContent> = {}) {
  await panel.page.evaluate(() => sessionStorage.clear());
  await panel.reload(snapshot({ jobs, ...fields }));
  await panel.forgetIntents();
}

/** Numbers of the tiles that are selected, from 0 on. */
const selected = () =>
  tiles().evaluateAll((all) =>
    all.flatMap((tile, index) => (tile.getAttribute("aria-selected") === "true" ? index : [])),
  );

const manyIntents = (): Promise<Extract<Intent, { type: "actOnMany" }>[]> => intentsOf(panel, "actOnMany");

describe("several selected pictures", () => {
  it("are selected by Ctrl and click, one by one, and by Shift and click, as a range", async () => {
    await open();
    await tiles().nth(1).click();
    await tiles()
      .nth(3)
      .click({ modifiers: ["ControlOrMeta"] });
    expect(await selected()).toEqual([1, 3]);
    await tiles()
      .nth(6)
      .click({ modifiers: ["Shift"] });
    expect(await selected()).toEqual([3, 4, 5, 6]);
    await tiles()
      .nth(2)
      .click({ modifiers: ["Shift"] });
    expect(await selected()).toEqual([2, 3]);
    await tiles()
      .nth(3)
      .click({ modifiers: ["ControlOrMeta"] });
    expect(await selected()).toEqual([2]);
    await tiles().nth(8).click();
    expect(await selected()).toEqual([8]);
    expect(await button("Cancel Selection").count()).toBe(0);
  });

  it("are selected by Shift and arrow keys, Ctrl and Space, and Ctrl+A", async () => {
    await open();
    await tiles().first().click();
    await panel.page.keyboard.press("Shift+ArrowRight");
    await panel.page.keyboard.press("Shift+ArrowRight");
    expect(await selected()).toEqual([0, 1, 2]);
    await panel.page.keyboard.press("Shift+ArrowLeft");
    expect(await selected()).toEqual([0, 1]);
    await panel.page.keyboard.press("Control+End");
    expect(await selected()).toEqual([0, 1]);
    await panel.page.keyboard.press("Control+Space");
    expect(await selected()).toEqual([0, 1, 8]);
    await panel.page.keyboard.press("Control+a");
    expect(await selected()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    await strip().getByText("9 pictures selected").waitFor();
    await panel.page.keyboard.press("ArrowLeft");
    expect(await selected()).toEqual([7]);
  });

  it("are left by Escape, which keeps the picture that the keys go on from", async () => {
    await open();
    await tiles().first().click();
    await tiles()
      .nth(2)
      .click({ modifiers: ["Shift"] });
    await panel.page.keyboard.press("Escape");
    expect(await selected()).toEqual([2]);
    expect(await grid().evaluate((element) => element.matches(":focus"))).toBe(true);
    await tiles()
      .nth(1)
      .click({ modifiers: ["Shift"] });
    await button("Cancel Selection").click();
    expect(await selected()).toEqual([1]);
    await expect.poll(() => grid().evaluate((element) => element.matches(":focus"))).toBe(true);
  });

  it.each([
    ["K", "keep", "Keep"],
    ["X", "discard", "Discard"],
    ["S", "star", "Star"],
  ] as const)("are sent as one message by %s and by the button", async (key, action, name) => {
    await open();
    const pictures = [pictureOf(1, 2), pictureOf(1, 3), pictureOf(2, 1)];
    await tiles().nth(1).click();
    await tiles()
      .nth(3)
      .click({ modifiers: ["Shift"] });
    await panel.page.keyboard.press(key.toLowerCase());
    await expect.poll(manyIntents).toEqual([{ type: "actOnMany", action, pictures }]);
    await expect.poll(() => announcer(panel).innerText()).toBe(`${name}: 3 pictures`);
    await panel.forgetIntents();
    await tiles().nth(1).click();
    await tiles()
      .nth(3)
      .click({ modifiers: ["Shift"] });
    await button(name).click();
    await expect.poll(manyIntents).toEqual([{ type: "actOnMany", action, pictures }]);
    expect(await intentsOf(panel, action)).toEqual([]);
  });

  it("are kept without those that are kept already, and say how many these are", async () => {
    await open([
      jobView(1, {
        count: 3,
        pictures: [pictureView(1, 1), pictureView(1, 2, { kept: ["images/fox.jpg"] }), pictureView(1, 3)],
      }),
    ]);
    await tiles().first().click();
    await panel.page.keyboard.press("Control+a");
    await strip().getByText("3 pictures selected · 1 kept").waitFor();
    await button("Keep").click();
    await expect
      .poll(manyIntents)
      .toEqual([{ type: "actOnMany", action: "keep", pictures: [pictureOf(1, 1), pictureOf(1, 3)] }]);
  });

  it("offer the same in the menu of one of them, and only that one's in the menu of another", async () => {
    await open();
    await tiles().first().click();
    await tiles()
      .nth(1)
      .click({ modifiers: ["ControlOrMeta"] });
    await tiles().first().click({ button: "right" });
    await expect
      .poll(() => panel.page.getByRole("menuitem").allInnerTexts())
      .toEqual([
        "Keep\nK",
        "Discard\nX",
        "Star\nS",
        "Export For…",
        "Remove Background…",
        "Upscale…",
        "Cancel Selection\nEscape",
      ]);
    expect(await selected()).toEqual([0, 1]);
    await panel.page.getByRole("menuitem", { name: "Export For…" }).click();
    await expect
      .poll(manyIntents)
      .toEqual([{ type: "actOnMany", action: "export", pictures: [pictureOf(1, 1), pictureOf(1, 2)] }]);
    await tiles().first().click({ button: "right" });
    await panel.page.getByRole("menuitem", { name: "Upscale…" }).click();
    await expect.poll(async () => (await manyIntents()).at(-1)?.action).toBe("upscale");
    expect((await manyIntents()).at(-1)?.pictures).toEqual([pictureOf(1, 1), pictureOf(1, 2)]);
    await tiles().nth(4).click({ button: "right" });
    await panel.page.getByRole("menuitem", { name: "Edit This" }).waitFor();
    await panel.page.getByRole("menuitem", { name: "Remove Background…" }).click();
    await expect
      .poll(async () => (await manyIntents()).at(-1))
      .toEqual({ type: "actOnMany", action: "removeBackground", pictures: [pictureOf(2, 2)] });
    expect(await selected()).toEqual([4]);
  });

  it("are restored together after a discard, by Undo", async () => {
    await open();
    await tiles().first().click();
    await tiles()
      .nth(2)
      .click({ modifiers: ["Shift"] });
    await panel.page.keyboard.press("x");
    await expect.poll(manyIntents).toHaveLength(1);
    const others = nineJobs().slice(1);
    await panel.send(snapshot({ jobs: others, lastDiscarded: { ...pictureOf(1, 3), number: 1, others: 2 } }));
    await expect.poll(() => announcer(panel).innerText()).toBe("3 pictures discarded");
    expect(await strip().locator(".undo").innerText()).toContain("Discarded: 3 pictures");
    expect(await button("Cancel Selection").count()).toBe(0);
    await panel.forgetIntents();
    await button("Undo").click();
    await expect.poll(() => intentsOf(panel, "undoDiscard")).toEqual([{ type: "undoDiscard" }]);
  });

  it("do not change when a new job arrives, or when a key is held", async () => {
    await open();
    await tiles().first().click();
    await tiles()
      .nth(1)
      .click({ modifiers: ["Shift"] });
    await grid().evaluate((element) =>
      element.dispatchEvent(new KeyboardEvent("keydown", { key: "x", repeat: true, bubbles: true, composed: true })),
    );
    await panel.send(snapshot({ jobs: [jobView(4, { pictures: [pictureView(4, 1)] }), ...nineJobs()] }));
    await expect.poll(() => tiles().count()).toBe(10);
    expect(await selected()).toEqual([1, 2]);
    expect(await manyIntents()).toEqual([]);
  });

  it("are not selected any more when one of them leaves the filter", async () => {
    await open();
    await panel.page.getByRole("radio", { name: "Not kept" }).check({ force: true });
    await tiles().first().click();
    await tiles()
      .nth(2)
      .click({ modifiers: ["Shift"] });
    expect(await selected()).toEqual([0, 1, 2]);
    const [first, ...others] = nineJobs();
    const kept = first?.pictures.map((picture, index) => (index === 0 ? { ...picture, kept: ["a.png"] } : picture));
    await panel.send(snapshot({ jobs: first && kept ? [{ ...first, pictures: kept }, ...others] : [] }));
    await expect.poll(() => tiles().count()).toBe(8);
    expect((await selected()).length).toBe(1);
    expect(await button("Cancel Selection").count()).toBe(0);
  });

  it("are all, also while the place of a new picture is selected: a key is for them then", async () => {
    await open();
    const waiting = jobView(4, { state: "running", isFollowed: true, count: 1, pictures: [] });
    await panel.send(snapshot({ jobs: [waiting, ...nineJobs()] }));
    await grid().focus();
    await panel.page.keyboard.press("Control+a");
    await strip().getByText("9 pictures selected").waitFor();
    await panel.page.keyboard.press("s");
    await expect.poll(async () => (await manyIntents())[0]?.pictures.length).toBe(9);
  });

  it("keep the offer to undo an earlier discard when others are discarded", async () => {
    const others = nineJobs().slice(1);
    await open();
    await panel.send(snapshot({ jobs: others, lastDiscarded: { ...pictureOf(1, 1), number: 1 } }));
    await strip().locator(".undo").waitFor();
    await tiles().first().click();
    await tiles()
      .nth(1)
      .click({ modifiers: ["Shift"] });
    await panel.page.keyboard.press("x");
    await expect.poll(manyIntents).toHaveLength(1);
    expect(await strip().locator(".undo").count()).toBe(1);
  });

  it("have no effect on keys that are for one picture", async () => {
    await open();
    await tiles().first().click();
    await tiles()
      .nth(1)
      .click({ modifiers: ["Shift"] });
    await panel.page.keyboard.press("e");
    await expect.poll(() => announcer(panel).innerText()).toBe("2 pictures selected");
    expect(await intentsOf(panel, "useAsReference")).toEqual([]);
    expect(await selected()).toEqual([0, 1]);
  });

  it("are accessible in all themes, and in a narrow panel", async () => {
    await open();
    await tiles().first().click();
    await tiles()
      .nth(4)
      .click({ modifiers: ["Shift"] });
    await button("Cancel Selection").waitFor();
    await panel.screenshot("several-pictures");
    expect(await panel.axeInAllThemes({ onTheme: (theme) => panel.screenshot(`several-pictures-${theme}`) })).toEqual(
      [],
    );
    await panel.page.setViewportSize({ width: 260, height: 700 });
    await panel.screenshot("several-pictures-narrow");
    expect(await panel.axe()).toEqual([]);
  });
});
