import { describe, expect, it } from "vitest";
import { jobView, jobViews, snapshot } from "../harness/fixtures.ts";
import type { Panel } from "../harness/harness.ts";
import { focusedName } from "../harness/locators.ts";
import { useHarness } from "../harness/useHarness.ts";

const harness = useHarness();
let panel: Panel;

const jobs = jobViews(3);
const tiles = () => panel.page.getByRole("gridcell");
const toggle = () => panel.page.getByRole("checkbox", { name: /^Other workspaces/ });
const tally = async (filter: string) =>
  (await panel.page.locator(".filters label", { hasText: filter }).locator(".tally").innerText()).trim();

describe("the sheet in a workspace", () => {
  it("shows the pictures of this workspace, and those of others by one click or Space", async () => {
    panel = await harness.open(snapshot({ jobs, elsewhere: ["job-0002", "job-0003"] }));
    await expect.poll(() => tiles().count()).toBe(2);
    expect([await tally("All"), await tally("Other workspaces")]).toEqual(["2", "4"]);
    await panel.page.locator(".filters label", { hasText: "Other workspaces" }).click();
    await expect.poll(() => tiles().count()).toBe(6);
    expect([await tally("All"), await tally("Other workspaces")]).toEqual(["6", "4"]);
    await toggle().press("Space");
    await expect.poll(() => tiles().count()).toBe(2);
  });

  it("searches in this workspace, and counts what others have", async () => {
    panel = await harness.open(snapshot({ jobs, elsewhere: ["job-0002", "job-0003"] }));
    await panel.page.getByRole("searchbox", { name: "Search prompts" }).fill("number 2");
    await panel.page.getByText("No picture matches.").waitFor();
    await panel.page.getByRole("button", { name: "Show 2 Pictures of Other Workspaces" }).click();
    await expect.poll(() => tiles().count()).toBe(2);
    expect(await toggle().isChecked()).toBe(true);
  });

  it("says without pictures that others have some, and leads to them with the focus", async () => {
    panel = await harness.open(snapshot({ jobs: [jobView(1)], elsewhere: ["job-0001"] }));
    await panel.page.getByText("No pictures in this workspace yet.").waitFor();
    await panel.page.getByRole("button", { name: "Show 2 Pictures of Other Workspaces" }).press("Enter");
    await expect.poll(() => tiles().count()).toBe(2);
    await expect.poll(() => focusedName(panel)).toBe("Pictures");
  });

  it("has no filter for other workspaces if they have no pictures", async () => {
    panel = await harness.open(snapshot({ jobs }));
    await expect.poll(() => tiles().count()).toBe(6);
    expect(await toggle().count()).toBe(0);
  });
});
