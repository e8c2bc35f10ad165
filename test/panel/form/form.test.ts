import { describe, expect, it } from "vitest";
import { draftView, draftWithReferences, jobViews, snapshot } from "../harness/fixtures.ts";
import type { Panel } from "../harness/harness.ts";
import { announcer, focusedName, generateButton, intentsOf, promptField } from "../harness/locators.ts";
import { useHarness } from "../harness/useHarness.ts";

const harness = useHarness();
let panel: Panel;

const draftWithTarget = (path: string, rest: { savePath: string; error?: string }) =>
  draftView({ savePathPreview: { path, ...rest } });

describe("the prompt", () => {
  it("generates on Ctrl+Enter with all displayed values", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("A fox in the snow");
    await promptField(panel).press("Control+Enter");
    expect(await intentsOf(panel, "generate")).toEqual([
      {
        type: "generate",
        press: expect.any(String),
        draft: {
          prompt: "A fox in the snow",
          model: "klingai:kling-image@3",
          shape: { width: 2048, height: 2048 },
          count: 1,
          format: "JPG",
          quality: 95,
          path: "images/{slug}",
        },
      },
    ]);
  });

  it("has the focus when the panel opens, so that the user can type at once", async () => {
    panel = await harness.open(snapshot());
    await expect.poll(() => focusedName(panel)).toContain("Prompt");
  });

  it("generates on Cmd+Enter too, and adds a line on Enter alone", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).pressSequentially("A fox");
    await promptField(panel).press("Enter");
    expect(await intentsOf(panel, "generate")).toEqual([]);
    expect(await promptField(panel).inputValue()).toBe("A fox\n");
    await promptField(panel).press("Meta+Enter");
    expect(await intentsOf(panel, "generate")).toHaveLength(1);
  });

  it("names the modifier key of shortcuts as the platform does", async () => {
    panel = await harness.open(snapshot());
    const title = () => generateButton(panel).getAttribute("title");
    expect(await title()).toBe("Generate (Ctrl+Enter)");
    await panel.page.locator("limn-keys dt").getByText("Ctrl+Z").waitFor({ state: "attached" });
    await panel.page.evaluate(() => Object.defineProperty(navigator, "platform", { get: () => "MacIntel" }));
    await panel.send(snapshot({ engine: { kind: "runware", isReady: true, balance: 1 } }));
    expect(await title()).toBe("Generate (Cmd+Enter)");
  });

  it("grows with its text", async () => {
    panel = await harness.open(snapshot());
    const height = async () => (await promptField(panel).boundingBox())?.height ?? 0;
    const empty = await height();
    await promptField(panel).fill(Array.from({ length: 9 }, (_, n) => `line ${n}`).join("\n"));
    expect(await height()).toBeGreaterThan(empty * 1.8);
    await promptField(panel).fill("");
    expect(await height()).toBe(empty);
  });

  it("counts characters as the service does, and accepts 2500", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("🦊".repeat(2500));
    await panel.page.getByText("2500 / 2500").waitFor();
    expect(await generateButton(panel).getAttribute("aria-disabled")).toBe("false");
    // As on the host, space and line ends around the prompt are not sent, so they do not count.
    await promptField(panel).fill(`${"🦊".repeat(2500)} \n`);
    await panel.page.getByText("2500 / 2500").waitFor();
    expect(await generateButton(panel).getAttribute("aria-disabled")).toBe("false");
    await promptField(panel).fill("🦊".repeat(2501));
    await panel.page.getByText("The prompt is 1 character too long.").waitFor();
    await promptField(panel).press("Control+Enter");
    expect(await intentsOf(panel, "generate")).toEqual([]);
    await expect.poll(() => announcer(panel).textContent()).toBe("The prompt is 1 character too long.");
  });

  it("is kept in the draft by its beginning if it is far too long", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("A fox. ".repeat(4000));
    await panel.page.getByText("The prompt is 25499 characters too long.").waitFor();
    const kept = (await panel.questions()).findLast(({ type }) => type === "keepDraft");
    expect(kept).toMatchObject({ draft: { prompt: "A fox. ".repeat(4000).slice(0, 20_000) } });
    expect(panel.errors).toEqual([]);
  });

  it("sets the direction of each text by its content", async () => {
    panel = await harness.open(snapshot());
    const direction = () => promptField(panel).evaluate((field) => getComputedStyle(field).direction);
    await promptField(panel).fill("ثعلب في الثلج");
    expect(await direction()).toBe("rtl");
    await promptField(panel).fill("a fox");
    expect(await direction()).toBe("ltr");
  });
});

