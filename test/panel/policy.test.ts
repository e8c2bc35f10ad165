import { globSync, readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/paths.ts";
import { openTab } from "../lightTable/harness.ts";
import { snapshot } from "./harness/fixtures.ts";
import { openPanel } from "./harness/harness.ts";
import { elsewhere, injectAll, injected, refusals } from "./harness/injections.ts";

/** Opens each page as the host makes it, in Chromium. */
const pages = {
  panel: () => openPanel(snapshot()),
  lightTable() {
    const missing = { label: "gone.png", problem: "It could not be read." };
    return openTab({ comparison: { left: missing, right: missing, isDirect: true } });
  },
} as const satisfies Readonly<Record<string, () => Promise<{ readonly page: Page }>>>;

describe.each(["panel", "lightTable"] as const)("the %s page", (name) => {
  it("runs and shows nothing that is injected, and sends no request to another server", async () => {
    const { page } = await pages[name]();
    try {
      const asked: string[] = [];
      // What the policy refuses does not come so far.
      await page.route(`${elsewhere}/**`, async (route) => {
        asked.push(route.request().url());
        await route.abort();
      });
      await injectAll(page);
      await expect
        .poll(async () => (await injected(page)).refused, { timeout: 30_000 })
        .toEqual(expect.arrayContaining([...refusals]));
      expect([(await injected(page)).ran, asked]).toEqual([[], []]);
    } finally {
      // Not returned to the pool, because it has been changed.
      await page.context().close();
    }
  });
});

describe("the code of the pages", () => {
  const files = globSync("src/{panel,lightTable}/**/*.ts", { cwd: root });

  it("never turns text into HTML", () => {
    expect(files.length).toBeGreaterThan(50);
    const ways =
      /innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|unsafeSVG|unsafeStatic|document\.write|srcdoc|createPolicy|createContextualFragment|DOMParser|\beval\b|new Function/;
    expect(files.filter((file) => ways.test(readFileSync(`${root}/${file}`, "utf8")))).toEqual([]);
  });
});
