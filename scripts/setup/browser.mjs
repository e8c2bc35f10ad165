import { existsSync } from "node:fs";
import { findOnPath } from "./environment.mjs";

/** Chromium without a window: it is smaller, and takes less time to start and to draw a page. */
const headlessShell = "chromium-headless-shell";
const names = ["chromium", "google-chrome", "google-chrome-stable", "microsoft-edge", "chromium-browser"];
const knownLocations = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * Returns the path of Chromium, Chrome or Edge, or `undefined` if there is none. `LIMN_CHROMIUM`
 * names another one. `isHeadless` says that the browser needs no window.
 */
export function findBrowser({ isHeadless = true } = {}) {
  const named = process.env.LIMN_CHROMIUM;
  if (named !== undefined && named !== "") return named;
  for (const name of isHeadless ? [headlessShell, ...names] : names) {
    const file = findOnPath(name);
    if (file !== undefined) return file;
  }
  return knownLocations.find((place) => existsSync(place));
}

/** Other programs that tests run, and their Debian packages. `tinyproxy-bin` has no service. */
const programs = { curl: "curl", git: "git", openssl: "openssl", tinyproxy: "tinyproxy-bin" };

/**
 * Returns the Debian packages that the tests need and that are missing, as `prepareSystemPackages`
 * takes them. The font comes with the browser, since a container has none.
 */
export function missingBrowserPackages() {
  const browser = findBrowser() === undefined ? [`${headlessShell} | chromium`, "fonts-liberation"] : [];
  const missing = Object.entries(programs).filter(([name]) => findOnPath(name) === undefined);
  return [...browser, ...missing.map(([, debianPackage]) => debianPackage)];
}
