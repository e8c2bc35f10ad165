import { afterEach, expect } from "vitest";
import type { ComparedPicture, LightTableMessage } from "../../src/protocol.ts";
import { linkTo, type OpenOptions, openTab, type Tab } from "./harness.ts";

/** Returns a picture of the harness. */
export const picture = (name: string, label = `images/${name}`): ComparedPicture => ({ label, link: linkTo(name) });

/** Opens a tab with two pictures, which is closed after the test. */
export type OpenPictures = (left?: ComparedPicture, right?: ComparedPicture, options?: OpenOptions) => Promise<Tab>;

/** Opens a tab with what the host sends, which is closed after the test. */
export type OpenTable = (content: Omit<LightTableMessage, "type">, options?: OpenOptions) => Promise<Tab>;

/** After each test of the file, the open tabs must have no errors, and are closed. */
export function useTables(): OpenTable {
  const tabs: Tab[] = [];
  afterEach(async () => {
    for (const tab of tabs.splice(0)) {
      // Every test also checks for violations of the Content Security Policy.
      expect(tab.errors).toEqual([]);
      await tab.close();
    }
  });
  return async (content, options = {}) => {
    const tab = await openTab(content, options);
    tabs.push(tab);
    return tab;
  };
}

/** The same, for tabs with two pictures. */
export function useTabs(): OpenPictures {
  const open = useTables();
  return (left = picture("dark.png"), right = picture("light.png"), options = {}) =>
    open({ comparison: { left, right, isDirect: true } }, options);
}

/** Presses keys one after the other. */
export const press = async ({ page }: Tab, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
/** Locates a tool by its name. */
export const button = ({ page }: Tab, name: string) =>
  page.getByRole("button", { name }).or(page.getByRole("switch", { name }));
/** Locates the divider. */
export const slider = ({ page }: Tab) => page.getByRole("slider");
/** Returns the captions from left to right. */
export const captions = ({ page }: Tab) =>
  page.locator(".caption").evaluateAll((all) => all.map((one) => one.textContent?.replace(/\s+/g, " ").trim()));
/** Returns the last announcement for screen readers, which comes with the next frame. */
export const announcedText = ({ page }: Tab) =>
  page.getByRole("status").evaluate(async (region) => {
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    return region.textContent;
  });
/** Returns the `aria-checked` value of a tool. */
export const isPressed = (tab: Tab, name: string) => button(tab, name).getAttribute("aria-checked");
