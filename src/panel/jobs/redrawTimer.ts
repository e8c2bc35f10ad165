import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Redraws its host once a second while `isNeeded` and the page is visible. */
export class RedrawTimer implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #isNeeded: () => boolean;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, isNeeded: () => boolean) {
    this.#host = host;
    this.#isNeeded = isNeeded;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("visibilitychange", this.#onVisibilityChange);
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.#onVisibilityChange);
    this.#stop();
  }

  hostUpdated(): void {
    if (!this.#isNeeded() || document.hidden) {
      this.#stop();
    } else {
      this.#timer ??= setInterval(() => this.#host.requestUpdate(), 1000);
    }
  }

  readonly #onVisibilityChange = (): void => {
    this.#host.requestUpdate();
  };

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
