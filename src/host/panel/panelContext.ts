import type { ChangedDraft, Intent, PictureBytesMessage } from "../../protocol.ts";
import type { Services } from "../services.ts";
import type { PageFeed } from "./feed/pageFeed.ts";
import type { PanelState } from "./panelState.ts";
import type { FolderIndex } from "./pictures/folderIndex.ts";
import type { Presses } from "./presses.ts";
import type { SavedPrompts } from "./prompts/savedPrompts.ts";

/** What the handlers of intents work with. */
export interface PanelContext {
  readonly services: Services;
  readonly prompts: SavedPrompts;
  readonly vaultIndex: FolderIndex;
  readonly feed: PageFeed;
  readonly panelState: PanelState;
  readonly presses: Presses;
  /** Aborts when the window closes. */
  readonly closing: AbortSignal;
  /** Schedules a message to the page with what has changed. */
  refresh(): void;
  /** Sends that message at once. */
  answer(): Promise<void>;
  /** Sends the page what it has asked for. */
  sendBytes(message: PictureBytesMessage): Promise<void>;
  /** Starts to send to a page that is ready. */
  connectPage(): Promise<void>;
  /** Keeps the draft for a page in another place, or after a reload. */
  recordDraft(changed: ChangedDraft): void;
  /** Reads again what the page shows: journal, prompts, key, balance. */
  reload(): Promise<void>;
}

/** Each intent by its type. */
export type IntentByType = { readonly [Each in Intent as Each["type"]]: Each };

/** One handler for each intent. What a handler throws is shown in the form. */
export type IntentHandlers<Types extends keyof IntentByType = keyof IntentByType> = {
  readonly [Type in Types]: (context: PanelContext, intent: IntentByType[Type]) => Promise<void>;
};
