import { existsSync } from "node:fs";
import { findOnPath } from "./environment.mjs";

const names = ["chromium", "google-chrome", "google-chrome-stable", "microsoft-edge", "chromium-browser"];
const knownLocations = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * The Chromium (or Chrome, or Edge) that the tests drive; `LIMN_CHROMIUM` names another one.
 * `undefined` where there is none.
 */
export function findBrowser() {
  const named = process.env.LIMN_CHROMIUM;
  if (named !== undefined && named !== "") return named;
  for (const name of names) {
    const file = findOnPath(name);
    if (file !== undefined) return file;
  }
  return knownLocations.find((place) => existsSync(place));
}

/**
 * Programs that tests run beside the browser, and the Debian packages they are in. `tinyproxy-bin`
 * is the proxy without its service.
 */
const programs = { curl: "curl", git: "git", openssl: "openssl", tinyproxy: "tinyproxy-bin" };

/**
 * Debian packages to install for the tests: a browser, a font with it, since a bare container has
 * none to draw with, and programs.
 */
export function missingBrowserPackages() {
  const browser = findBrowser() === undefined ? ["chromium", "fonts-liberation"] : [];
  const missing = Object.entries(programs).filter(([name]) => findOnPath(name) === undefined);
  return [...browser, ...missing.map(([, debianPackage]) => debianPackage)];
}
