import { type ActionId, actionOf } from "./actions.ts";
import type { Found } from "./found.ts";

/** What the keys of the grid do. */
interface Doing {
  keys(): void;
  search(): void;
  /** `undefined` while no picture is selected. */
  readonly found: Found | undefined;
  act(found: Found, id: ActionId): void;
}

/** What a key does with the sheet; `undefined` where it does nothing. */
function workOf(key: string, doing: Doing): (() => void) | undefined {
  if (key === "?") {
    return doing.keys;
  }
  if (key === "/") {
    return doing.search;
  }
  const { found } = doing;
  const action = found && actionOf(key, found);
  return found && action && (() => doing.act(found, action.id));
}

/**
 * Does what a key in the grid asks for, once: by its first repeat, a held X would discard the picture that was selected next. VS Code hears what
 * reaches the window, and may have a command on the key: it stops here.
 */
export function onGridKey(event: KeyboardEvent, doing: Doing): void {
  const { key, altKey, ctrlKey, metaKey } = event;
  // Where the grid has dealt with it, nothing is left to do.
  const work = event.defaultPrevented || altKey || ctrlKey || metaKey ? undefined : workOf(key, doing);
  if (!event.repeat) {
    work?.();
  }
  if (work !== undefined || event.defaultPrevented) {
    event.preventDefault();
    event.stopPropagation();
  }
}
