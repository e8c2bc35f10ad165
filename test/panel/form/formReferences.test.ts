import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { draftView, draftWithReferences, models, referenceView, snapshot } from "../harness/fixtures.ts";
import type { Panel } from "../harness/harness.ts";
import { announcer, focusedName, intentsOf, promptField } from "../harness/locators.ts";
import { useHarness } from "../harness/useHarness.ts";

const harness = useHarness();
let panel: Panel;

const threeReferences = snapshot({ draft: draftWithReferences(3) });
const thumb = (n: number) => panel.page.getByRole("button", { name: new RegExp(`^Reference ${n} of`) });

/** What is dragged or pasted: texts by type, and files. */
interface DragPayload {
  readonly texts?: Readonly<Record<string, string>>;
  readonly files?: readonly { readonly name: string; readonly type: string; readonly bytes: readonly number[] }[];
}

/**
 * Lets the form feel a drag or a paste from outside the page, which no mouse of Playwright's can
 * bring in.
 */
async function dispatchTransfer(page: Page, kind: "dragover" | "drop" | "paste", payload: DragPayload): Promise<void> {
  await page.locator("limn-form form").evaluate(
    (form, { type, texts = {}, files = [] }) => {
      const data = new DataTransfer();
      for (const [format, text] of Object.entries(texts)) data.setData(format, text);
      for (const file of files) {
        data.items.add(new File([Uint8Array.from(file.bytes)], file.name, { type: file.type }));
      }
      const init = { bubbles: true, cancelable: true, composed: true };
      form.dispatchEvent(
        type === "paste"
          ? new ClipboardEvent(type, { ...init, clipboardData: data })
          : new DragEvent(type, { ...init, dataTransfer: data }),
      );
    },
    { type: kind, ...payload },
  );
}

