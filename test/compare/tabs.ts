import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { ComparedPicture } from "../../src/protocol.ts";
import { greyPng } from "../support/greyPng.ts";
import { linkTo, type OpenOptions, startHarness, type Tab } from "./harness.ts";

/** Red values of the two pictures. */
export const [dark, light] = [40, 220];
let harness: Awaited<ReturnType<typeof startHarness>>;
const tabs: Tab[] = [];

beforeAll(async () => {
  harness = await startHarness({
    "dark.png": greyPng(1600, 800, dark),
    "light.png": greyPng(1600, 800, light),
    "half.png": greyPng(800, 400, light),
    "square.png": greyPng(800, 800, light),
    "broken.png": Buffer.from("not a picture"),
  });
});

afterEach(async () => {
  for (const tab of tabs.splice(0)) {
    // Every test also checks for errors and violations of the Content Security Policy.
    expect(tab.errors).toEqual([]);
    await tab.close();
  }
});

afterAll(async () => {
  await harness.close();
});

/** Returns a picture of the harness. */
export const picture = (name: string, label = `images/${name}`): ComparedPicture => ({ label, link: linkTo(name) });

/** Opens a tab, which is closed after the test. */
export async function open(
  left = picture("dark.png"),
  right = picture("light.png"),
  options: OpenOptions = {},
): Promise<Tab> {
  const tab = await harness.open({ left, right }, options);
  tabs.push(tab);
  return tab;
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
/** Returns the last announcement for screen readers. */
export const announcedText = ({ page }: Tab) => page.getByRole("status").textContent();
/** Returns the `aria-checked` value of a tool. */
export const isPressed = (tab: Tab, name: string) => button(tab, name).getAttribute("aria-checked");
