import { describe, expect, it } from "vitest";
import { draftWithReferences, jobView, snapshot, today } from "../harness/fixtures.ts";
import type { Panel } from "../harness/harness.ts";
import { focusedName, generateButton, intentsOf, promptField } from "../harness/locators.ts";
import type { PanelContent } from "../harness/panelHost.ts";
import { useHarness } from "../harness/useHarness.ts";

const harness = useHarness();
let panel: Panel;

describe("the keyboard", () => {
  it("reaches every part of the form, in reading order", async () => {
    panel = await harness.open(snapshot({ draft: draftWithReferences(2) }));
    await promptField(panel).fill("A fox");
    const names: string[] = [];
    do {
      names.push(await focusedName(panel));
      await panel.page.keyboard.press("Tab");
    } while (!names.at(-1)?.startsWith("Generate") && names.length < 30);
    const expected = [
      "Prompt",
      "Earlier and saved prompts",
      "Save this prompt",
      "Add by Address or UUID",
      "Reference 1 of 2",
      "Reference 2 of 2",
      "Add pictures",
      "Settings: 3:2 · 2K · 1 picture · JPG · images/…",
      "For",
      "3:2",
      "2K",
      "Pictures",
      "JPG",
      "Quality",
      "Save as",
      "Kling IMAGE 3.0",
      "Safety check as in the settings",
      "Delivery Settings",
      "Generate 1 · about $0.028",
    ];
    expect(names).toEqual(expected.map((name) => expect.stringContaining(name)));
  });
});

describe("the button", () => {
  it("explains why it is disabled", async () => {
    panel = await harness.open(snapshot());
    await panel.page.getByText("Write what the picture should show.").waitFor();
    expect(await generateButton(panel).getAttribute("aria-disabled")).toBe("true");
    await promptField(panel).fill(" ");
    await promptField(panel).press("Control+Enter");
    expect(await intentsOf(panel, "generate")).toEqual([]);
  });

  /** The last press, as the host reports it. */
  const lastPress = async (isHandled: boolean) => {
    const last = (await intentsOf(panel, "generate")).at(-1);
    return [{ id: last?.press ?? "", isHandled }];
  };
  const running = jobView(1, { state: "running", pictures: [] });

  it("stays disabled until the host has handled its press, whatever other snapshots say", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("A fox");
    await generateButton(panel).dblclick();
    await promptField(panel).press("Control+Enter");
    expect(await intentsOf(panel, "generate")).toHaveLength(1);
    const others: readonly Partial<PanelContent>[] = [
      { vaultBytes: 1 },
      { lastError: { message: "Something else could not be done." } },
      { jobs: [running] },
      { presses: await lastPress(false) },
      { presses: [{ id: "another", isHandled: true }] },
    ];
    for (const other of others) {
      await panel.send(snapshot(other));
      expect(await generateButton(panel).getAttribute("aria-disabled")).toBe("true");
      await promptField(panel).press("Control+Enter");
      expect(await intentsOf(panel, "generate")).toHaveLength(1);
    }
    await panel.send(snapshot({ jobs: [running], presses: await lastPress(true) }));
    expect(await generateButton(panel).getAttribute("aria-disabled")).toBe("false");
    await promptField(panel).press("Control+Enter");
    const presses = (await intentsOf(panel, "generate")).map(({ press }) => press);
    expect(new Set(presses).size).toBe(2);
  });

  it("stays disabled if the page is shown again while its press is handled, and sends nothing again", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("A fox");
    await generateButton(panel).click();
    await panel.send(snapshot({ presses: await lastPress(false) }));
    await panel.reload();
    expect(await generateButton(panel).getAttribute("aria-disabled")).toBe("true");
    await promptField(panel).press("Control+Enter");
    expect(await intentsOf(panel, "generate")).toEqual([]);
    await panel.send(snapshot({ jobs: [running] }));
    expect(await generateButton(panel).getAttribute("aria-disabled")).toBe("false");
  });

  it.each(["Enter", " "])("treats a held key (“%s”) as one press, even after the host has handled it", async (key) => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("A fox");
    await generateButton(panel).focus();
    await panel.page.keyboard.down(key);
    await panel.send(snapshot({ jobs: [running], presses: await lastPress(true) }));
    // The button was off for a moment, and lost the focus by that.
    await generateButton(panel).focus();
    for (let repeat = 0; repeat < 30; repeat++) {
      await panel.page.keyboard.down(key);
    }
    await panel.page.keyboard.up(key);
    expect(await intentsOf(panel, "generate")).toHaveLength(1);
  });

  it("treats a held Ctrl+Enter as one press, and a held Enter in the prompt as lines", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("A fox");
    await promptField(panel).focus();
    await panel.page.keyboard.down("Control");
    await panel.page.keyboard.down("Enter");
    await panel.send(snapshot({ jobs: [running], presses: await lastPress(true) }));
    await panel.page.keyboard.down("Enter");
    await panel.page.keyboard.up("Enter");
    await panel.page.keyboard.up("Control");
    expect(await intentsOf(panel, "generate")).toHaveLength(1);
    await panel.page.keyboard.down("Enter");
    await panel.page.keyboard.down("Enter");
    await panel.page.keyboard.up("Enter");
    expect(await promptField(panel).inputValue()).toBe("A fox\n\n");
  });

  it("shows only known amounts of money", async () => {
    const engine = { kind: "runware", isReady: true } as const;
    panel = await harness.open(
      snapshot({ engine: { ...engine, balance: 3.2, spendingToday: today({ spent: 0.084 }) } }),
    );
    await panel.page.getByText("Balance $3.20 · $0.084 spent today").waitFor();
    await panel.send(snapshot({ engine }));
    expect(await panel.page.getByText("Balance").count()).toBe(0);
  });

  it("says that the engine of the settings is invalid, and leads to the settings", async () => {
    panel = await harness.open(snapshot({ engine: { kind: "runware", isReady: true, invalid: "sandbx" } }));
    await promptField(panel).fill("A fox");
    await panel.page.getByText("Limn does not know the engine “sandbx” of the settings.").first().waitFor();
    await promptField(panel).press("Control+Enter");
    expect(await intentsOf(panel, "generate")).toEqual([]);
    await panel.page.getByRole("button", { name: "Open Settings" }).click();
    expect(await intentsOf(panel, "command")).toEqual([{ type: "command", command: "settings" }]);
  });

  it("names the sandbox, and no price", async () => {
    panel = await harness.open(snapshot({ engine: { kind: "sandbox", isReady: true } }));
    await generateButton(panel).getByText("Generate 1 · free in the sandbox").waitFor();
    await panel.page.getByRole("button", { name: "Set API Key…" }).click();
    expect(await intentsOf(panel, "command")).toEqual([{ type: "command", command: "setApiKey" }]);
  });
});

