import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { draftWithReferences, jobView, snapshot } from "./harness/fixtures.ts";
import { focused, generateButton, intentsOf, promptField } from "./harness/hands.ts";
import { type Harness, type Panel, startHarness } from "./harness/harness.ts";

let harness: Harness;
let panel: Panel;

beforeAll(async () => {
  harness = await startHarness();
});

afterEach(async () => {
  expect(panel.faults).toEqual([]);
  await panel.close();
});

afterAll(() => harness.close());

describe("the keyboard", () => {
  it("reaches every part of the form, in the order it is read", async () => {
    panel = await harness.open(snapshot({ draft: draftWithReferences(2) }));
    await promptField(panel).fill("A fox");
    const names: string[] = [];
    do {
      names.push(await focused(panel));
      await panel.page.keyboard.press("Tab");
    } while (!names.at(-1)?.startsWith("Generate") && names.length < 30);
    const expected = [
      "Prompt",
      "Earlier and saved prompts",
      "Save this prompt",
      "Reference 1 of 2",
      "Reference 2 of 2",
      "Add pictures",
      "3:2",
      "2K",
      "Pictures",
      "JPG",
      "Quality",
      "Save as",
      "More",
      "Generate 1 · about $0.028",
    ];
    expect(names).toEqual(expected.map((name) => expect.stringContaining(name)));
  });
});

describe("the button", () => {
  it("says why it cannot be pressed", async () => {
    panel = await harness.open(snapshot());
    await panel.page.getByText("Write what the picture should show.").waitFor();
    expect(await generateButton(panel).getAttribute("aria-disabled")).toBe("true");
    await promptField(panel).fill(" ");
    await promptField(panel).press("Control+Enter");
    expect(await intentsOf(panel, "generate")).toEqual([]);
  });

  it("buys once, however often it is pressed before the host answers", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("A fox");
    await generateButton(panel).dblclick();
    await promptField(panel).press("Control+Enter");
    expect(await intentsOf(panel, "generate")).toHaveLength(1);
    await panel.send(snapshot({ vaultBytes: 1 }));
    await promptField(panel).press("Control+Enter");
    expect(await intentsOf(panel, "generate")).toHaveLength(1);
    await panel.send(snapshot({ jobs: [jobView(1, { state: "running", pictures: [] })] }));
    await promptField(panel).press("Control+Enter");
    expect(await intentsOf(panel, "generate")).toHaveLength(2);
    await panel.send(snapshot({ trouble: { message: "The service refused it." } }));
    await promptField(panel).press("Control+Enter");
    expect(await intentsOf(panel, "generate")).toHaveLength(3);
  });

  it("tells the money that is known, and nothing else", async () => {
    panel = await harness.open(snapshot({ engine: { kind: "runware", ready: true, balance: 3.2, spentToday: 0.084 } }));
    await panel.page.getByText("Balance $3.20 · $0.084 spent today").waitFor();
    await panel.send(snapshot({ engine: { kind: "runware", ready: true } }));
    expect(await panel.page.getByText("Balance").count()).toBe(0);
  });

  it("names the sandbox, and no price", async () => {
    panel = await harness.open(snapshot({ engine: { kind: "sandbox", ready: true } }));
    await generateButton(panel).getByText("Generate 1 · free in the sandbox").waitFor();
    await panel.page.getByRole("button", { name: "Set API Key…" }).click();
    expect(await intentsOf(panel, "command")).toEqual([{ type: "command", command: "setApiKey" }]);
  });
});

describe("without a key", () => {
  it("offers a key first, the sandbox second, and where to get a key", async () => {
    panel = await harness.open(snapshot({ engine: { kind: "runware", ready: false } }));
    expect(await promptField(panel).count()).toBe(0);
    for (const name of ["Set API Key…", "Try the Sandbox"]) {
      await panel.page.getByRole("button", { name }).press("Enter");
    }
    await panel.page.getByRole("link", { name: "Get a key" }).press("Enter");
    expect(await intentsOf(panel, "command")).toEqual([
      { type: "command", command: "setApiKey" },
      { type: "command", command: "trySandbox" },
      { type: "command", command: "getKey" },
    ]);
  });
});
