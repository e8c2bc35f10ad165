const parentOf = (element: Element): Element | undefined => {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : undefined);
};

/** What scrolls an element: the nearest box around it that does, or the page. */
export function scrollContainerOf(element: Element): Element {
  for (let ancestor = parentOf(element); ancestor !== undefined; ancestor = parentOf(ancestor)) {
    if (/^(auto|scroll)$/u.test(getComputedStyle(ancestor).overflowY)) {
      return ancestor;
    }
  }
  return document.scrollingElement ?? document.documentElement;
}

/**
 * Until the page has been laid out and drawn: two frames, since the first one may be under way
 * already.
 */
export const afterNextPaint = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