describe("the strip of references", () => {
  it("numbers them in sending order, and shows what is sent", async () => {
    panel = await harness.open(threeReferences);
    expect(await panel.page.locator("limn-references .number").allInnerTexts()).toEqual(["1", "2", "3"]);
    expect(await thumb(2).getAttribute("aria-label")).toBe(
      "Reference 2 of 3: images/reference-2.jpg, 2048 × 1365, 812 kB",
    );
    await panel.page.getByText("3 files, 2.4 MB after shrinking, leave this machine").waitFor();
  });

  it("warns of more references than the draft's model certainly accepts", async () => {
    panel = await harness.open(threeReferences);
    const warning = panel.page.locator('[data-note="reference-count"]');
    expect(await warning.innerText()).toBe(
      "The service does not say how many reference images Kling IMAGE 3.0 accepts: more than 1 may be refused.",
    );
    await panel.page.getByRole("radio", { name: "Kling IMAGE O1" }).click();
    await warning.waitFor({ state: "detached" });
  });

  it.each([
    [0, "Swan cannot use reference images. Remove them."],
    [1, "Swan can use only one reference image. Remove the others."],
    [2, "Swan can use at most 2 reference images. Remove 1 of them."],
  ])("keeps all if the model can use only %i, and buys nothing until the others are removed", async (max, text) => {
    const swan = { ...snapshot().model, id: "acme:swan@1", name: "Swan", references: { guaranteed: max, max } };
    const state = { ...threeReferences, models: [...models, swan] };
    panel = await harness.open(state);
    await promptField(panel).fill("A fox");
    await panel.page.getByRole("radio", { name: "Swan" }).click();
    const note = panel.page.locator('[data-note="reference-limit"]');
    expect(await note.innerText()).toBe(text);
    expect(await thumb(3).getAttribute("aria-label")).toContain("812 kB; Swan cannot use it");
    expect(await panel.page.locator("limn-references [data-unusable]").count()).toBe(3 - max);
    await promptField(panel).press("ControlOrMeta+Enter");
    await expect.poll(() => announcer(panel).textContent()).toBe(text);
    expect(await intentsOf(panel, "generate")).toEqual([]);
    // The host reads the references by the limits of the draft's model.
    await expect
      .poll(async () => (await intentsOf(panel, "previewPath")).at(-1))
      .toMatchObject({ draft: { model: "acme:swan@1" } });
    await panel.send({ ...state, draft: draftWithReferences(max) });
    await note.waitFor({ state: "detached" });
    await promptField(panel).press("ControlOrMeta+Enter");
    expect(await intentsOf(panel, "generate")).toHaveLength(1);
  });

  it("shows a reference that the service downloads without downloading it, and offers to add one", async () => {
    const remote = { id: "remote-1", label: "cdn.example.com/fox.jpg" };
    panel = await harness.open(snapshot({ draft: draftView({ references: [remote] }) }));
    await panel.page
      .getByRole("button", { name: "Reference 1 of 1: cdn.example.com/fox.jpg, the service downloads it itself" })
      .waitFor();
    expect(await panel.page.locator("limn-references img").count()).toBe(0);
    // Its pixels are not known, so no size is the nearest.
    await panel.page.getByText("1K, shape of the first reference").waitFor();
    await panel.page.getByRole("button", { name: "Add by Address or UUID…" }).click();
    expect(await intentsOf(panel, "addRemoteReference")).toHaveLength(1);
  });

  it("moves the focus by arrows, reorders by Alt+Arrow, and removes by Delete", async () => {
    panel = await harness.open(threeReferences);
    await thumb(1).focus();
    await panel.page.keyboard.press("ArrowRight");
    expect(await focusedName(panel)).toContain("reference-2.jpg");
    await panel.page.keyboard.press("Alt+ArrowRight");
    await panel.page.keyboard.press("Alt+ArrowLeft");
    await panel.page.keyboard.press("Delete");
    const id = referenceView(2).id;
    expect(await panel.intents()).toEqual(
      expect.arrayContaining([
        { type: "moveReference", id, to: 2 },
        { type: "moveReference", id, to: 0 },
        { type: "removeReference", id },
      ]),
    );
  });

  it("does not pass its keys on to VS Code, which has commands for them", async () => {
    panel = await harness.open(threeReferences);
    await panel.page.evaluate(() => {
      const pressedKeys: string[] = [];
      Reflect.set(window, "pressedKeys", pressedKeys);
      window.addEventListener("keydown", ({ key }) => pressedKeys.push(key));
    });
    for (const key of ["Alt+ArrowLeft", "Delete", "F1"]) await thumb(2).press(key);
    await promptField(panel).fill("A fox");
    await promptField(panel).press("Control+Enter");
    expect(await panel.page.evaluate(() => Reflect.get(window, "pressedKeys"))).toEqual(["Alt", "F1", "Control"]);
  });

  it("keeps the focus on a moved reference, and near a removed one", async () => {
    panel = await harness.open(threeReferences);
    await thumb(1).press("Alt+ArrowRight");
    const moved = [referenceView(2), referenceView(1), referenceView(3)];
    await panel.send(snapshot({ draft: draftWithReferences(3, { references: moved }) }));
    expect(await focusedName(panel)).toContain("Reference 2 of 3: images/reference-1.jpg");
    await expect.poll(() => announcer(panel).textContent()).toBe("Moved to place 2. 3 references.");
    await panel.page.keyboard.press("Delete");
    await panel.send(snapshot({ draft: draftWithReferences(2, { references: [referenceView(2), referenceView(3)] }) }));
    expect(await focusedName(panel)).toContain("Reference 2 of 2: images/reference-3.jpg");
    await expect.poll(() => announcer(panel).textContent()).toBe("2 references.");
  });

  it("does not move past its ends", async () => {
    panel = await harness.open(threeReferences);
    await thumb(1).press("Alt+ArrowLeft");
    await thumb(3).press("Alt+ArrowRight");
    expect(await intentsOf(panel, "moveReference")).toEqual([]);
  });

  it("is reordered by dragging", async () => {
    panel = await harness.open(threeReferences);
    await thumb(1).dragTo(thumb(3), { targetPosition: { x: 45, y: 42 } });
    expect(await intentsOf(panel, "moveReference")).toEqual([
      { type: "moveReference", id: referenceView(1).id, to: 2 },
    ]);
    await panel.forgetIntents();
    await thumb(3).dragTo(thumb(2), { targetPosition: { x: 5, y: 42 } });
    expect(await intentsOf(panel, "moveReference")).toEqual([
      { type: "moveReference", id: referenceView(3).id, to: 1 },
    ]);
  });

  it("shows details of the selected one, with buttons to move it", async () => {
    panel = await harness.open(threeReferences);
    await thumb(2).click();
    await panel.page.getByRole("button", { name: "Move later" }).click();
    await panel.page.getByRole("button", { name: "Move earlier" }).click();
    await panel.page.getByRole("button", { name: "Remove", exact: true }).click();
    const id = referenceView(2).id;
    expect((await panel.intents()).filter(({ type }) => type !== "previewPath")).toEqual([
      { type: "moveReference", id, to: 2 },
      { type: "moveReference", id, to: 0 },
      { type: "removeReference", id },
    ]);
    await panel.page.getByRole("button", { name: "Remove reference 3" }).click();
    expect((await intentsOf(panel, "removeReference")).at(-1)).toMatchObject({ id: referenceView(3).id });
  });

  it("says that a drop from the Explorer needs Shift, without which the page gets no event", async () => {
    panel = await harness.open(snapshot());
    const hint = panel.page.getByText("Drop or paste images here. From the Explorer, hold Shift.");
    expect(await hint.isVisible()).toBe(true);
    await panel.page.setViewportSize({ width: 320, height: 640 });
    expect(await hint.isVisible()).toBe(false);
    const title = await panel.page.getByRole("button", { name: "Add References…" }).getAttribute("title");
    expect(title).toContain("Hold Shift while dropping from the explorer");
  });

  it("offers to add references until there are as many as can be sent", async () => {
    panel = await harness.open(snapshot());
    await panel.page.getByRole("button", { name: "Add References…" }).click();
    await panel.send(threeReferences);
    await panel.page.getByRole("button", { name: "Add pictures" }).press("Enter");
    expect(await intentsOf(panel, "addReferences")).toHaveLength(2);
    await panel.send(snapshot({ draft: draftWithReferences(10) }));
    expect(await panel.page.getByRole("button", { name: "Add pictures" }).count()).toBe(0);
  });
});

