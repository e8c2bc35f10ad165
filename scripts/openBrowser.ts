import { spawn } from "node:child_process";

/** The command that opens an address in the default browser, by platform. */
const openers: Readonly<Record<string, readonly string[]>> = {
  darwin: ["open"],
  win32: ["cmd", "/c", "start", ""],
  linux: ["xdg-open"],
};

/** Opens an address in the default browser if there is a screen. Never fails. */
export function openBrowser(address: string): void {
  const hasScreen = process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const [command, ...args] = openers[process.platform] ?? [];
  if (!hasScreen || command === undefined) return;
  const child = spawn(command, [...args, address], { stdio: "ignore", detached: true });
  // The address is printed too.
  child.on("error", () => {});
  child.unref();
}
