import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";

let workbench: Workbench;

beforeAll(async () => {
  workbench = await openWorkbench(inject("extensions"));
});

afterAll(async () => {
  await workbench?.close();
});

it("is installed, as the list of extensions shows", async () => {
  await workbench.command("Extensions: Show Installed Extensions");
  const entry = workbench.page.locator(".extension-list-item").filter({ hasText: "Limn" }).first();
  await entry.waitFor({ timeout: 30_000 });
  await workbench.screenshot("installed");
  expect(await entry.innerText()).toContain("Limn");
});
