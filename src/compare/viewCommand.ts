/** What a key can ask for. */
export type ViewCommand =
  | { readonly type: "mode"; readonly mode: "slider" | "side" }
  | { readonly type: "zoom"; readonly direction: 1 | -1 }
  | { readonly type: "fit" | "real" | "flip" }
  /** Shows the other way round while the key is held. */
  | { readonly type: "peek" }
  /** Moves the slider to a share of the pictures' width, or the view by steps; which of the two, the page decides. */
  | { readonly type: "move"; readonly x: number; readonly y: number; readonly far: boolean }
  | { readonly type: "end"; readonly split: 0 | 1 };

const moveCommand =
  (x: number, y: number) =>
  (far: boolean): ViewCommand => ({ type: "move", x, y, far });
const command = (value: ViewCommand) => (): ViewCommand => value;

const commandByKey: Readonly<Record<string, (shift: boolean) => ViewCommand>> = {
  "1": command({ type: "mode", mode: "slider" }),
  "2": command({ type: "mode", mode: "side" }),
  "+": command({ type: "zoom", direction: 1 }),
  "=": command({ type: "zoom", direction: 1 }),
  "-": command({ type: "zoom", direction: -1 }),
  _: command({ type: "zoom", direction: -1 }),
  "0": command({ type: "fit" }),
  "9": command({ type: "real" }),
  f: command({ type: "flip" }),
  " ": command({ type: "peek" }),
  ArrowLeft: moveCommand(-1, 0),
  ArrowRight: moveCommand(1, 0),
  ArrowUp: moveCommand(0, -1),
  ArrowDown: moveCommand(0, 1),
  Home: command({ type: "end", split: 0 }),
  End: command({ type: "end", split: 1 }),
};

/** What the key asks for, if anything. Keys with Ctrl, Alt or Meta belong to VS Code; Space and Enter on a button press it. */
export function commandForKey(event: KeyboardEvent): ViewCommand | undefined {
  const { key, shiftKey, ctrlKey, altKey, metaKey } = event;
  if (ctrlKey || altKey || metaKey) {
    return undefined;
  }
  const isOnButton = event.composedPath()[0] instanceof HTMLButtonElement;
  const name = key.length === 1 ? key.toLowerCase() : key;
  return isOnButton && key === " "
    ? undefined
    : Object.hasOwn(commandByKey, name)
      ? commandByKey[name]?.(shiftKey)
      : undefined;
}