describe("leaving the sandbox", () => {
  it("takes one click if there is a key", async () => {
    panel = await harness.open(snapshot({ engine: { kind: "sandbox", isReady: true, hasKey: true } }));
    await panel.page.getByRole("button", { name: "Use Runware" }).click();
    expect(await panel.page.getByRole("button", { name: "Set API Key…" }).count()).toBe(0);
    expect(await intentsOf(panel, "command")).toEqual([{ type: "command", command: "useRunware" }]);
  });
});

describe("the budget", () => {
  const engine = { kind: "runware", isReady: true } as const;
  const perDay = { period: "perDay", limit: 1, remaining: 0.05, isExact: false } as const;
  const budgets = [perDay, { period: "perMonth", limit: 20, remaining: 12, isExact: true }] as const;
  const money = today({ spent: 0.67, estimated: 0.14, reserved: 0.112, unknown: 0.028 });

  it("shows the spent, reserved and remaining amounts, and marks estimates", async () => {
    panel = await harness.open(snapshot({ engine: { ...engine, spendingToday: money, budgets } }));
    const texts = [
      ...["$0.810 spent today, of which about $0.140 is estimated", "about $0.112 for running requests"],
      ...["about $0.028 that may have been billed", "about $0.050 of today's $1.00 left"],
      "$12.00 of this month's $20.00 left",
    ];
    await panel.page.getByText(texts.join(" · ")).waitFor();
    await panel.send(snapshot({ engine: { ...engine, spendingToday: money } }));
    await panel.page.getByText(texts[0] ?? "", { exact: true }).waitFor();
    await panel.send(snapshot({ engine: { ...engine, budgets: [{ ...perDay, remaining: -0.2 }] } }));
    await panel.page.getByText("today's $1.00 budget used up", { exact: true }).waitFor();
  });

  it("shows before the purchase by how much a request exceeds it, and links to the settings", async () => {
    panel = await harness.open(snapshot({ engine: { ...engine, budgets } }));
    await promptField(panel).fill("A fox");
    expect(await generateButton(panel).getAttribute("aria-disabled")).toBe("false");
    await panel.page.getByRole("spinbutton", { name: "Pictures" }).fill("4");
    await panel.page.getByText("About $0.062 more than is left of today's budget.").waitFor();
    await generateButton(panel).getByText("Generate 4 · about $0.112").waitFor();
    expect(await generateButton(panel).getAttribute("aria-disabled")).toBe("true");
    await promptField(panel).press("Control+Enter");
    expect(await intentsOf(panel, "generate")).toEqual([]);
    await panel.page.getByRole("button", { name: "Change Budget…" }).press("Enter");
    expect(await intentsOf(panel, "command")).toEqual([{ type: "command", command: "budget" }]);
  });

  it("allows a request that fits exactly, and everything in the sandbox", async () => {
    const exact = { ...engine, budgets: [{ ...perDay, remaining: 0.028 }] };
    panel = await harness.open(snapshot({ engine: exact }));
    await promptField(panel).fill("A fox");
    expect(await generateButton(panel).getAttribute("aria-disabled")).toBe("false");
    await panel.send(snapshot({ engine: { ...exact, budgets: [{ ...perDay, remaining: 0.027999 }] } }));
    await panel.page.getByText("more than is left of today's budget.").waitFor();
    await panel.send(snapshot({ engine: { ...exact, kind: "sandbox" } }));
    expect(await generateButton(panel).getAttribute("aria-disabled")).toBe("false");
  });

  it("that blocked the last request can be changed from its error", async () => {
    panel = await harness.open(snapshot());
    await panel.send(
      snapshot({ lastError: { message: "This request is too expensive.", field: "budget", remedy: "budget" } }),
    );
    await panel.page.getByRole("alert").getByRole("button", { name: "Change Budget…" }).click();
    expect(await intentsOf(panel, "command")).toEqual([{ type: "command", command: "budget" }]);
  });

  it("offers to check the key and the balance, for free", async () => {
    panel = await harness.open(snapshot({ engine: { kind: "runware", isReady: true } }));
    await panel.page.getByRole("button", { name: "Check Key" }).click();
    expect(await intentsOf(panel, "command")).toEqual([{ type: "command", command: "checkKey" }]);
    await panel.send(snapshot({ engine: { kind: "sandbox", isReady: true } }));
    expect(await panel.page.getByRole("button", { name: "Check Key" }).count()).toBe(0);
  });

  it("leaves the user a free draft, without a key", async () => {
    panel = await harness.open(snapshot({ engine: { kind: "runware", isReady: false } }));
    await promptField(panel).fill("A fox");
    await panel.page.getByRole("button", { name: "Make Free Draft" }).click();
    expect(await intentsOf(panel, "command")).toEqual([{ type: "command", command: "makeDraft" }]);
    expect(await intentsOf(panel, "generate")).toEqual([]);
  });
});

