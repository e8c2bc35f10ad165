import { describe, expect, it } from "vitest";
import type { RequestField } from "../../../src/core/request/requestFields.ts";
import { draftWithReferences, snapshot } from "../harness/fixtures.ts";
import type { Panel } from "../harness/harness.ts";
import { focusedName, intentsOf, promptField } from "../harness/locators.ts";
import { useHarness } from "../harness/useHarness.ts";

const harness = useHarness();
let panel: Panel;

/**
 * Each field the host may name, the part of the form that shows the sentence, and what then has the
 * focus.
 */
const fieldCases: readonly (readonly [field: RequestField, part: string, focus: string])[] = [
  ["prompt", "limn-prompt-field", "Prompt"],
  ["size", "limn-shape-field", "3:2"],
  ["resolution", "limn-shape-field", "3:2"],
  ["references", "limn-references", "Reference 1"],
  ["count", "limn-output", "Pictures"],
  ["format", "limn-output", "JPG"],
  ["quality", "limn-output", "Quality"],
  ["path", "limn-target-field", "Save as"],
  ["safety.mode", "limn-more", "Safety check as in the settings"],
  ["model", "limn-more", "Kling IMAGE 3.0"],
];

describe("an error", () => {
  it("is shown at its field, which gets the focus", async () => {
    panel = await harness.open(snapshot());
    const draft = draftWithReferences(1);
    for (const [field, part, focus] of fieldCases) {
      const message = `Something is wrong with ${field}.`;
      await panel.send(snapshot({ draft, lastError: { field, message } }));
      const shown = panel.page.locator(`${part} + limn-form-error`);
      expect(await shown.getByRole("alert").textContent()).toBe(message);
      await expect.poll(() => focusedName(panel)).toContain(focus);
    }
  });

  it("is shown below the button if it has no field", async () => {
    panel = await harness.open(snapshot());
    await promptField(panel).fill("kept words");
    await panel.send(snapshot({ lastError: { message: "The service did not answer. <b>Nothing</b> was sent." } }));
    const shown = panel.page.locator("limn-generate-button + limn-form-error");
    expect(await shown.getByRole("alert").textContent()).toBe("The service did not answer. <b>Nothing</b> was sent.");
    expect(await promptField(panel).inputValue()).toBe("kept words");
    await shown.getByRole("button", { name: "Dismiss" }).press("Enter");
    expect(await intentsOf(panel, "dismissError")).toHaveLength(1);
    await panel.send(snapshot());
    expect(await shown.count()).toBe(0);
  });

  it("takes the focus once per attempt, not with each snapshot and not when the panel is shown again", async () => {
    panel = await harness.open(snapshot());
    const lastError = { field: "path" as const, message: "The folder cannot be written to." };
    await panel.send(snapshot({ lastError }));
    await expect.poll(() => focusedName(panel)).toBe("Save as");
    await promptField(panel).focus();
    await panel.send(snapshot({ lastError, vaultBytes: 1 }));
    expect(await focusedName(panel)).toBe("Prompt");
    await promptField(panel).fill("A fox");
    await promptField(panel).press("Control+Enter");
    const press = (await intentsOf(panel, "generate"))[0]?.press ?? "";
    await panel.send(snapshot({ lastError, presses: [{ id: press, isHandled: true }] }));
    await expect.poll(() => focusedName(panel)).toBe("Save as");
    await panel.reload();
    await panel.page.getByRole("alert").waitFor();
    expect(await focusedName(panel)).not.toBe("Save as");
  });

  it("is shown without a key as well", async () => {
    const engine = { kind: "runware", isReady: false } as const;
    panel = await harness.open(snapshot({ engine, lastError: { message: "The key was refused." } }));
    expect(await panel.page.getByRole("alert").textContent()).toBe("The key was refused.");
  });

  it.each([
    ["setApiKey", "Set API Key…"],
    ["getKey", "Open Runware Account"],
    ["showLog", "Show Log"],
    ["settings", "Open Settings"],
    ["budget", "Change Budget…"],
  ] as const)("has the button that helps: %s", async (remedy, name) => {
    panel = await harness.open(snapshot());
    await panel.send(snapshot({ lastError: { message: "That could not be done.", remedy } }));
    await panel.page.getByRole("alert").getByRole("button", { name }).click();
    expect(await intentsOf(panel, "command")).toEqual([{ type: "command", command: remedy }]);
  });
});
