import { describe, expect, it } from "vitest";
import { draftWithReferences, jobViews, snapshot } from "./harness/fixtures.ts";
import type { Panel } from "./harness/harness.ts";
import { announcer, focusedName, generateButton, intentsOf, promptField } from "./harness/locators.ts";
import { useHarness } from "./harness/useHarness.ts";

const harness = useHarness();
let panel: Panel;

describe("the page", () => {
  it("sends ready once, and shows the snapshot it receives", async () => {
    panel = await harness.open(snapshot({ engine: { kind: "runware", isReady: true, balance: 7.5 } }));
    const types = await panel.page.evaluate(() =>
      Reflect.get(window, "recordedIntents").map(({ type }: { type: string }) => type),
    );
    expect(types.filter((type: string) => type === "ready")).toHaveLength(1);
    await panel.page.getByText("Balance $7.50").waitFor();
    await panel.send(snapshot({ engine: { kind: "runware", isReady: true, balance: 5 } }));
    await panel.page.getByText("Balance $5.00").waitFor();
  });

  it("asks for the snapshot again if it was lost, and a change comes first", async () => {
    panel = await harness.open(snapshot());
    await panel.page.evaluate(() => {
      document.querySelector("limn-app")?.replaceWith(document.createElement("limn-app"));
      window.postMessage({ type: "update", changed: {}, removed: [], jobs: [], dropped: [], ended: [] });
    });
    await promptField(panel).waitFor();
  });

  it("ignores messages that are not snapshots", async () => {
    panel = await harness.open(snapshot());
    await panel.page.evaluate(() => {
      window.postMessage(undefined);
      window.postMessage({ type: "something" });
    });
    await panel.send(snapshot({ engine: { kind: "sandbox", isReady: true } }));
    await panel.page.getByText("made on this computer").waitFor();
  });
});

describe("the pictures", () => {
  it("scroll into view and get the focus once when the user has requested them, as soon as they arrive", async () => {
    panel = await harness.open(snapshot({ reveal: 7 }), { width: 320, height: 600 });
    const scrolled = () => panel.page.evaluate(() => document.scrollingElement?.scrollTop ?? 0);
    expect(await scrolled()).toBe(0);
    const jobs = jobViews(3);
    await panel.send(snapshot({ reveal: 7, jobs }));
    await expect.poll(scrolled, { timeout: 30_000 }).toBeGreaterThan(200);
    await panel.page.evaluate(() => scrollTo(0, 0));
    // Nothing moves when something else changes, nor in a page that was hidden and shown again.
    await panel.send(snapshot({ reveal: 7, jobs, vaultBytes: 5 }));
    await panel.reload();
    await panel.page.getByRole("heading", { name: "Pictures" }).waitFor();
    expect(await scrolled()).toBe(0);
    await panel.send(snapshot({ reveal: 8, jobs }));
    await expect.poll(scrolled, { timeout: 30_000 }).toBeGreaterThan(200);
    await expect.poll(() => panel.page.locator("limn-grid").evaluate((grid) => grid.matches(":focus"))).toBe(true);
  });
});

