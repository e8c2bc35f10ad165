const parentOf = (element: Element): Element | undefined => {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : undefined);
};

/** What scrolls an element: the nearest box around it that does, or the page. */
export function scrollerOf(element: Element): Element {
  for (let box = parentOf(element); box !== undefined; box = parentOf(box)) {
    if (/^(auto|scroll)$/u.test(getComputedStyle(box).overflowY)) {
      return box;
    }
  }
  return document.scrollingElement ?? document.documentElement;
}

/** Until the page has been laid out and drawn: two frames, since the first one may be under way already. */
export const drawn = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
