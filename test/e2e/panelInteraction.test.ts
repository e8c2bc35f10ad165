import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"), {
    settings: { "limn.engine": "sandbox", "limn.sandbox.delay": 200, "workbench.colorTheme": "Default Dark Modern" },
  });
  const { page } = workbench;
  await page.getByRole("tab", { name: /^Limn/ }).locator("a").click();
  await prompt().waitFor({ timeout: 30_000 });
});

afterAll(async () => {
  await workbench?.close();
});

const panel = () => workbench.webview();
const prompt = () => panel().getByRole("textbox", { name: "Prompt", exact: true });
const sheet = () => panel().locator("limn-sheet");
const tiles = () => sheet().getByRole("gridcell");
const dialog = () => workbench.notifications.dialog("Clean up Limn's vault");

/** What has the focus in the workbench's own page. */
const focusedButton = () => workbench.page.evaluate(() => document.activeElement?.textContent?.trim());

describe("the hands on the panel", () => {
  it("are led from the empty sheet to the prompt", async () => {
    await sheet().getByText("No pictures yet.").waitFor({ timeout: 30_000 });
    await sheet().getByRole("button", { name: "Write a Prompt" }).click();
    await expect.poll(() => prompt().evaluate((field) => field.matches(":focus")), { timeout: 10_000 }).toBe(true);
    await workbench.page.keyboard.type("A heron");
    expect(await prompt().inputValue()).toBe("A heron");
  });

  it("take back a discard with Ctrl+Z, and nothing of the prompt", async () => {
    const { page } = workbench;
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
      await expect.poll(() => tiles().count(), { timeout: 10_000 }).toBe(1);
      await sheet().getByRole("button", { name: "Undo", exact: true }).waitFor();
      await page.keyboard.press("ControlOrMeta+z");
      await expect.poll(() => tiles().count(), { timeout: 10_000 }).toBe(2);
      // There is nothing more to take back: neither a picture nor what was typed.
      await page.keyboard.press("ControlOrMeta+z");
      await sheet().getByRole("grid", { name: "Pictures" }).focus();
      await page.keyboard.press("ControlOrMeta+z");
    }
    // A command that VS Code carries out after those keys has come back when this one has.
    await workbench.command("Limn: Focus on Limn View");
    expect(await prompt().inputValue()).toBe("A heron in the reeds");
    // In the prompt, the key is for the prompt.
    await prompt().focus();
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(() => prompt().inputValue(), { timeout: 10_000 }).not.toBe("A heron in the reeds");
  });

  it("delete nothing by Enter in Clean Up, and are told what would be lost for good", async () => {
    const { page } = workbench;
    const cleanUp = () => sheet().getByText("Clean Up…").click();
    const before = await panel()
      .getByText(/^Vault: /)
      .innerText();
    await sheet().getByRole("grid", { name: "Pictures" }).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("k");
    await sheet().locator(".note.good").first().waitFor({ timeout: 10_000 });
    // Only a kept picture may go: it is in no better place than the rejects.
    await cleanUp();
    expect(await (await dialog()).innerText()).toMatch(
      /Kept pictures: 1, [\d.]+ MB\. They would leave the panel; the files you kept them as stay\./,
    );
    await workbench.screenshot("panel-clean-up-kept");
    expect(await focusedButton()).toBe("Keep Everything");
    await page.keyboard.press("Enter");
    await workbench.page.locator(".monaco-dialog-box").waitFor({ state: "hidden" });
    expect(await tiles().count()).toBe(2);

    await tiles().last().click();
    await sheet().locator('[data-action="discard"]').click();
    await expect.poll(() => tiles().count(), { timeout: 10_000 }).toBe(1);
    await cleanUp();
    const box = await dialog();
    expect(await box.innerText()).toMatch(/Discarded pictures: 1, [\d.]+ MB\. Nowhere else, and so lost for good: 1\./);
    // VS Code puts them in the order of the platform.
    const buttons = (await box.getByRole("button").allInnerTexts()).map((label) => label.replace(/ \([\d.]+ MB\)/, ""));
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
    await (await dialog()).getByRole("button", { name: /^Delete Discarded \(/ }).click();
    await expect
      .poll(
        () =>
          panel()
            .getByText(/^Vault: /)
            .innerText(),
        { timeout: 10_000 },
      )
      .not.toBe(before);
    expect(await tiles().count()).toBe(1);
  });

  it("are told where the pictures are that they did not choose from, and led there", async () => {
    const { quickInput, notifications, page } = workbench;
    await workbench.command("Limn: Generate Image…");
    await quickInput.waitUntilOpen({ title: "Generate Image" });
    await quickInput.type("A bittern");
    await quickInput.accept();
    await quickInput.waitUntilOpen({ placeholder: /Size in pixels/ });
    await quickInput.pick("1024 × 1024");
    await quickInput.waitUntilOpen({ placeholder: /How many/ });
    await quickInput.pick("2 pictures");
    await quickInput.waitUntilOpen({ placeholder: "images/fox.png" });
    await quickInput.accept();
    await quickInput.waitUntilOpen({ title: "Choose the Pictures to Keep" });
    await quickInput.escape();
    const sentence = "Pictures in Limn's vault that are not saved yet: 2.";
    await notifications.waitFor(sentence);
    await page
      .getByRole("tab", { name: /^Explorer/ })
      .locator("a")
      .click();
    await prompt().waitFor({ state: "hidden" });
    await workbench.screenshot("choose-later");
    await notifications.press(sentence, "Show");
    // They are in sight, though the form is above them.
    const newest = sheet().getByText("A bittern").first();
    await newest.waitFor({ timeout: 30_000 });
    await expect
      .poll(() => newest.evaluate((heading) => heading.getBoundingClientRect().bottom < innerHeight))
      .toBe(true);
    await workbench.screenshot("choose-later-shown");
  });
});