describe("the shape", () => {
  it("offers eight ratios and two tiers, and shows the pixels", async () => {
    panel = await harness.open(snapshot());
    const ratios = panel.page.getByRole("radiogroup", { name: "Aspect ratio" }).getByRole("radio");
    expect(await ratios.allInnerTexts()).toEqual(["1:1", "3:2", "2:3", "4:3", "3:4", "9:16", "16:9", "21:9"]);
    await ratios.filter({ hasText: "16:9" }).click();
    await panel.page.getByText("2720 × 1536 px").waitFor();
    await panel.page.getByRole("radio", { name: /^1K/ }).click();
    await panel.page.getByText("1360 × 768 px").waitFor();
  });

  it("is one tab stop; arrow keys choose and wrap around", async () => {
    panel = await harness.open(snapshot());
    await panel.page.getByRole("radio", { name: "1:1" }).focus();
    await panel.page.keyboard.press("ArrowLeft");
    await panel.page.getByText("3104 × 1312 px").waitFor();
    expect(await focusedName(panel)).toContain("21:9");
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.getByText("2048 × 2048 px").waitFor();
    await panel.page.keyboard.press("Tab");
    expect(await focusedName(panel)).toContain("2K");
  });

  it("chooses the size nearest to the first reference, unless the user has chosen one", async () => {
    panel = await harness.open(snapshot());
    await panel.send(snapshot({ draft: draftWithReferences(1) }));
    await panel.page.getByText("2496 × 1664 px · nearest to the reference").waitFor();
    await panel.page.getByRole("radio", { name: "9:16" }).click();
    await panel.send(snapshot());
    await panel.send(snapshot({ draft: draftWithReferences(1) }));
    await panel.page.getByText("1536 × 2720 px").waitFor();
  });

  it("can be left to Runware if there is a reference, so that no size is sent", async () => {
    panel = await harness.open(snapshot({ draft: draftWithReferences(1) }));
    await promptField(panel).fill("A fox");
    expect(await panel.page.getByRole("radio", { name: "Auto" }).count()).toBe(0);
    await panel.page.getByRole("radio", { name: "Like the reference" }).click();
    await panel.page.getByRole("radio", { name: "Auto" }).click();
    await panel.page.getByText("as the service chooses from the references").waitFor();
    await generateButton(panel).click();
    expect(await intentsOf(panel, "generate")).toMatchObject([{ draft: { shape: "like-reference" } }]);
    await panel.page.getByRole("radio", { name: "16:9" }).click();
    await panel.page.getByText("1360 × 768 px").waitFor();
  });

  it("can follow the reference, in both tiers, only while there is one", async () => {
    panel = await harness.open(snapshot({ draft: draftWithReferences(1) }));
    await promptField(panel).fill("A fox");
    await panel.page.getByRole("radio", { name: "Like the reference" }).click();
    await panel.page.getByText("2K, shape of the first reference").waitFor();
    await panel.page.getByRole("radio", { name: /^1K/ }).click();
    await panel.page.getByText("1K, shape of the first reference").waitFor();
    await panel.send(snapshot());
    expect(await panel.page.getByRole("radio", { name: "Like the reference" }).count()).toBe(0);
    await panel.page.getByText("Choose a shape: there is no reference to take it from.").waitFor();
    await promptField(panel).press("Control+Enter");
    expect(await intentsOf(panel, "generate")).toEqual([]);
    await expect.poll(() => focusedName(panel)).toContain("1:1");
    await panel.page.keyboard.press("Space");
    await generateButton(panel).click();
    expect(await intentsOf(panel, "generate")).toMatchObject([{ draft: { shape: { width: 1024, height: 1024 } } }]);
  });
});

describe("count, format and quality", () => {
  it("changes the count by buttons and arrow keys, from 1 to 20", async () => {
    panel = await harness.open(snapshot());
    const count = panel.page.getByRole("spinbutton", { name: "Pictures" });
    const more = panel.page.getByRole("button", { name: "More: Pictures" });
    const fewer = panel.page.getByRole("button", { name: "Fewer: Pictures" });
    expect(await fewer.isDisabled()).toBe(true);
    await more.click();
    await more.click();
    await count.press("ArrowUp");
    expect(await count.inputValue()).toBe("4");
    await generateButton(panel).getByText("Generate 4 · about $0.112").waitFor();
    await count.fill("20");
    expect(await more.isDisabled()).toBe(true);
    await count.press("ArrowUp");
    expect(await count.inputValue()).toBe("20");
  });

  it("does not buy an invalid count", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("A fox");
    const count = panel.page.getByRole("spinbutton", { name: "Pictures" });
    await count.fill("21");
    await panel.page.getByText("Between 1 and 20 pictures can be made at once.").waitFor();
    expect(await generateButton(panel).getAttribute("aria-disabled")).toBe("true");
    await count.fill("");
    await count.press("Tab");
    expect(await count.inputValue()).toBe("21");
  });

  it("keeps format and extension consistent, whichever changes", async () => {
    panel = await harness.open(snapshot());
    const path = panel.page.getByRole("textbox", { name: "Save as" });
    await panel.page.getByRole("radio", { name: "WebP" }).click();
    expect(await path.inputValue()).toBe("images/{slug}");
    await path.fill("images/fox.webp");
    await panel.page.getByRole("radio", { name: "PNG" }).click();
    expect(await path.inputValue()).toBe("images/fox.png");
    await path.fill("images/fox.jpeg");
    expect(await panel.page.getByRole("radio", { name: "JPG" }).getAttribute("aria-checked")).toBe("true");
    await path.fill("images/fox");
    await panel.page.getByRole("radio", { name: "PNG" }).click();
    expect(await path.inputValue()).toBe("images/fox");
  });
});

