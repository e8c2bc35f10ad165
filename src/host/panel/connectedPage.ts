import { setImmediate as nextTurn } from "node:timers/promises";
import type { Uri, Webview } from "vscode";
import { type PictureBytesMessage, parseIntent, type SnapshotMessage, type UpdateMessage } from "../../protocol.ts";
import { waitUntilReceived } from "../ui/waitUntilReceived.ts";
import type { PageFeed } from "./feed/pageFeed.ts";

/** Where a page of the panel is: in the side bar or in an editor tab. */
export type PagePlace = "sideBar" | "tab";

/** What holds a page: VS Code's view in the side bar, or an editor tab. */
export interface PageHolder {
  readonly webview: Webview;
  readonly visible: boolean;
  readonly onDidChangeVisibility: (listener: () => void) => unknown;
  readonly onDidDispose: (listener: () => void) => unknown;
}

/** Handles a message of a page. */
export type MessageHandler = (message: unknown) => Promise<void>;

/** What the panel does for its page. */
interface PageCallbacks {
  /** Called when the page is visible again. */
  readonly onShown: () => void;
  readonly handleMessage: MessageHandler;
}

/**
 * The page that the panel shows. There is one at a time: a page in an editor tab takes the place of
 * the one in the side bar, whose messages do nothing from then on.
 */
export class ConnectedPage {
  readonly #feed: PageFeed;
  readonly #callbacks: PageCallbacks;
  #holder: PageHolder | undefined;
  #place: PagePlace = "sideBar";
  /** Whether the form is on its way to the page, which has not asked for it meanwhile. */
  #isSendingForm = false;
  #formSent = Promise.resolve();

  constructor(feed: PageFeed, callbacks: PageCallbacks) {
    this.#feed = feed;
    this.#callbacks = callbacks;
  }

  get isVisible(): boolean {
    return this.#holder?.visible === true;
  }

  /** Whether there is a page, and in a tab. */
  get isInTab(): boolean {
    return this.#holder !== undefined && this.#place === "tab";
  }

  /** A link that the page may load. */
  link(uri: Uri): Uri {
    return this.#holder?.webview.asWebviewUri(uri) ?? uri;
  }

  /**
   * Connects a page, and returns the handler of its messages. What the page asks for with `ready`
   * is sent at once, and again when it asks later: VS Code keeps messages for at most 200 ms until
   * the page has loaded, and a page that loads more slowly misses them. A `ready` that arrives
   * before VS Code reports that it has passed the form on needs no second one: its page has loaded
   * and will get that one. If it asks twice, it has not.
   */
  connect(holder: PageHolder, place: PagePlace): MessageHandler {
    const { onShown, handleMessage } = this.#callbacks;
    this.#holder = holder;
    this.#place = place;
    this.#feed.stop();
    const isCurrent = () => this.#holder === holder;
    holder.onDidChangeVisibility(() => {
      if (isCurrent() && holder.visible) {
        onShown();
      }
    });
    holder.onDidDispose(() => {
      if (isCurrent()) {
        this.#holder = undefined;
        this.#feed.stop();
      }
    });
    void handleMessage({ type: "ready" });
    return async (message) => {
      if (isCurrent() && !(await this.#willGetForm(message))) {
        await handleMessage(message);
      }
    };
  }

  /**
   * Sends the form when `ready` has resolved. Resolves when VS Code has passed it on to the page,
   * which may be never, if it cannot show the page.
   */
  async sendForm(ready: Promise<void>): Promise<void> {
    const holder = this.#holder;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#formSent = promise;
    this.#isSendingForm = true;
    try {
      await ready;
      const delivered = this.post(this.#feed.start());
      resolve();
      await delivered;
    } finally {
      resolve();
      if (this.#holder === holder) this.#isSendingForm = false;
    }
  }

  /**
   * Resolves when the window has got the form, if it is being sent to a page, or to one that is
   * connected meanwhile: VS Code may have restored the tab of the panel just before. Never rejects.
   */
  async whenFormSent(): Promise<void> {
    for (let sent: Promise<void> | undefined; sent !== this.#formSent; ) {
      sent = this.#formSent;
      await sent;
      await waitUntilReceived().then(undefined, () => undefined);
    }
  }

  /** Whether the message asks for the form, for the first time while it is on its way. */
  async #willGetForm(message: unknown): Promise<boolean> {
    if (!this.#isSendingForm || parseIntent(message)?.type !== "ready") return false;
    // What VS Code has reported before is known after this turn.
    await nextTurn();
    const willGetForm = this.#isSendingForm;
    this.#isSendingForm = false;
    return willGetForm;
  }

  /** Sends what has changed, if the page is visible. */
  async update(): Promise<void> {
    const message = this.isVisible ? this.#feed.next() : undefined;
    if (message !== undefined) {
      await this.post(message);
    }
  }

  async post(message: SnapshotMessage | UpdateMessage | PictureBytesMessage): Promise<void> {
    await this.#holder?.webview.postMessage(message);
  }
}
