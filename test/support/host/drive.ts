import { writeFile } from "node:fs/promises";
import type { Writable } from "node:stream";
import type { Page } from "playwright-core";
import type { VscodeServer } from "../../../scripts/vscodeServer.ts";
import { launchChromium } from "../chromium.ts";
import { endAnimations } from "../endAnimations.ts";

/** Prefix of the tests' lines (test/host/index.ts). All other lines go to the log. */
const logPrefix = "limn-test│";

/** Prefix of the lines that request typing (test/host/support/quickInput.ts). */
const typePrefix = "limn-type│";

/** The port on which a debugger attaches to the extension host; unset without a debugger. */
export const inspectorPort = process.env.LIMN_INSPECT_HOST;

/** Options for `driveHostTests`. */
export interface HostRun {
  readonly server: VscodeServer;
  /** The folder with the extension's package.json. */
  readonly extension: string;
  /** The bundle that exports `run()`. */
  readonly bundle: string;
  /** A `.code-workspace` file: only a window of such a file lets tests add folders. */
  readonly workspace: string;
  /** Receives the other output of the workbench. */
  readonly log: Writable;
  /** Maximum duration of the run, in milliseconds. */
  readonly limitMs: number;
}

/**
 * Opens the workbench in Chromium, with an extension host that runs the bundle, and prints the
 * output of the tests. Returns the exit code of the tests.
 * @throws Error after `limitMs`, or if Chromium or the page ends.
 */
export async function driveHostTests({ server, extension, bundle, workspace, log, limitMs }: HostRun): Promise<number> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ reducedMotion: "reduce", viewport: { width: 800, height: 600 } });
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    await page.exposeFunction("codeAutomationLog", (type: string, args: unknown[]) => {
      const line = args.map(formatValue).join(" ");
      if (line.startsWith(typePrefix)) typeText(page, line.slice(typePrefix.length)).catch(reject);
      else if (line.startsWith(logPrefix)) process.stdout.write(`${line.slice(logPrefix.length)}\n`);
      else log.write(`${type}: ${line}\n`);
    });
    await page.exposeFunction("codeAutomationExit", (code: number) => resolve(code));
    page.on("crash", () => reject(new Error("The page with the workbench crashed.")));
    browser.on("disconnected", () => reject(new Error("Chromium ended before the tests did.")));
    await endAnimations(page);
    // SecretStorage in a browser asks the server for half of a key. VS Code's server does not
    // answer; code-server does.
    await page.route("**/mint-key", (route) => route.fulfill({ body: Buffer.alloc(32, 7) }));
    const timer = setTimeout(
      () => reject(new Error(`The host tests did not end within ${limitMs / 1000} s.`)),
      limitMs,
    );
    try {
      await page.goto(addressOf(server, extension, bundle, workspace));
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  } finally {
    await browser.close();
  }
}

/**
 * Types a text into VS Code's open input, then creates the file that the test waits for. A page
 * that was updated just before may take the focus, so the input is focused first, and again if the
 * text did not arrive.
 */
async function typeText(page: Page, instruction: string): Promise<void> {
  const [doneFile = "", text = ""] = instruction.split("│");
  const input = page.locator(".quick-input-widget .quick-input-box input");
  for (let isTyped = false; !isTyped; ) {
    await input.evaluate((element) => {
      element.removeAttribute("data-typed");
      element.addEventListener("input", () => element.setAttribute("data-typed", ""), { once: true });
    });
    await input.focus();
    await page.keyboard.insertText(text);
    isTyped = await input.evaluate((element) => element.hasAttribute("data-typed"));
  }
  await writeFile(doneFile, "");
}

function addressOf({ address, authority }: VscodeServer, extension: string, bundle: string, workspace: string): string {
  const remote = (path: string) => `vscode-remote://${authority}${path}`;
  const payload = [
    ["extensionDevelopmentPath", remote(extension)],
    ["extensionTestsPath", remote(bundle)],
    ["skipWelcome", "true"],
    // The extension host waits for a debugger on this port (.vscode/launch.json).
    ...(inspectorPort === undefined ? [] : [["inspect-brk-extensions", inspectorPort]]),
  ];
  return `${address}/?${new URLSearchParams({ workspace, payload: JSON.stringify(payload) })}`;
}

function formatValue(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