describe("the draft", () => {
  it("survives hiding and showing the panel", async () => {
    panel = await harness.open(snapshot({ draft: draftWithReferences(1) }));
    await promptField(panel).fill("A fox, 狐, ثعلب 🦊");
    await panel.page.getByRole("radio", { name: "Like the reference" }).click();
    await panel.page.getByRole("spinbutton", { name: "Pictures" }).fill("7");
    await panel.page.getByRole("textbox", { name: "Save as" }).fill("shop/fox.png");
    await panel.page.getByRole("radio", { name: "Fast safety check" }).click();
    await panel.reload();
    await generateButton(panel).click();
    expect(await intentsOf(panel, "generate")).toEqual([
      {
        type: "generate",
        press: expect.any(String),
        draft: {
          prompt: "A fox, 狐, ثعلب 🦊",
          model: "klingai:kling-image@3",
          shape: { resolution: "2k" },
          count: 7,
          format: "PNG",
          quality: 95,
          path: "shop/fox.png",
          safety: "fast",
        },
      },
    ]);
  });

  it("shows Off if an older version stored the API's value for no safety check", async () => {
    panel = await harness.open(snapshot());
    await panel.page.evaluate(() =>
      sessionStorage.setItem("limn-state", '{"fields":{"safety":"none"},"unfolded":true}'),
    );
    await panel.reload();
    const off = panel.page.getByRole("radio", { name: "No safety check" });
    expect(await off.getAttribute("aria-checked")).toBe("true");
    expect((await off.textContent())?.trim()).toBe("Off");
  });

  it("is validated if an older version stored it", async () => {
    panel = await harness.open(snapshot());
    await panel.page.evaluate(() => {
      const fields = { prompt: "kept", shape: "wide", count: "four", format: "GIF", ttl: 1.5, style: "flat" };
      sessionStorage.setItem("limn-state", JSON.stringify({ fields, filled: "x" }));
    });
    await panel.reload();
    await generateButton(panel).click();
    expect(await intentsOf(panel, "generate")).toMatchObject([
      { draft: { prompt: "kept", shape: { width: 2048, height: 2048 }, count: 1, format: "JPG" } },
    ]);
  });

  it("sends the host each change, and continues a draft from another place as typed text", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("A fox");
    const kept = async () => (await panel.questions()).filter(({ type }) => type === "keepDraft");
    await expect.poll(async () => (await kept()).at(-1)).toMatchObject({ draft: { prompt: "A fox" } });
    const moved = { prompt: "A fox in the snow", count: 3 };
    const changedAt = Date.now() + 60_000;
    await panel.send(snapshot({ draftUpdate: { id: 1, draft: moved, replacesDraft: true, changedAt } }));
    await expect.poll(async () => (await kept()).at(-1)).toEqual({ type: "keepDraft", draft: moved, changedAt });
    expect(await promptField(panel).inputValue()).toBe("A fox in the snow");
    // The user goes on with this text: nothing was replaced, and what replaces it offers Undo.
    expect(await panel.page.getByRole("button", { name: "Undo" }).count()).toBe(0);
    await panel.send(snapshot({ draftUpdate: { id: 2, draft: { prompt: "A hen" } } }));
    await panel.page.getByRole("button", { name: "Undo" }).click();
    expect(await promptField(panel).inputValue()).toBe("A fox in the snow");
  });

  it("continues a draft from another place before it applies an update, whose Undo restores that draft", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("A fox");
    const continued = { draft: { prompt: "A fox in the snow", count: 3 }, changedAt: Date.now() + 60_000 };
    await panel.send(snapshot({ draftUpdate: { id: 1, draft: {}, focus: "prompt", continued } }));
    expect(await promptField(panel).inputValue()).toBe("A fox in the snow");
    await expect.poll(() => focusedName(panel)).toBe("Prompt");
    await panel.send(snapshot({ draftUpdate: { id: 2, draft: { prompt: "A hen" }, continued } }));
    expect(await promptField(panel).inputValue()).toBe("A hen");
    await panel.page.getByRole("button", { name: "Undo" }).click();
    expect(await promptField(panel).inputValue()).toBe("A fox in the snow");
    await generateButton(panel).getByText("Generate 3").waitFor();
  });

  it("keeps its own draft if it is newer than the one of the last session, and announces neither", async () => {
    const earlier = { draft: { prompt: "A fax" }, replacesDraft: true };
    panel = await harness.open(snapshot());
    await promptField(panel).fill("A fox");
    await panel.reload(snapshot({ draftUpdate: { ...earlier, id: 1, changedAt: Date.now() - 60_000 } }));
    expect(await promptField(panel).inputValue()).toBe("A fox");
    await panel.reload(snapshot({ draftUpdate: { ...earlier, id: 2, changedAt: Date.now() + 60_000 } }));
    expect(await promptField(panel).inputValue()).toBe("A fax");
    expect(await announcer(panel).textContent()).toBe("");
  });

  it("applies an update once, announces it, and focuses the requested field", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("typed before");
    const fill = { id: 3, draft: { prompt: "A heron", count: 4 }, focus: "count" as const };
    await panel.send(snapshot({ draftUpdate: fill }));
    expect(await promptField(panel).inputValue()).toBe("A heron");
    await expect.poll(() => focusedName(panel)).toBe("Pictures");
    await promptField(panel).fill("A heron at dusk");
    await panel.send(snapshot({ draftUpdate: fill }));
    await panel.reload();
    expect(await promptField(panel).inputValue()).toBe("A heron at dusk");
    await panel.send(snapshot({ draftUpdate: { id: 4, draft: { count: 2 } } }));
    expect(await promptField(panel).inputValue()).toBe("A heron at dusk");
    await generateButton(panel).getByText("Generate 2 · about $0.056").waitFor();
    await expect.poll(() => focusedName(panel)).toBe("Prompt");
  });
});
