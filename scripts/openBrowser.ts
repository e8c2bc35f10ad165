import { spawn } from "node:child_process";

/** The command that opens an address in the person's own browser, by platform. */
const openers: Readonly<Record<string, readonly string[]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
  linux: ["xdg-open"],
};

/**
 * Opens an address in the person's browser where there is a screen for it. Never fails: the address
 * is printed anyway.
 */
export function openBrowser(address: string): void {
  const hasScreen = process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const [command, ...args] = openers[process.platform] ?? [];
  if (!hasScreen || command === undefined) return;
  const child = spawn(command, [...args, address], { stdio: "ignore", detached: true });
  // No opener, no harm.
  child.on("error", () => {});
  child.unref();
}
