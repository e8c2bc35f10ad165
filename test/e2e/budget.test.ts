import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { type SandboxProcess, startSandboxProcess } from "../support/sandboxProcess.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder.ts";

let temporary: TemporaryFolder;
let service: SandboxProcess;
let workbench: Workbench;

// A service behind an address of its own costs money, as far as Limn can know.
beforeAll(async () => {
  temporary = await temporaryFolder();
  service = await startSandboxProcess({ log: join(temporary.path, "sandbox.log"), delay: 2000 });
  workbench = await openWorkbench(inject("extensions"), {
    settings: {
      "limn.apiUrl": service.url,
      "limn.openAfterSaving": false,
      "limn.budget.askAbove": 0.01,
      "limn.budget.perDay": 0.03,
    },
    env: { RUNWARE_API_KEY: service.key },
  });
});

afterAll(async () => {
  await workbench?.close();
  await service?.stop();
  await temporary?.remove();
});

const question = "This request is expected to cost about $0.028, more than the $0.010 above which Limn asks.";

/** Goes through the flow, taking what is proposed for all but the prompt. */
async function generate(prompt: string): Promise<void> {
  const { quickInput } = workbench;
  await workbench.command("Limn: Generate Image…");
  await quickInput.waitUntilOpen({ title: "Generate Image" });
  await quickInput.type(prompt);
  for (const placeholder of [/What should the picture show/, /Size in pixels/, /How many/, "images/fox.png"]) {
    await quickInput.waitUntilOpen({ placeholder });
    await quickInput.accept();
  }
}

it("asks before a dear request: declining is silence, buying shows the money in the status bar, and the budget stops the next", async () => {
  const { notifications, page } = workbench;
  const money = page.locator(".statusbar-item").filter({ hasText: "Limn $" });
  const decline: readonly (readonly [prompt: string, answer: () => Promise<void>])[] = [
    ["A careful picture", () => notifications.pressInDialog(question, "Cancel")],
    // The first button has the focus: an Enter that is still held from the last step presses it.
    ["A hasty picture", () => page.keyboard.press("Enter")],
  ];
  for (const [prompt, answer] of decline) {
    await generate(prompt);
    const box = await notifications.dialog(question);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent?.trim()), { timeout: 10_000 })
      .toBe("Don't Buy");
    await workbench.screenshot("budget-question");
    await answer();
    await box.waitFor({ state: "hidden" });
    await notifications.waitUntilGone(prompt);
    expect(await notifications.texts()).toEqual([]);
    expect(await money.count()).toBe(0);
  }

  await generate("A dear picture");
  await notifications.pressInDialog(question, "Buy for About $0.028");
  // The first purchase for real money, and it does not wait for this.
  await notifications.waitFor(/Limn asks before a request that is expected to cost more than \$0\.010/);
  await money.getByText("Limn $0.00 + about $0.028").waitFor();
  await workbench.screenshot("budget-status-bar");
  await notifications.waitFor(/Saved images\/a-dear-picture\.jpg · .* · \$0\.028/);
  await money.waitFor({ state: "hidden" });

  await generate("One too many");
  const refusal = /Today's budget of \$0\.030 has \$0\.002 left, so it is about \$0\.026 too much\. Spent: \$0\.028\./;
  await notifications.waitFor(refusal);
  await workbench.screenshot("budget-refusal");
  await notifications.press(refusal, "Open Settings");
  await page.getByText("Budget: Per Day").first().waitFor();
});
