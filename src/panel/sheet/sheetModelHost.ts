import type { PictureRef } from "../../protocol.ts";
import type { SheetEntry } from "./sheetEntries.ts";

/** What the model asks of the sheet's element. */
export interface SheetModelHost {
  /** The picture at the top of the view; `undefined` while the first row is in view. */
  topPicture(): PictureRef | undefined;
  /** Number of lines of tiles that fit into the view. */
  linesPerPage(): number;
  /** Whether the key acts on a picture. */
  isActionKey(key: string): boolean;
  /** Does the action of a key with the selected picture; returns whether there is one. */
  act(key: string, isRepeat: boolean): boolean;
  /** Does the action of a key with the first picture of a new job, which is on its way. */
  actEarly(key: string): void;
  /** Keeps a picture that has arrived. */
  keep(entry: SheetEntry): void;
  /** Called if such a picture will not come. */
  onLost(): void;
  /** Whether the user is working on a picture, so that another one must not be selected. */
  isInUse(): boolean;
  /** Whether the user waits for the pictures of a new job, and works on nothing else. */
  isNewestExpected(): boolean;
  /** Called when the first one of these is selected. */
  onNewest(): void;
  /** Called if it will not come. */
  onNewestLost(): void;
  /** Called after each change. */
  onChange(): void;
}
