const parentOf = (element: Element): Element | undefined => {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : undefined);
};

/** The nearest ancestor that scrolls, or the page. */
export function scrollContainerOf(element: Element): Element {
  for (let ancestor = parentOf(element); ancestor !== undefined; ancestor = parentOf(ancestor)) {
    if (/^(auto|scroll)$/u.test(getComputedStyle(ancestor).overflowY)) {
      return ancestor;
    }
  }
  return document.scrollingElement ?? document.documentElement;
}

/** Resolves after the next paint: two frames, since the first one may have started already. */
export const afterNextPaint = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
