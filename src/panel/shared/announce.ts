// The text is changed a moment after it was emptied, since a screen reader says a text again only
// where it has changed.
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

/**
 * Puts the region into the page: one that comes together with its first text is often not read out.
 */
export const createLiveRegion = (): void => void getLiveRegion();

/** Says a sentence to people who listen to the page. */
export function announce(text: string): void {
  const live = getLiveRegion();
  live.textContent = "";
  requestAnimationFrame(() => {
    live.textContent = text;
  });
}
