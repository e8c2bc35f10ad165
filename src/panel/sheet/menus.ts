import type { Intent } from "../../protocol.ts";
import { type ActionId, actions, copies, isOffered, isPossible } from "./actions.ts";
import type { Found } from "./found.ts";
import type { MenuItem } from "./menu.ts";

/** A menu of what can be copied of a picture; `run` hears which and how it is called. */
export const copyMenu = (found: Found, run: (intent: Intent, name: string) => void): readonly MenuItem[] =>
  copies(found).map(({ name, intent }) => ({ name, run: () => run(intent, name) }));

/** A menu of all that can be done with a picture as things are, copying at its end. */
export function pictureMenu(
  found: Found,
  marked: Found | undefined,
  run: (id: ActionId) => void,
  copy: (intent: Intent, name: string) => void,
): readonly MenuItem[] {
  const items = actions
    .filter((action) => action.id !== "copy" && isOffered(action, found) && isPossible(action, found, marked))
    .map(({ id, name, key }) => ({
      name: name(found),
      ...(key === undefined ? {} : { key }),
      separator: id === "open" || id === "insertLink" || id === "star",
      run: () => run(id),
    }));
  const [first, ...others] = copyMenu(found, copy);
  return [...items, ...(first === undefined ? [] : [{ ...first, separator: true }, ...others])];
}
