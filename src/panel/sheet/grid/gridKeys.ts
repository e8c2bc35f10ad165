interface GridKeyContext {
  onShowKeys(): void;
  onSearch(): void;
  /** Does what another key stands for; returns whether it stands for something. */
  press(key: string, isRepeat: boolean): boolean;
}

/** Does what a key stands for; returns whether it stands for something. */
function doKey({ key, repeat }: KeyboardEvent, context: GridKeyContext): boolean {
  if (key !== "?" && key !== "/") {
    return context.press(key, repeat);
  }
  if (!repeat) {
    (key === "?" ? context.onShowKeys : context.onSearch)();
  }
  return true;
}

/**
 * Handles a key of the grid. The event stops here, since VS Code may have a command for the key.
 */
export function onGridKey(event: KeyboardEvent, context: GridKeyContext): void {
  const { altKey, ctrlKey, metaKey } = event;
  const isForGrid = !(event.defaultPrevented || altKey || ctrlKey || metaKey);
  // The grid has handled the key already if the default is prevented.
  if (event.defaultPrevented || (isForGrid && doKey(event, context))) {
    event.preventDefault();
    event.stopPropagation();
  }
}
