import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as yieldToEventLoop } from "node:timers/promises";
import { commands, env, type Tab, TabInputWebview, UIKind, window } from "vscode";
import { waitUntil } from "./commands.ts";

/** A command that waits for input. */
export interface PendingCommand {
  /** Settles with the command's result. */
  readonly done: Promise<unknown>;
}

/**
 * Calls `start` and waits until it shows an input. The test opens a quick pick before, which VS
 * Code hides when another input opens. Throws if `start` ends without an input.
 */
export async function waitForInput(what: string, start: () => PromiseLike<unknown>): Promise<PendingCommand> {
  const sentinel = window.createQuickPick();
  sentinel.ignoreFocusOut = true;
  const replaced = new Promise<void>((resolve) => sentinel.onDidHide(() => resolve()));
  sentinel.show();
  const done = Promise.resolve(start());
  const endedEarly = done.then(() => {
    throw new Error(`${what} ended without showing an input.`);
  });
  try {
    await Promise.race([replaced, endedEarly]);
  } finally {
    endedEarly.catch(() => undefined);
    sentinel.dispose();
  }
  return { done };
}

/** Runs a command and waits until it shows an input. */
export const runUntilInput = (command: string, ...parameters: readonly unknown[]): Promise<PendingCommand> =>
  waitForInput(command, () => commands.executeCommand(command, ...parameters));

/**
 * Runs one of VS Code's own commands on the open input. When it resolves, the extension has
 * received the event; after one turn of the event loop it shows its next input, unless it waits
 * for something else.
 */
async function runInputCommand(command: string): Promise<void> {
  await commands.executeCommand(command);
  await yieldToEventLoop();
}

export const enter = () => runInputCommand("workbench.action.acceptSelectedQuickOpenItem");
export const pressEscape = () => runInputCommand("workbench.action.closeQuickOpen");
export const back = () => runInputCommand("workbench.action.quickInputBack");
export const down = () => runInputCommand("workbench.action.quickOpenSelectNext");
export const up = () => runInputCommand("workbench.action.quickOpenSelectPrevious");
export const toggle = () => runInputCommand("workbench.action.quickPickManyToggle");

/** Presses Enter a number of times, once for each step. */
export async function enterTimes(count: number): Promise<void> {
  for (let pressed = 0; pressed < count; pressed++) {
    await enter();
  }
}

/** Presses a key repeatedly until `isOver`; use it only if an extra press is harmless. */
export async function pressUntil(key: () => Promise<void>, isOver: () => boolean): Promise<void> {
  await waitUntil("the key presses have had their effect", async () => {
    if (!isOver()) {
      await key();
    }
    return isOver();
  });
}

async function pressUntilDone(key: () => Promise<void>, { done }: PendingCommand): Promise<unknown> {
  let isOver = false;
  const end = done.finally(() => {
    isOver = true;
  });
  end.catch(() => undefined);
  await pressUntil(key, () => isOver);
  return end;
}

/** Presses Enter until the command is done, and returns the command's result. */
export const enterUntilDone = (command: PendingCommand): Promise<unknown> => pressUntilDone(enter, command);

/** Presses Escape until the command is done, and returns the command's result. */
export const escapeUntilDone = (command: PendingCommand): Promise<unknown> => pressUntilDone(pressEscape, command);

/**
 * Types a text into the focused element: in the browser with the runner's keyboard
 * (test/support/host/drive.ts), on the desktop by pasting.
 */
export async function typeText(text: string): Promise<void> {
  if (env.uiKind === UIKind.Web) {
    const done = join(tmpdir(), `limn-typed-${randomUUID()}`);
    console.info(`limn-type│${done}│${text}`);
    await waitUntil("the text is typed", async () => existsSync(done));
    await rm(done);
    return;
  }
  await env.clipboard.writeText(text);
  await commands.executeCommand("editor.action.clipboardPasteAction");
}

/** The tabs of the light table. */
export const lightTableTabs = (): readonly Tab[] =>
  window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof TabInputWebview && input.viewType.endsWith("limn.lightTable"));

/** Whether the user is choosing pictures; then the light table shows one of them. */
export const isChoosing = (): boolean => lightTableTabs().length > 0;
