/** A command of a key or a button. */
export type ViewCommand =
  | { readonly kind: "mode"; readonly mode: "slider" | "side" }
  | { readonly kind: "zoom"; readonly direction: 1 | -1 }
  | { readonly kind: "fit" | "real" | "flip" }
  /** Flips the pictures while the key is held. */
  | { readonly kind: "peek" }
  /** Moves the divider or the view by a step, a long one if `far`. */
  | { readonly kind: "move"; readonly x: number; readonly y: number; readonly far: boolean }
  | { readonly kind: "end"; readonly split: 0 | 1 };

const moveCommand =
  (x: number, y: number) =>
  (far: boolean): ViewCommand => ({ kind: "move", x, y, far });
const command = (value: ViewCommand) => (): ViewCommand => value;

const commandByKey: Readonly<Record<string, (shift: boolean) => ViewCommand>> = {
  "1": command({ kind: "mode", mode: "slider" }),
  "2": command({ kind: "mode", mode: "side" }),
  "+": command({ kind: "zoom", direction: 1 }),
  "=": command({ kind: "zoom", direction: 1 }),
  "-": command({ kind: "zoom", direction: -1 }),
  _: command({ kind: "zoom", direction: -1 }),
  "0": command({ kind: "fit" }),
  "9": command({ kind: "real" }),
  f: command({ kind: "flip" }),
  " ": command({ kind: "peek" }),
  ArrowLeft: moveCommand(-1, 0),
  ArrowRight: moveCommand(1, 0),
  ArrowUp: moveCommand(0, -1),
  ArrowDown: moveCommand(0, 1),
  Home: command({ kind: "end", split: 0 }),
  End: command({ kind: "end", split: 1 }),
};

/** Whether the command makes sense for one picture, whose arrow keys show another one. */
const isForOne = (command: ViewCommand): boolean =>
  command.kind === "move" ? command.y !== 0 || command.far : ["zoom", "fit", "real"].includes(command.kind);

/**
 * The command of a key; `undefined` if it has none. Keys with Ctrl, Alt or Meta belong to VS Code,
 * and Space on a button presses it.
 */
export function commandForKey(event: KeyboardEvent, isPair: boolean): ViewCommand | undefined {
  const { key, shiftKey, ctrlKey, altKey, metaKey } = event;
  if (ctrlKey || altKey || metaKey) {
    return undefined;
  }
  const isOnButton = event.composedPath()[0] instanceof HTMLButtonElement;
  const name = key.length === 1 ? key.toLowerCase() : key;
  const command =
    (isOnButton && key === " ") || !Object.hasOwn(commandByKey, name) ? undefined : commandByKey[name]?.(shiftKey);
  return command === undefined || isPair || isForOne(command) ? command : undefined;
}