describe("where to save", () => {
  it("requests a preview from the host when the user pauses", async () => {
    panel = await harness.open(snapshot());
    await expect.poll(() => intentsOf(panel, "previewPath")).toHaveLength(1);
    await panel.forgetIntents();
    await panel.page.getByRole("textbox", { name: "Save as" }).press("End");
    await panel.page.keyboard.type("x");
    await expect
      .poll(() => intentsOf(panel, "previewPath"))
      .toMatchObject([{ draft: { path: "images/{slug}x", count: 1, shape: { width: 2048, height: 2048 } } }]);
    await promptField(panel).fill("A fox");
    await expect.poll(async () => (await intentsOf(panel, "previewPath")).at(-1)?.draft.prompt).toBe("A fox");
  });

  it("shows the host's answer only for the current text", async () => {
    panel = await harness.open(snapshot({ draft: draftWithTarget("images/{slug}", { savePath: "images/fox-2.jpg" }) }));
    await panel.page.getByText("→ images/fox-2.jpg").waitFor();
    await panel.page.getByRole("textbox", { name: "Save as" }).fill("img/a.jpg");
    expect(await panel.page.getByText("→ images/fox-2.jpg").count()).toBe(0);
  });

  it("explains that there is no folder to save in yet", async () => {
    panel = await harness.open(snapshot({ draft: draftWithTarget("images/{slug}", { savePath: "" }) }));
    await panel.page.getByText("You are asked when you keep a picture.").waitFor();
  });

  it("does not buy if the path cannot be used", async () => {
    const draft = draftWithTarget("images/{slug}", { savePath: "", error: "{slugg} stands for nothing." });
    panel = await harness.open(snapshot({ draft }));
    await promptField(panel).fill("A fox");
    await panel.page.getByText("{slugg} stands for nothing.").waitFor();
    await promptField(panel).press("Control+Enter");
    expect(await intentsOf(panel, "generate")).toEqual([]);
    await expect.poll(() => focusedName(panel)).toBe("Save as");
  });
});

