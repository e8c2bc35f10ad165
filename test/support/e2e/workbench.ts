import { cp, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { FrameLocator, Page } from "playwright-core";
import { cache, takesScreenshots } from "../../../scripts/paths.ts";
import { copySample } from "../../../scripts/sampleSite.ts";
import { startCodeServer } from "../../../scripts/vscodeServer.ts";
import { interactiveSettings, quietSettings } from "../../../scripts/vscodeSettings.ts";
import { launchChromium } from "../chromium.ts";
import { endAnimations } from "../endAnimations.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { Explorer } from "./explorer.ts";
import { Notifications } from "./notifications.ts";
import { QuickInput } from "./quickInput.ts";

const startMs = 60_000;

/** The sandbox takes no longer than the tests need; a prompt can ask for more time. */
const sandboxSettings = { "limn.sandbox.delay": 200 };

/** Options for `openWorkbench`. */
export interface WorkbenchOptions {
  /** User settings, in addition to those that all tests share. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The user's keybindings, in the format of `keybindings.json`. */
  readonly keybindings?: readonly object[];
  /** The folder to copy as the workspace; the sample site by default. */
  readonly folder?: string;
  /**
   * Environment of the extension host, such as RUNWARE_API_KEY; keys of this process are not
   * passed.
   */
  readonly env?: Readonly<Record<string, string>>;
  /** Enables workspace trust, so that the folder is not trusted. */
  readonly trust?: boolean;
  /** Pixels of a screenshot per CSS pixel; 1 by default. */
  readonly deviceScaleFactor?: number;
}

/** A real VS Code in Chromium with the packaged extension installed. */
export interface Workbench {
  readonly page: Page;
  /** Path of the workspace folder, a copy that `close` deletes. */
  readonly folder: string;
  /** Path of the server's data: settings, logs, storage of extensions. */
  readonly server: string;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly explorer: Explorer;
  /** Runs a command from the Command Palette by its title, such as `Limn: Generate Image…`. */
  command(title: string): Promise<void>;
  /** Opens a file in an editor, by its path in the workspace. */
  openFile(path: string): Promise<void>;
  /** Locates the document of the visible webview. */
  webview(): FrameLocator;
  /** Writes `.cache/screenshots/<name>.png` if screenshots are enabled. */
  screenshot(name: string): Promise<void>;
  /** Closes browser and server, and deletes their files. */
  close(): Promise<void>;
}

const imageName = /\.(?:jpe?g|png|webp)$/;

const openPages = new Set<Page>();

/** Takes screenshots of all open workbenches in `.cache/screenshots` and returns their paths. */
export async function screenshotAll(name: string): Promise<string[]> {
  const fileName = name.replaceAll(/[^a-z0-9]+/gi, "-").slice(0, 80);
  return Promise.all([...openPages].map((page, index) => screenshot(page, `${fileName}-${index + 1}`)));
}

async function screenshot(page: Page, name: string): Promise<string> {
  await mkdir(join(cache, "screenshots"), { recursive: true });
  const path = join(cache, "screenshots", `${name}.png`);
  await page.screenshot({ path });
  return path;
}

/**
 * Starts VS Code and opens it in Chromium. `extensions` is a folder with the installed VSIX; VS
 * Code uses a copy.
 */
export async function openWorkbench(extensions: string, options: WorkbenchOptions = {}): Promise<Workbench> {
  const temporary = await temporaryFolder();
  const folder = join(temporary.path, "ostrel-hut");
  const cleanUpSteps: (() => Promise<void>)[] = [temporary.remove];
  const close = async () => {
    for (const step of cleanUpSteps.splice(0).reverse()) await step();
  };
  try {
    if (options.folder === undefined) await copySample(folder);
    else await cp(options.folder, folder, { recursive: true });
    await cp(extensions, join(temporary.path, "extensions"), { recursive: true });
    const server = await startCodeServer({
      folder: join(temporary.path, "server"),
      extensionsDir: join(temporary.path, "extensions"),
      settings: { ...quietSettings, ...interactiveSettings, ...sandboxSettings, ...options.settings },
      keybindings: options.keybindings ?? [],
      env: options.env ?? {},
      trust: options.trust ?? false,
    });
    cleanUpSteps.push(server.stop);
    const browser = await launchChromium();
    cleanUpSteps.push(() => browser.close());
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      deviceScaleFactor: options.deviceScaleFactor ?? 1,
      // Its scripts stay on this computer, and code-server would compress them for each window.
      extraHTTPHeaders: { "accept-encoding": "identity" },
      reducedMotion: "reduce",
    });
    await endAnimations(page);
    openPages.add(page);
    cleanUpSteps.push(async () => void openPages.delete(page));
    await page.goto(`${server.address}/?${new URLSearchParams({ folder })}`);
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: startMs });
    return createWorkbench(page, folder, join(temporary.path, "server"), close);
  } catch (error) {
    await close();
    throw error;
  }
}

function createWorkbench(page: Page, folder: string, server: string, close: () => Promise<void>): Workbench {
  const quickInput = new QuickInput(page);
  const explorer = new Explorer(page);
  return {
    page,
    folder,
    server,
    quickInput,
    notifications: new Notifications(page),
    explorer,
    close,
    async command(title) {
      // VS Code registers the extension's commands shortly after the workbench opens, and an open
      // palette does not update. A palette also closes if another window takes the focus, and a
      // page that is loading loses the key. Tries again in all cases.
      const deadline = Date.now() + startMs;
      for (;;) {
        await page.keyboard.press("F1");
        if (
          (await quickInput.opens()) &&
          (await quickInput.tryType(`>${title}`)) &&
          (await quickInput.hasItem(title)) &&
          (await quickInput.tryPick(title))
        ) {
          break;
        }
        await quickInput.escape();
        if (Date.now() > deadline) throw new Error(`The Command Palette has no command “${title}”.`);
      }
    },
    async openFile(path) {
      await (await explorer.row(path)).dblclick();
      // The tooltip of the row would cover the rows below it.
      await page.mouse.move(640, 12);
      const permanentTabs = page.locator(".tabs-container .tab.active").filter({ hasNot: page.locator(".italic") });
      const tab = permanentTabs.filter({ hasText: basename(path) });
      await tab.waitFor({ timeout: startMs });
      // On a slow machine the Explorer may take the focus back from the editor.
      if (await explorer.hasFocus()) await tab.click();
      await explorer.waitUntilUnfocused();
      // Keys that are pressed before the text has the focus are lost.
      if (!imageName.test(path)) {
        await page.locator(".editor-instance .monaco-editor.focused").waitFor({ timeout: startMs });
      }
    },
    webview() {
      return page.frameLocator("iframe.webview.ready:visible").frameLocator("iframe#active-frame");
    },
    async screenshot(name) {
      if (takesScreenshots) await screenshot(page, name);
    },
  };
}
