import type { LitElement, ReactiveController } from "lit";
import { keepHeights, keptHeights } from "../draft.ts";

/** Whether the host has sent what a part of the form shows, by the part's `data-group`. */
export type Completeness = Readonly<Record<string, boolean>>;

/**
 * Reserves the heights that parts of the form had in the last page, until the host has sent what
 * they show, so that nothing below them moves. Heights of a page of another width do not count.
 */
export class ReservedHeights implements ReactiveController {
  readonly #host: LitElement;
  readonly #completeness: () => Completeness;
  /** Parts that are complete. They stay so, also while their next content is awaited. */
  readonly #complete = new Set<string>();
  readonly #observer = new ResizeObserver((entries) => this.#onResize(entries));

  constructor(host: LitElement, completeness: () => Completeness) {
    this.#host = host;
    this.#completeness = completeness;
    host.addController(this);
  }

  hostUpdated(): void {
    for (const [group, isComplete] of Object.entries(this.#completeness())) {
      const part = this.#host.renderRoot.querySelector<HTMLElement>(`[data-group="${group}"]`);
      if (part === null || this.#complete.has(group)) {
        continue;
      }
      if (isComplete) {
        this.#complete.add(group);
        part.style.minHeight = "";
        this.#observer.observe(part);
      } else {
        part.style.minHeight = `${keptHeights(innerWidth)[group] ?? 0}px`;
      }
    }
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  #onResize(entries: readonly ResizeObserverEntry[]): void {
    const parts = entries.flatMap(({ target, borderBoxSize: [size] }) =>
      target instanceof HTMLElement && target.dataset.group !== undefined && size !== undefined
        ? [[target.dataset.group, size.blockSize] as const]
        : [],
    );
    keepHeights({ width: innerWidth, parts: Object.fromEntries(parts) });
  }
}