describe("the narrowest side bar of VS Code", () => {
  it("cuts off nothing, and shows the whole price", async () => {
    const width = 170;
    panel = await harness.open(snapshot({ engine: { kind: "sandbox", isReady: true } }), { width });
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const base = generateButton(panel).locator(".base");
    expect(await base.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  });
});

describe("the settings", () => {
  it("are closed at first, and one line names the ratio, tier, number, format and folder", async () => {
    panel = await harness.open(snapshot(), { hasOpenSettings: false });
    const summary = panel.page.locator("limn-form summary");
    expect((await summary.innerText()).trim()).toBe("1:1 · 2K · 1 picture · JPG · images/…");
    expect(await panel.page.getByRole("radiogroup", { name: "Aspect ratio" }).isVisible()).toBe(false);
    await summary.press("Enter");
    await panel.page.getByRole("radio", { name: "16:9" }).click();
    await panel.page.getByRole("radio", { name: /^2K/ }).click();
    await panel.page.getByRole("spinbutton", { name: "Pictures" }).fill("4");
    await panel.page.getByRole("radio", { name: "WebP" }).click();
    await panel.page.getByRole("textbox", { name: "Save as" }).fill("public/hero.webp");
    expect((await summary.innerText()).trim()).toBe("16:9 · 2K · 4 pictures · WebP · public/hero.webp");
  });

  it("stay as the user left them when the panel is shown again", async () => {
    panel = await harness.open(snapshot(), { hasOpenSettings: false });
    const ratios = panel.page.getByRole("radiogroup", { name: "Aspect ratio" });
    const settings = panel.page.locator("limn-form details").first();
    const toggle = async () => {
      // The browser sends this event a moment after the click; the page keeps the state then.
      const isToggled = settings.evaluate(
        (element) =>
          new Promise<void>((resolve) => element.addEventListener("toggle", () => resolve(), { once: true })),
      );
      await panel.page.locator("limn-form summary").click();
      await isToggled;
    };
    await toggle();
    await panel.reload();
    expect(await ratios.isVisible()).toBe(true);
    await toggle();
    await panel.reload();
    expect(await ratios.isVisible()).toBe(false);
  });

  it.each([
    ["prompt", "Prompt"],
    ["references", "Add"],
    ["size", "1:1"],
    ["count", "Pictures"],
    ["format", "JPG"],
    ["quality", "Quality"],
    ["path", "Save as"],
    ["safety.mode", "Safety check"],
  ] as const)("open for a request that failed because of its %s, which gets the focus", async (focus, name) => {
    panel = await harness.open(snapshot(), { hasOpenSettings: false });
    const draft = { prompt: "A fox", quality: 66 };
    await panel.send(snapshot({ draftUpdate: { id: 1, draft, focus, replacesDraft: true } }));
    await expect.poll(() => focusedName(panel)).toContain(name);
    expect(await promptField(panel).inputValue()).toBe("A fox");
  });

  it("open for a field with an error, and for a problem after Generate", async () => {
    panel = await harness.open(snapshot(), { hasOpenSettings: false });
    await panel.send(snapshot({ lastError: { field: "quality", message: "The quality is too low." } }));
    await panel.page.getByRole("alert").getByText("The quality is too low.").waitFor();
    await expect.poll(() => focusedName(panel)).toBe("Quality");
    await panel.page.locator("limn-form summary").click();
    await panel.send(snapshot());
    await promptField(panel).fill("A fox");
    await panel.send(snapshot({ draftUpdate: { id: 1, draft: { count: 99 } } }));
    await promptField(panel).press("Control+Enter");
    await expect.poll(() => focusedName(panel)).toBe("Pictures");
  });

  it("are drawn after the first paint while they are closed", async () => {
    panel = await harness.open(snapshot(), { hasOpenSettings: false });
    const [first] = panel.sent;
    const areDrawn = await panel.page.evaluate(
      async (message) => {
        const app = document.createElement("limn-app");
        document.querySelector("limn-app")?.replaceWith(app);
        await Reflect.get(app, "updateComplete");
        const arrived = new Promise((resolve) => window.addEventListener("message", resolve, { once: true }));
        window.postMessage(message);
        await arrived;
        // No frame is painted between the microtasks in which the form is drawn.
        await Reflect.get(app, "updateComplete");
        const form = app.shadowRoot?.querySelector("limn-form") ?? null;
        await Reflect.get(form ?? {}, "updateComplete");
        const isDrawn = (part: string) => form?.shadowRoot?.querySelector(part) !== null;
        const drawn = [isDrawn("limn-prompt-field"), isDrawn("limn-shape-field")];
        while (!isDrawn("limn-shape-field")) await new Promise((resolve) => requestAnimationFrame(resolve));
        return drawn;
      },
      JSON.parse(first ?? ""),
    );
    expect(areDrawn).toEqual([true, false]);
  });

  it("are focused at once, even before they are drawn", async () => {
    const draftUpdate = { id: 1, draft: { quality: 66 }, focus: "quality" } as const;
    panel = await harness.open(snapshot({ draftUpdate }), { hasOpenSettings: false });
    await expect.poll(() => focusedName(panel)).toBe("Quality");
  });

  it("link to the settings page for what is set once", async () => {
    panel = await harness.open(snapshot());
    await panel.page.getByRole("button", { name: "Delivery Settings…" }).click();
    expect(await intentsOf(panel, "command")).toEqual([{ type: "command", command: "delivery" }]);
  });

  it("are those of a reused job, and none of the draft", async () => {
    panel = await harness.open(snapshot());
    await panel.page.getByRole("spinbutton", { name: "Pictures" }).fill("4");
    const reused = { prompt: "A fox", safety: "fast", shape: "like-reference" } as const;
    const draft = draftWithReferences(1);
    await panel.send(snapshot({ draft, draftUpdate: { id: 1, draft: reused, replacesDraft: true } }));
    await panel.page.getByText("as the service chooses from the references").waitFor();
    await generateButton(panel).click();
    expect(await intentsOf(panel, "generate")).toMatchObject([{ draft: { ...reused, count: 1 } }]);
  });
});

describe("Generate", () => {
  it("stays in view with open settings and among the pictures", async () => {
    const size = { width: 320, height: 600 };
    panel = await harness.open(snapshot({ jobs: jobViews(30) }), size);
    const isInView = async () => {
      const box = await generateButton(panel).boundingBox();
      return box !== null && box.y >= 0 && box.y + box.height <= size.height;
    };
    expect(await isInView()).toBe(true);
    await panel.page.mouse.move(100, 300);
    await panel.page.mouse.wheel(0, 2000);
    await expect.poll(() => panel.page.evaluate(() => scrollY)).toBeGreaterThan(1000);
    expect(await isInView()).toBe(true);
  });
});
