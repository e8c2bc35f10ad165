import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { commands, env, UIKind, window } from "vscode";
import { waitUntil } from "./commands.ts";

/** A command that is asking something. */
export interface PendingCommand {
  /** What the command gives in the end. */
  readonly done: Promise<unknown>;
}

/**
 * Starts something and waits until it asks a person. What shows that it does is a quick pick of the
 * test's own, which VS Code closes when another input takes its place.
 */
export async function waitForInput(what: string, start: () => PromiseLike<unknown>): Promise<PendingCommand> {
  const sentinel = window.createQuickPick();
  sentinel.ignoreFocusOut = true;
  const replaced = new Promise<void>((resolve) => sentinel.onDidHide(() => resolve()));
  sentinel.show();
  const done = Promise.resolve(start());
  const endedEarly = done.then(() => {
    throw new Error(`${what} ended without asking anything.`);
  });
  try {
    await Promise.race([replaced, endedEarly]);
  } finally {
    endedEarly.catch(() => undefined);
    sentinel.dispose();
  }
  return { done };
}

/** Runs a command as a person does and waits until it asks something. */
export const runUntilInput = (command: string, ...parameters: readonly unknown[]): Promise<PendingCommand> =>
  waitForInput(command, () => commands.executeCommand(command, ...parameters));

/**
 * Runs one of VS Code's own commands on the open input. When it has ended, the extension has heard
 * of it; a turn of the event loop later it has shown its next input, unless it waits for something
 * else in between.
 */
async function runInputCommand(command: string): Promise<void> {
  await commands.executeCommand(command);
  await turn();
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

/**
 * Presses a key again and again until something is over; only where a press too many does no harm.
 */
export async function pressUntil(key: () => Promise<void>, isOver: () => boolean): Promise<void> {
  await waitUntil("the key has done its work", async () => {
    if (!isOver()) {
      await key();
    }
    return isOver();
  });
}

/** Presses Enter until the command is over, and gives what it gave. */
export async function enterUntilDone({ done }: PendingCommand): Promise<unknown> {
  let isOver = false;
  const end = done.finally(() => {
    isOver = true;
  });
  end.catch(() => undefined);
  await pressUntil(enter, () => isOver);
  return end;
}

/**
 * Types a text where the focus is. In the browser the runner's keyboard does it
 * (test/support/host/drive.ts), elsewhere a paste.
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

/** Whether pictures are shown for choosing: the first of them is open in an editor then. */
export const isChoosing = (): boolean =>
  window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label.startsWith("Picture ")));
