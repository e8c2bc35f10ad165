import { type ActionId, actionForKey } from "../actions.ts";
import type { SheetEntry } from "../sheetEntries.ts";

interface GridKeyContext {
  onShowKeys(): void;
  onSearch(): void;
  /** The selected picture. */
  readonly active: SheetEntry | undefined;
  onAction(entry: SheetEntry, id: ActionId): void;
}

/** What a key does; `undefined` if nothing. */
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
 * Handles a key of the grid. Repeats are ignored: a held X would discard the picture that is
 * selected next. The event stops here, since VS Code may have a command for the key.
 */
export function onGridKey(event: KeyboardEvent, context: GridKeyContext): void {
  const { key, altKey, ctrlKey, metaKey } = event;
  // The grid has handled the key already if the default is prevented.
  const handler = event.defaultPrevented || altKey || ctrlKey || metaKey ? undefined : handlerForKey(key, context);
  if (!event.repeat) {
    handler?.();
  }
  if (handler !== undefined || event.defaultPrevented) {
    event.preventDefault();
    event.stopPropagation();
  }
}
