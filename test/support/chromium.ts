import { type Browser, chromium } from "playwright-core";
import { findBrowser } from "../../scripts/setup/browser.mjs";

/**
 * Starts the Chromium of this machine, without a window unless LIMN_HEADED is set. Throws where
 * there is none.
 */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findBrowser();
  if (executablePath === undefined) {
    throw new Error(
      "There is no Chromium here. Install it (Debian: apt-get install chromium) or name one in LIMN_CHROMIUM.",
    );
  }
  return await chromium.launch({
    executablePath,
    headless: process.env.LIMN_HEADED === undefined,
    args: [
      // Chromium's own sandbox needs user namespaces, which containers and root do not have; only
      // pages of our own are opened.
      ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
      ...["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
    ],
  });
}
