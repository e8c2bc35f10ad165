/** What a key can ask for. */
export type Wish =
  | { readonly do: "mode"; readonly mode: "slider" | "side" }
  | { readonly do: "zoom"; readonly direction: 1 | -1 }
  | { readonly do: "fit" | "real" | "flip" }
  /** Shows the other way round while the key is held. */
  | { readonly do: "peek" }
  /** Moves the slider to a share of the pictures' width, or the view by steps; which of the two, the page decides. */
  | { readonly do: "move"; readonly x: number; readonly y: number; readonly far: boolean }
  | { readonly do: "end"; readonly split: 0 | 1 };

const move =
  (x: number, y: number) =>
  (far: boolean): Wish => ({ do: "move", x, y, far });
const plain = (wish: Wish) => (): Wish => wish;

const wishes: Readonly<Record<string, (shift: boolean) => Wish>> = {
  "1": plain({ do: "mode", mode: "slider" }),
  "2": plain({ do: "mode", mode: "side" }),
  "+": plain({ do: "zoom", direction: 1 }),
  "=": plain({ do: "zoom", direction: 1 }),
  "-": plain({ do: "zoom", direction: -1 }),
  _: plain({ do: "zoom", direction: -1 }),
  "0": plain({ do: "fit" }),
  "9": plain({ do: "real" }),
  f: plain({ do: "flip" }),
  " ": plain({ do: "peek" }),
  ArrowLeft: move(-1, 0),
  ArrowRight: move(1, 0),
  ArrowUp: move(0, -1),
  ArrowDown: move(0, 1),
  Home: plain({ do: "end", split: 0 }),
  End: plain({ do: "end", split: 1 }),
};

/** What the key asks for, if anything. Keys with Ctrl, Alt or Meta belong to VS Code; Space and Enter on a button press it. */
export function wishOf(event: KeyboardEvent): Wish | undefined {
  const { key, shiftKey, ctrlKey, altKey, metaKey } = event;
  if (ctrlKey || altKey || metaKey) {
    return undefined;
  }
  const isOnButton = event.composedPath()[0] instanceof HTMLButtonElement;
  const name = key.length === 1 ? key.toLowerCase() : key;
  return isOnButton && key === " " ? undefined : Object.hasOwn(wishes, name) ? wishes[name]?.(shiftKey) : undefined;
}
