import { type ActionId, actionForKey } from "../actions.ts";
import type { SheetEntry } from "../sheetEntries.ts";

/** What the keys of the grid do. */
interface GridKeyContext {
  onShowKeys(): void;
  onSearch(): void;
  /** `undefined` while no picture is selected. */
  readonly active: SheetEntry | undefined;
  onAction(entry: SheetEntry, id: ActionId): void;
}

/** What a key does with the sheet; `undefined` where it does nothing. */
function handlerForKey(key: string, context: GridKeyContext): (() => void) | undefined {
  if (key === "?") {
    return context.onShowKeys;
  }
  if (key === "/") {
    return context.onSearch;
  }
  const { active: entry } = context;
  const action = entry && actionForKey(key, entry);
  return entry && action && (() => context.onAction(entry, action.id));
}

/**
 * Does what a key in the grid asks for, once: by its first repeat, a held X would discard the
 * picture that was selected next. VS Code hears what reaches the window, and may have a command on
 * the key: it stops here.
 */
export function onGridKey(event: KeyboardEvent, context: GridKeyContext): void {
  const { key, altKey, ctrlKey, metaKey } = event;
  // Where the grid has dealt with it, nothing is left to do.
  const handler = event.defaultPrevented || altKey || ctrlKey || metaKey ? undefined : handlerForKey(key, context);
  if (!event.repeat) {
    handler?.();
  }
  if (handler !== undefined || event.defaultPrevented) {
    event.preventDefault();
    event.stopPropagation();
  }
}
