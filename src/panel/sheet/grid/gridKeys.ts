import type { SelectMode } from "../selection.ts";
import { isMoveKey, toggleKey } from "./moveSelection.ts";

interface GridKeyContext {
  onShowKeys(): void;
  onSearch(): void;
  onEscape(): void;
  /** Called with a key that stands for nothing here. */
  onOtherKey(event: KeyboardEvent): void;
  onSelectAll(): void;
  /** Does what another key stands for; returns whether it stands for something. */
  press(key: string, isRepeat: boolean, mode?: SelectMode): boolean;
}

/** How a key with Ctrl or Shift changes the selection; `undefined` if it does not. */
function modeOf({ key, shiftKey, ctrlKey, metaKey }: KeyboardEvent): SelectMode | undefined {
  const isCtrl = ctrlKey || metaKey;
  if (isMoveKey(key)) {
    return shiftKey ? "extend" : isCtrl ? "keep" : undefined;
  }
  return isCtrl && key === toggleKey ? "toggle" : undefined;
}

/** Does what a key stands for; returns whether it stands for something. */
function doKey(event: KeyboardEvent, context: GridKeyContext): boolean {
  const { key, repeat, ctrlKey, metaKey } = event;
  const mode = modeOf(event);
  if (mode !== undefined) {
    // A held key would select and deselect.
    return (mode === "toggle" && repeat) || context.press(key, repeat, mode);
  }
  if (ctrlKey || metaKey) {
    const isSelectAll = key.toLowerCase() === "a";
    if (isSelectAll) {
      context.onSelectAll();
    }
    return isSelectAll;
  }
  if (key === toggleKey) {
    return false;
  }
  const command = { "?": context.onShowKeys, "/": context.onSearch, Escape: context.onEscape }[key];
  if (command === undefined) {
    return context.press(key, repeat);
  }
  if (!repeat) {
    command();
  }
  return true;
}

/** Whether the key is pressed on a button in the grid. */
const isOnButton = (event: KeyboardEvent): boolean => event.composedPath()[0] instanceof HTMLButtonElement;

/**
 * Handles a key of the grid. The event stops here, since VS Code may have a command for the key.
 */
export function onGridKey(event: KeyboardEvent, context: GridKeyContext): void {
  const isForGrid = !(event.defaultPrevented || event.altKey || isOnButton(event));
  // The grid has handled the key already if the default is prevented.
  if (event.defaultPrevented || (isForGrid && doKey(event, context))) {
    event.preventDefault();
    event.stopPropagation();
  } else if (!isOnButton(event)) {
    context.onOtherKey(event);
  }
}
