import { describe, expect, it } from "vitest";
import { draftView, draftWithReferences, snapshot } from "../harness/fixtures.ts";
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
    await panel.page.getByRole("radio", { name: "1K" }).click();
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
    await panel.page.getByText("as Runware chooses from the references").waitFor();
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
    await panel.page.getByRole("radio", { name: "1K" }).click();
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
    await panel.page.getByText("More", { exact: true }).click();
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    const base = generateButton(panel).locator(".base");
    expect(await base.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  });
});

describe("the section More", () => {
  it("shows the delivery of this request, and links to the settings of delivery, webhook and upload address", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("A fox");
    await panel.page.locator("summary").press("Enter");
    await panel.page.getByRole("radio", { name: "Keeps one request open" }).click();
    await generateButton(panel).click();
    expect(await intentsOf(panel, "generate")).toMatchObject([{ draft: { deliveryMethod: "sync" } }]);
    await panel.page.getByRole("button", { name: "Delivery, Webhook and Upload Address…" }).click();
    expect(await intentsOf(panel, "command")).toEqual([{ type: "command", command: "delivery" }]);
  });

  it("applies all settings of a reused job, and keeps none of the draft", async () => {
    panel = await harness.open(snapshot());
    await panel.page.locator("summary").press("Enter");
    await panel.page.getByRole("spinbutton", { name: /^Seconds the links live/ }).fill("3600");
    const reused = { prompt: "A fox", safety: "fast", deliveryMethod: "sync", shape: "like-reference" } as const;
    const draft = draftWithReferences(1);
    await panel.send(snapshot({ draft, draftUpdate: { id: 1, draft: reused, replacesDraft: true } }));
    await panel.page.getByText("as Runware chooses from the references").waitFor();
    await generateButton(panel).click();
    const [sent] = await intentsOf(panel, "generate");
    expect(sent?.draft).toMatchObject(reused);
    expect(sent?.draft).not.toHaveProperty("ttl");
  });

  it("shows the lifetime of links of the settings, and can send none", async () => {
    const defaults = { ...draftView().defaults, ttl: 90 };
    panel = await harness.open(snapshot({ draft: draftView({ defaults }) }));
    await promptField(panel).fill("A fox");
    await panel.page.locator("summary").press("Enter");
    const lifetime = panel.page.getByRole("spinbutton", { name: /^Seconds the links live/ });
    expect(await lifetime.inputValue()).toBe("90");
    await lifetime.fill("0");
    await panel.page.getByText("0: as the service keeps them").waitFor();
    await generateButton(panel).click();
    expect(await intentsOf(panel, "generate")).toMatchObject([{ draft: { ttl: 0 } }]);
  });

  it("sends no lifetime if the settings deliver no links", async () => {
    const defaults = { ...draftView().defaults, outputType: "dataURI" } as const;
    const draft = { prompt: "A fox", ttl: 120 };
    panel = await harness.open(snapshot({ draft: draftView({ defaults }), draftUpdate: { id: 1, draft } }));
    await panel.page.locator("summary").press("Enter");
    expect(await panel.page.getByRole("spinbutton", { name: /^Seconds the links live/ }).count()).toBe(0);
    await generateButton(panel).click();
    const [sent] = await intentsOf(panel, "generate");
    expect(sent?.draft.prompt).toBe("A fox");
    expect(sent?.draft).not.toHaveProperty("ttl");
    expect(sent?.draft).not.toHaveProperty("outputType");
  });

  it("opens by keyboard, and offers a lifetime only for links", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("A fox");
    await panel.page.locator("summary").press("Enter");
    const lifetime = panel.page.getByRole("spinbutton", { name: /^Seconds the links live/ });
    await lifetime.fill("30");
    await panel.page.getByText("Links live for at least 60 seconds.").waitFor();
    await lifetime.fill("3600");
    await panel.page.getByRole("radio", { name: "In the answer, as base64" }).click();
    expect(await lifetime.count()).toBe(0);
    await generateButton(panel).click();
    const [sent] = await intentsOf(panel, "generate");
    expect(sent?.draft).toMatchObject({ outputType: "base64Data" });
    expect(sent?.draft).not.toHaveProperty("ttl");
  });
});
