import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { fillGenerateFlow, generate } from "../support/e2e/generateFlow.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { type SandboxProcess, startSandboxProcess } from "../support/sandboxProcess.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder.ts";

let temporary: TemporaryFolder;
let service: SandboxProcess;
let workbench: Workbench;

// At a custom address, Limn assumes that requests cost money.
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

it("asks before an expensive request, shows its cost, and stops the next one by the budget", async () => {
  const { notifications, page } = workbench;
  const money = page.locator(".statusbar-item").filter({ hasText: "Limn $" });
  const waysToDecline: readonly (readonly [prompt: string, answer: () => Promise<void>])[] = [
    ["A careful picture", () => notifications.pressInDialog(question, "Cancel")],
    // The key of the last step may still be down; Enter presses the button with the focus.
    ["A hasty picture", () => page.keyboard.press("Enter")],
  ];
  for (const [prompt, answer] of waysToDecline) {
    await fillGenerateFlow(workbench, prompt);
    await page.getByText("Enter generates 1 picture, about $0.028 (2048 × 2048, Kling IMAGE 3.0)").waitFor();
    await workbench.screenshot("budget-last-step");
    await workbench.quickInput.accept();
    const box = await notifications.dialog(question);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent?.trim()), { timeout: 30_000 })
      .toBe("Don't Buy");
    await workbench.screenshot("budget-question");
    await answer();
    await box.waitFor({ state: "hidden" });
    await notifications.waitUntilGone(prompt);
    expect(await notifications.texts()).toEqual([]);
    expect(await money.count()).toBe(0);
  }

  // What appears while the question is open is not bought.
  await writeFile(join(workbench.folder, "page.md"), "![A hut by a lake](hut.png)\n");
  await workbench.openFile("page.md");
  await workbench.command("Limn: Generate All Missing Images in This File…");
  await workbench.quickInput.waitUntilOpen({ title: "Missing Images: 1 of 1, about $0.028" });
  await workbench.quickInput.accept();
  await notifications.dialog(question);
  await writeFile(join(workbench.folder, "hut.png"), "");
  await notifications.pressInDialog(question, "Buy for About $0.028");
  await notifications.waitFor("hut.png exists now and was not made.");
  expect(await money.count()).toBe(0);

  await generate(workbench, "An expensive picture");
  await notifications.pressInDialog(question, "Buy for About $0.028");
  // A notice at the first purchase with real money, which does not block the purchase.
  await notifications.waitFor(/Limn asks before a request that is expected to cost more than \$0\.010/);
  await money.getByText("Limn $0.00 + about $0.028").waitFor();
  await workbench.screenshot("budget-status-bar");
  await notifications.waitFor(/Saved images\/an-expensive-picture\.jpg · .* · \$0\.028/);
  await money.waitFor({ state: "hidden" });

  await generate(workbench, "One too many");
  const refusal =
    /Today's budget of \$0\.030 has \$0\.002 left\. This request would exceed it by about \$0\.026\. Spent: \$0\.028\./;
  await notifications.waitFor(refusal);
  await workbench.screenshot("budget-refusal");
  await notifications.press(refusal, "Change Budget…");
  await page.getByText("Budget: Per Day").first().waitFor();
});
