import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"), {
    settings: { "limn.engine": "sandbox", "limn.openAfterSaving": false },
  });
});

afterAll(async () => {
  await workbench?.close();
});

it("counts running jobs on its icon before it was ever opened, and not twice afterwards", async () => {
  const { page, quickInput } = workbench;
  const count = () => page.getByRole("tab", { name: /^Limn/ }).locator(".badge-content").innerText();
  const generate = async (prompt: string) => {
    await workbench.command("Limn: Generate Image…");
    await quickInput.waitUntilOpen({ title: "Generate Image" });
    await quickInput.type(prompt);
    for (const placeholder of [/What should the picture show/, /Size in pixels/, /How many/, "images/fox.png"]) {
      await quickInput.waitUntilOpen({ placeholder });
      await quickInput.accept();
    }
  };
  await generate("A badge of one");
  await expect.poll(count, { timeout: 20_000 }).toBe("1");
  await workbench.screenshot("panel-badge");
  await expect.poll(count, { timeout: 30_000 }).toBe("");
  await page.getByRole("tab", { name: /^Limn/ }).locator("a").click();
  await workbench.webview().getByRole("textbox", { name: "Prompt", exact: true }).waitFor({ timeout: 30_000 });
  await generate("A badge of one again");
  await expect.poll(count, { timeout: 20_000 }).toBe("1");
  await expect.poll(count, { timeout: 30_000 }).toBe("");
});