describe("a held key", () => {
  it.each(["Delete", "Backspace"])("%s removes one reference, and keeps deleting in a text", async (key) => {
    panel = await harness.open(threeReferences);
    await thumb(1).focus();
    await panel.page.keyboard.down(key);
    await panel.send(snapshot({ draft: draftWithReferences(2) }));
    await thumb(1).focus();
    await panel.page.keyboard.down(key);
    await panel.page.keyboard.up(key);
    expect(await intentsOf(panel, "removeReference")).toHaveLength(1);
    await promptField(panel).fill("A fox");
    await promptField(panel).press(key === "Delete" ? "ControlOrMeta+Home" : "ControlOrMeta+End");
    for (let repeat = 0; repeat < 3; repeat++) {
      await panel.page.keyboard.down(key);
    }
    await panel.page.keyboard.up(key);
    expect(await promptField(panel).inputValue()).toHaveLength(2);
  });
});

describe("dropped or pasted content", () => {
  const picture = { name: "fox.png", type: "image/png", bytes: [1, 2, 3, 255] };

  it("goes to the host as URIs if it comes from the Explorer", async () => {
    panel = await harness.open(snapshot());
    const list = "file:///site/images/a.jpg\r\nfile:///site/images/b.png";
    await dispatchTransfer(panel.page, "dragover", { texts: { "text/uri-list": list } });
    await panel.page.getByText("Drop here").waitFor();
    await dispatchTransfer(panel.page, "drop", {
      texts: { "application/vnd.code.uri-list": list, "text/uri-list": "x" },
    });
    expect(await intentsOf(panel, "dropUris")).toEqual([{ type: "dropUris", list }]);
    expect(await panel.page.getByText("Drop here").count()).toBe(0);
  });

  it("goes to the host as bytes if it comes from outside VS Code", async () => {
    panel = await harness.open(snapshot());
    const notes = { name: "notes.txt", type: "text/plain", bytes: [65] };
    await dispatchTransfer(panel.page, "drop", { files: [picture, notes] });
    await expect
      .poll(() => intentsOf(panel, "dropImage"))
      .toEqual([{ type: "dropImage", name: "fox.png", bytes: Uint8Array.from(picture.bytes) }]);
  });

  it("goes to the host in the dropped order, whatever takes longer to read", async () => {
    panel = await harness.open(snapshot());
    await panel.page.locator("limn-form form").evaluate((form) => {
      const data = new DataTransfer();
      for (const [name, size] of [
        ["large.png", 4_000_000],
        ["small.png", 10],
        ["medium.png", 400_000],
      ] as const) {
        data.items.add(new File([new Uint8Array(size)], name, { type: "image/png" }));
      }
      form.dispatchEvent(new DragEvent("drop", { bubbles: true, composed: true, dataTransfer: data }));
    });
    // The bytes stay in the page: as lists of numbers they are many.
    const names = () =>
      panel.page.evaluate(() => {
        const intents: readonly { readonly type: string; readonly name?: string }[] = Reflect.get(
          window,
          "recordedIntents",
        );
        return intents.filter(({ type }) => type === "dropImage").map(({ name }) => name);
      });
    await expect.poll(names, { timeout: 30_000 }).toEqual(["large.png", "small.png", "medium.png"]);
  });

  it("goes to the host from the clipboard too, but text stays text", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).focus();
    await dispatchTransfer(panel.page, "paste", { files: [picture], texts: { "text/plain": "words" } });
    await dispatchTransfer(panel.page, "paste", { texts: { "text/plain": "words" } });
    await dispatchTransfer(panel.page, "paste", { files: [{ ...picture, name: "image.png" }] });
    await expect.poll(() => intentsOf(panel, "dropImage")).toHaveLength(1);
    expect(await intentsOf(panel, "dropImage")).toMatchObject([{ name: "image.png" }]);
  });

  it("is ignored if Limn cannot use it", async () => {
    panel = await harness.open(snapshot());
    await dispatchTransfer(panel.page, "drop", { texts: { "text/plain": "words" } });
    expect((await panel.intents()).filter(({ type }) => type !== "previewPath")).toEqual([]);
  });
});
