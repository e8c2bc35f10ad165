import type { CSSResult } from "lit";

/**
 * Adds a style sheet to the page itself, around the components. As an object: the page's Content
 * Security Policy forbids `style` elements.
 */
export function adoptStyle({ styleSheet }: CSSResult): void {
  if (styleSheet !== undefined) {
    document.adoptedStyleSheets.push(styleSheet);
  }
}
