import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { generate } from "../support/e2e/generateFlow.ts";
import { locatePanel, openFormSettings, showPanel, waitForLightTable } from "../support/e2e/panel.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"), {
    settings: { "limn.engine": "sandbox", "workbench.colorTheme": "Default Dark Modern" },
  });
  await showPanel(workbench);
});

afterAll(async () => {
  await workbench?.close();
});

const panel = () => workbench.webview();
const prompt = () => locatePanel(workbench).prompt;
const sheet = () => panel().locator("limn-sheet");
const tiles = () => sheet().getByRole("gridcell", { name: /^Picture/ });
const cleanUpDialog = () => workbench.notifications.dialog("Clean up Limn's vault");

/** Returns the text of the element with the focus, outside of webviews. */
const focusedButton = () => workbench.page.evaluate(() => document.activeElement?.textContent?.trim());

describe("the panel", () => {
  it("puts an example into the prompt, which has the focus then", async () => {
    await sheet().getByText("No pictures yet.").waitFor({ timeout: 30_000 });
    await sheet()
      .getByRole("button", { name: /^A mountain hut/ })
      .click();
    await expect.poll(() => prompt().inputValue()).toContain("A mountain hut");
    await expect.poll(() => prompt().evaluate((field) => field.matches(":focus")), { timeout: 30_000 }).toBe(true);
    await workbench.page.keyboard.type("!");
    expect(await prompt().inputValue()).toContain("!");
    await prompt().fill("A heron");
    expect(await prompt().inputValue()).toBe("A heron");
  });

  it("undoes a discard with Ctrl+Z on the sheet, without changing the prompt", async () => {
    const { page } = workbench;
    await openFormSettings(panel());
    await panel().getByRole("button", { name: "More: Pictures" }).click();
    await panel()
      .getByText(/^Generate 2/)
      .click();
    await expect.poll(() => tiles().count(), { timeout: 60_000 }).toBe(2);
    await prompt().focus();
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.type(" in the reeds");
    await sheet().getByRole("grid", { name: "Pictures" }).focus();
    await page.keyboard.press("Home");
    for (const discard of [() => page.keyboard.press("x"), () => sheet().locator('[data-action="discard"]').click()]) {
      await discard();
      await expect.poll(() => tiles().count(), { timeout: 30_000 }).toBe(1);
      await sheet().getByRole("button", { name: "Undo", exact: true }).waitFor();
      await page.keyboard.press("ControlOrMeta+z");
      await expect.poll(() => tiles().count(), { timeout: 30_000 }).toBe(2);
      // No discard is left to undo, and the typed text must not change.
      await page.keyboard.press("ControlOrMeta+z");
      await sheet().getByRole("grid", { name: "Pictures" }).focus();
      await page.keyboard.press("ControlOrMeta+z");
    }
    // VS Code runs commands in order, so those of the keys above are done as well.
    await workbench.command("Limn: Focus on Limn View");
    expect(await prompt().inputValue()).toBe("A heron in the reeds");
    // In the prompt, Ctrl+Z undoes typing.
    await prompt().focus();
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(() => prompt().inputValue(), { timeout: 30_000 }).not.toBe("A heron in the reeds");
  });

  it("discards several selected pictures together, restores them with one Undo, and stars them together", async () => {
    const { page } = workbench;
    const starred = () =>
      sheet()
        .getByRole("gridcell", { name: /, starred/ })
        .count();
    await sheet().getByRole("grid", { name: "Pictures" }).focus();
    await page.keyboard.press("Home");
    await tiles()
      .last()
      .click({ modifiers: ["Shift"] });
    await sheet().getByText("2 pictures selected").waitFor();
    await workbench.screenshot("panel-several-selected");
    await page.keyboard.press("x");
    await sheet().getByText("Discarded: 2 pictures").waitFor({ timeout: 30_000 });
    expect(await tiles().count()).toBe(0);
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(() => tiles().count(), { timeout: 30_000 }).toBe(2);
    await sheet().getByRole("grid", { name: "Pictures" }).focus();
    await page.keyboard.press("ControlOrMeta+a");
    await sheet().getByText("2 pictures selected").waitFor();
    for (const count of [2, 0]) {
      await page.keyboard.press("s");
      await expect.poll(starred, { timeout: 30_000 }).toBe(count);
    }
    await page.keyboard.press("Escape");
  });

  it("deletes nothing on Enter in Clean Up, and counts the pictures that would be lost", async () => {
    const { page } = workbench;
    const cleanUp = () => sheet().getByText("Clean Up…").click();
    const before = await panel()
      .getByText(/^Vault: /)
      .innerText();
    await sheet().getByRole("grid", { name: "Pictures" }).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("k");
    await sheet().getByText("images/a-heron.jpg").first().waitFor({ timeout: 30_000 });
    // With nothing discarded, the dialog offers only the kept picture.
    await cleanUp();
    expect(await (await cleanUpDialog()).innerText()).toMatch(
      /Kept pictures: 1, [\d.]+ [kM]B\. They would leave the panel; the files you kept them as stay\./,
    );
    await workbench.screenshot("panel-clean-up-kept");
    expect(await focusedButton()).toBe("Keep Everything");
    await page.keyboard.press("Enter");
    await workbench.page.locator(".monaco-dialog-box").waitFor({ state: "hidden" });
    expect(await tiles().count()).toBe(2);

    await tiles().last().click();
    await sheet().locator('[data-action="discard"]').click();
    await expect.poll(() => tiles().count(), { timeout: 30_000 }).toBe(1);
    await cleanUp();
    const box = await cleanUpDialog();
    expect(await box.innerText()).toMatch(/Discarded pictures: 1, [\d.]+ [kM]B\. Not saved anywhere else: 1\./);
    // The order of the buttons depends on the platform.
    const buttons = (await box.getByRole("button").allInnerTexts()).map((label) =>
      label.replace(/ \([\d.]+ [kM]B\)/, ""),
    );
    expect(buttons.filter((label) => label !== "").sort()).toEqual([
      ...["Cancel", "Delete Discarded", "Delete Discarded and Kept", "Keep Everything"],
    ]);
    expect(await focusedButton()).toBe("Keep Everything");
    await workbench.screenshot("panel-clean-up-both");
    await page.keyboard.press("Enter");
    await workbench.page.locator(".monaco-dialog-box").waitFor({ state: "hidden" });
    expect(
      await panel()
        .getByText(/^Vault: /)
        .innerText(),
    ).toBe(before);
    await cleanUp();
    await (await cleanUpDialog()).getByRole("button", { name: /^Delete Discarded \(/ }).click();
    await expect
      .poll(
        () =>
          panel()
            .getByText(/^Vault: /)
            .innerText(),
        { timeout: 30_000 },
      )
      .not.toBe(before);
    expect(await tiles().count()).toBe(1);
  });

  it("shows the pictures on the light table, from the notification after a canceled choice", async () => {
    const { quickInput, notifications, page } = workbench;
    await generate(workbench, "A bittern", { size: "1024 × 1024", count: "2 pictures" });
    await quickInput.waitUntilOpen({ title: "Choose the Pictures to Keep" });
    await quickInput.escape();
    const sentence = "2 pictures in Limn's vault are not saved yet.";
    await notifications.waitFor(sentence);
    await page
      .getByRole("tab", { name: /^Explorer/ })
      .locator("a")
      .click();
    await prompt().waitFor({ state: "hidden" });
    await workbench.screenshot("choose-later");
    await notifications.press(sentence, "Show");
    const table = await waitForLightTable(page);
    await table.getByRole("heading", { level: 1 }).getByText("A bittern, 1 of 2").waitFor();
    await workbench.screenshot("choose-later-shown");
  });
});