describe("without a key", () => {
  const noKey = { engine: { kind: "runware", isReady: false } } as const;

  it("the buttons are the choice where to make the pictures, with the price of each", async () => {
    panel = await harness.open(snapshot(noKey));
    await promptField(panel).fill("A fox");
    const labels = await generateButton(panel).allInnerTexts();
    expect(labels.map((label) => label.trim())).toEqual([
      "Generate 1 · free in the sandbox",
      "Use Runware · about $0.028…",
    ]);
    for (const [index, engine] of ["sandbox", "runware"].entries()) {
      await panel.send(snapshot(noKey));
      await generateButton(panel).nth(index).click();
      const [intent] = (await intentsOf(panel, "generate")).slice(-1);
      expect(intent).toMatchObject({ engine, draft: { prompt: "A fox" } });
      expect(await focusedName(panel)).toBe("Prompt");
      expect(await generateButton(panel).evaluateAll((all) => all.map((one) => one.ariaDisabled))).toEqual([
        "true",
        "true",
      ]);
      await panel.send(snapshot({ ...noKey, presses: [{ id: intent?.press ?? "", isHandled: true }] }));
    }
  });

  it("Generate by the keys makes no choice, so that Limn asks, and buys nothing if there is a key meanwhile", async () => {
    panel = await harness.open(snapshot(noKey));
    await promptField(panel).fill("A fox");
    await promptField(panel).press("Control+Enter");
    const [intent] = await intentsOf(panel, "generate");
    expect([intent?.draft.prompt, intent?.engine]).toEqual(["A fox", "ask"]);
  });

  it("keeps the focus on the button of the sandbox when it has become the only one", async () => {
    panel = await harness.open(snapshot(noKey));
    await promptField(panel).fill("A fox");
    await generateButton(panel).first().focus();
    await panel.send(snapshot({ engine: { kind: "sandbox", isReady: true } }));
    await expect.poll(() => generateButton(panel).count()).toBe(1);
    expect(await focusedName(panel)).toBe("Generate 1 · free in the sandbox");
  });

  it("a key can be set before", async () => {
    panel = await harness.open(snapshot(noKey));
    await panel.page.getByRole("button", { name: "Set API Key…" }).press("Enter");
    expect(await intentsOf(panel, "command")).toEqual([{ type: "command", command: "setApiKey" }]);
  });

  it.each([260, 400, 700])("fits into a panel of %i px, in all themes", async (width) => {
    panel = await harness.open(snapshot(noKey), { width });
    await promptField(panel).fill("A fox");
    await panel.screenshot(`no-key-${width}`);
    expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
});
