import { type Browser, chromium } from "playwright-core";
import { findBrowser } from "../../scripts/setup/browser.mjs";

let shared: Promise<Browser> | undefined;

/** The Chromium of all test files that this process runs. It ends with the process. */
export function sharedChromium(): Promise<Browser> {
  shared ??= launchChromium();
  return shared;
}

/**
 * Starts the Chromium of this machine, headless unless LIMN_HEADED is set. Throws if none is
 * installed.
 */
export async function launchChromium(): Promise<Browser> {
  const isHeadless = process.env.LIMN_HEADED === undefined;
  const executablePath = findBrowser({ isHeadless });
  if (executablePath === undefined) {
    throw new Error(
      "No Chromium was found. Install it (Debian: apt-get install chromium) or name one in LIMN_CHROMIUM.",
    );
  }
  return await chromium.launch({
    executablePath,
    headless: isHeadless,
    args: [
      // Chromium's own sandbox needs user namespaces, which containers and root do not have. Tests
      // open only their own pages.
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
    ],
  });
}
