const region = Object.assign(document.createElement("div"), {
  className: "announcer",
  role: "status",
  ariaLive: "polite",
});

/**
 * Adds the live region to the page, hidden by the page's style. The page calls it when it starts:
 * screen readers often miss the text of a region that is new.
 */
export const createLiveRegion = (): void => document.body.append(region);

/** Announces a sentence to screen readers. */
export function announce(text: string): void {
  // Emptied first, since screen readers read a text again only if it has changed.
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = text;
  });
}
