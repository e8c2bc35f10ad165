import { describe, expect, it } from "vitest";
import type { DraftView } from "../../../src/protocol.ts";
import { draftView, snapshot } from "../harness/fixtures.ts";
import type { Panel } from "../harness/harness.ts";
import { generateButton, intentsOf, promptField } from "../harness/locators.ts";
import { useHarness } from "../harness/useHarness.ts";

const harness = useHarness();
let panel: Panel;

/** A snapshot in which the host proposes other values than by default. */
const proposing = (changes: Partial<DraftView["defaults"]>) =>
  snapshot({ draft: draftView({ defaults: { ...draftView().defaults, ...changes } }) });

const wide = { width: 2720, height: 1536 };
const savePath = () => panel.page.getByRole("textbox", { name: "Save as" });

describe("the proposed values", () => {
  it("are shown and sent until the user chooses others", async () => {
    panel = await harness.open(proposing({ size: wide, count: 3, format: "PNG", path: "shop/public/{slug}" }));
    await panel.page.getByText("2720 × 1536 px").waitFor();
    await promptField(panel).fill("A fox");
    await generateButton(panel).getByText("Generate 3 · about $0.084").click();
    expect(await intentsOf(panel, "generate")).toMatchObject([
      { draft: { shape: wide, count: 3, format: "PNG", path: "shop/public/{slug}" } },
    ]);
    await panel.page.getByRole("radio", { name: "1:1" }).click();
    await panel.page.getByText("2048 × 2048 px").waitFor();
  });

  it("are the model's own if it cannot make the last ones", async () => {
    panel = await harness.open(proposing({ size: { width: 5440, height: 3072 }, count: 40 }));
    await panel.page.getByText("2048 × 2048 px").waitFor();
    await generateButton(panel).getByText("Generate 20").waitFor();
  });

  it("replace those of a request that was sent, and no choice that was not sent", async () => {
    panel = await harness.open(snapshot());
    await panel.page.getByRole("radio", { name: "16:9" }).click();
    await panel.page.getByRole("button", { name: "More: Pictures" }).click();
    await panel.page.getByText("2720 × 1536 px").waitFor();
    // The host remembers the request, and later one of the flow.
    await panel.send(proposing({ size: wide, count: 2 }));
    await panel.page.getByText("2720 × 1536 px").waitFor();
    await panel.send(proposing({ size: { width: 1024, height: 1024 }, count: 1 }));
    await panel.page.getByText("1024 × 1024 px").waitFor();
    await generateButton(panel).getByText("Generate 1 ·").waitFor();
    await panel.page.getByRole("radio", { name: "9:16" }).click();
    await panel.send(proposing({ size: wide, count: 1 }));
    await panel.page.getByText("768 × 1360 px").waitFor();
  });

  it("are followed by the path after a change of the format", async () => {
    panel = await harness.open(snapshot());
    await panel.page.getByRole("radio", { name: "PNG" }).click();
    await panel.send(proposing({ path: "shop/public/{slug}" }));
    await expect.poll(() => savePath().inputValue()).toBe("shop/public/{slug}");
    await savePath().fill("art/fox");
    await panel.send(proposing({ path: "images/{slug}" }));
    await promptField(panel).fill("A fox");
    await generateButton(panel).click();
    expect(await intentsOf(panel, "generate")).toMatchObject([{ draft: { path: "art/fox", format: "PNG" } }]);
  });
});
