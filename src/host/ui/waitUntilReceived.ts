import { commands } from "vscode";

/**
 * Resolves when the window has got what this process has sent so far: it answers in order, and
 * nothing else uses the key. To wait for a timer is not enough, since VS Code compresses what it
 * sends in another thread.
 */
export const waitUntilReceived = (): Thenable<unknown> => commands.executeCommand("setContext", "limn.received", true);
