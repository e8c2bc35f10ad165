interface GridKeyContext {
  onShowKeys(): void;
  onSearch(): void;
  onEscape(): void;
  /** Called with a key that stands for nothing here. */
  onOtherKey(event: KeyboardEvent): void;
  /** Does what another key stands for; returns whether it stands for something. */
  press(key: string, isRepeat: boolean): boolean;
}

/** Does what a key stands for; returns whether it stands for something. */
function doKey({ key, repeat }: KeyboardEvent, context: GridKeyContext): boolean {
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
  const { altKey, ctrlKey, metaKey } = event;
  const isForGrid = !(event.defaultPrevented || altKey || ctrlKey || metaKey || isOnButton(event));
  // The grid has handled the key already if the default is prevented.
  if (event.defaultPrevented || (isForGrid && doKey(event, context))) {
    event.preventDefault();
    event.stopPropagation();
  } else if (!isOnButton(event)) {
    context.onOtherKey(event);
  }
}
