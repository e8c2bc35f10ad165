let region: HTMLElement | undefined;

function getLiveRegion(): HTMLElement {
  if (region === undefined) {
    region = document.createElement("div");
    region.className = "announcer";
    region.role = "status";
    region.ariaLive = "polite";
    document.body.append(region);
  }
  return region;
}

/** Adds the live region to the page. Screen readers often miss the text of a region that is new. */
export const createLiveRegion = (): void => void getLiveRegion();

/** Announces a sentence to screen readers. */
export function announce(text: string): void {
  const live = getLiveRegion();
  // Emptied first, since screen readers read a text again only if it has changed.
  live.textContent = "";
  requestAnimationFrame(() => {
    live.textContent = text;
  });
}
