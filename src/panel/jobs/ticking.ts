import type { ReactiveController, ReactiveControllerHost } from "lit";

/** Redraws its host once a second, while there is something to count and somebody can see it. */
export class Ticking implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #wanted: () => boolean;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(host: ReactiveControllerHost, wanted: () => boolean) {
    this.#host = host;
    this.#wanted = wanted;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("visibilitychange", this.#seen);
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.#seen);
    this.#stop();
  }

  hostUpdated(): void {
    if (!this.#wanted() || document.hidden) {
      this.#stop();
    } else {
      this.#timer ??= setInterval(() => this.#host.requestUpdate(), 1000);
    }
  }

  readonly #seen = (): void => {
    this.#host.requestUpdate();
  };

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
