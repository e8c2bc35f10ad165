import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axeSource = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** What axe-core checks: by default all rules on the whole page. */
interface AxeOptions {
  readonly selectors?: readonly string[] | undefined;
  readonly rules?: readonly string[] | undefined;
}

/** Violations that axe-core finds in a page, one line each. */
export async function axe(page: Page, { selectors, rules }: AxeOptions = {}): Promise<string[]> {
  // Not addScriptTag, which the page's policy refuses. It stays until the page is reloaded.
  if (!(await page.evaluate(() => Reflect.has(window, "axe")))) {
    await page.evaluate(await readFile(axeSource, "utf8"));
  }
  const elements =
    selectors === undefined ? undefined : await Promise.all(selectors.map((one) => page.locator(one).elementHandle()));
  return await page.evaluate(
    async ({ elements, values }) => {
      // Preloading copies style sheets into `style` elements, which the page's policy refuses.
      const runOnly = values === undefined ? {} : { runOnly: { type: "rule", values } };
      const options = { resultTypes: ["violations"], preload: false, ...runOnly };
      const { violations } = await Reflect.get(window, "axe").run(elements ?? document, options);
      return violations.flatMap((violation: { id: string; nodes: { target: unknown; failureSummary: string }[] }) =>
        violation.nodes.map(
          ({ target, failureSummary }) => `${violation.id} at ${JSON.stringify(target)}: ${failureSummary}`,
        ),
      );
    },
    { elements, values: rules },
  );
}
