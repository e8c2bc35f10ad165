import { expect, it } from "vitest";
import { pseudoTranslation, untranslatedTexts } from "../support/pseudoTranslation.ts";
import { picture, press, useTabs } from "./tabs.ts";

const open = useTabs();

it.each([
  ["with a divider", [], "light.png"],
  ["side by side", ["2"], "light.png"],
  ["flipped", ["f"], "light.png"],
  ["zoomed", ["9"], "light.png"],
  ["with pictures of two sizes", [], "half.png"],
  ["with a picture that cannot be shown", [], "broken.png"],
] as const)("has no untranslated text or accessible name: %s", async (_, keys, right) => {
  const pictures = [picture("dark.png"), picture(right)] as const;
  const tab = await open(...pictures, { texts: pseudoTranslation() });
  await press(tab, ...keys);
  expect(await tab.page.getByRole("heading").textContent()).toContain("⟦");
  // A caption shows folder and name in separate elements.
  const parts = pictures.flatMap(({ label }) => label.split(/(?<=\/)/u));
  expect(await untranslatedTexts(tab.page, [pictures, parts])).toEqual([]);
});
