import { cp, mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { FrameLocator, Page } from "playwright-core";
import { cache, takesScreenshots } from "../../../scripts/paths.ts";
import { copySample } from "../../../scripts/sampleSite.ts";
import { startCodeServer } from "../../../scripts/vscodeServer.ts";
import { interactiveSettings, quietSettings } from "../../../scripts/vscodeSettings.ts";
import { launchChromium } from "../chromium.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { Explorer } from "./explorer.ts";
import { Notifications } from "./notifications.ts";
import { QuickInput } from "./quickInput.ts";

const startMs = 60_000;

/** What a workbench is opened with. */
export interface WorkbenchOptions {
  /** User settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The user's keybindings, as VS Code's own file has them. */
  readonly keybindings?: readonly object[];
  /** The folder to copy as the workspace; the sample site by default. */
  readonly folder?: string;
  /**
   * Variables for the extension host, such as RUNWARE_API_KEY; none of this process's keys get
   * there by themselves.
   */
  readonly env?: Readonly<Record<string, string>>;
  /** Keeps workspace trust on, so that VS Code asks. */
  readonly trust?: boolean;
}

/** A real VS Code in Chromium with the packaged extension installed, and the hands to use it. */
export interface Workbench {
  readonly page: Page;
  /** The workspace's folder on disk: a copy that is removed at the end. */
  readonly folder: string;
  /** The folder of all the server writes: settings, logs, storage of extensions. */
  readonly server: string;
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly explorer: Explorer;
  /** Runs a command from the palette by its full title, such as `Limn: Generate Image…`. */
  command(title: string): Promise<void>;
  /** Opens a file of the workspace in an editor, by its path there. */
  openFile(path: string): Promise<void>;
  /** The document inside the webview in view. */
  webview(): FrameLocator;
  /** Leaves `.cache/screenshots/<name>.png`, where pictures are asked for. */
  screenshot(name: string): Promise<void>;
  /** Ends browser and server, and removes all they wrote. */
  close(): Promise<void>;
}

const openPages = new Set<Page>();

/** Pictures of all workbenches that are open, in `.cache/screenshots`; gives their paths. */
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
 * Starts VS Code plainly, as a person has it, and opens it. `extensions` is a folder with the VSIX
 * installed; it is copied.
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
      settings: { ...quietSettings, ...interactiveSettings, ...options.settings },
      keybindings: options.keybindings ?? [],
      env: options.env ?? {},
      trust: options.trust ?? false,
    });
    cleanUpSteps.push(server.stop);
    const browser = await launchChromium();
    cleanUpSteps.push(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
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
      // An extension's commands come a moment after the workbench, and an open palette does not
      // take them up; one that has just been opened goes when a window that comes up draws the
      // focus to itself. Either way it is opened anew.
      const deadline = Date.now() + startMs;
      for (;;) {
        await page.keyboard.press("F1");
        await quickInput.waitUntilOpen();
        if (
          (await quickInput.tryType(`>${title}`)) &&
          (await quickInput.hasItem(title)) &&
          (await quickInput.tryPick(title))
        ) {
          break;
        }
        await quickInput.escape();
        if (Date.now() > deadline) throw new Error(`There is no command “${title}”.`);
      }
    },
    async openFile(path) {
      await (await explorer.row(path)).dblclick();
      // Slanted is the preview that the first click opens; upright is what the second click leaves.
      const upright = page.locator(".tabs-container .tab.active").filter({ hasNot: page.locator(".italic") });
      const tab = upright.filter({ hasText: basename(path) });
      await tab.waitFor({ timeout: startMs });
      // On a slow machine the explorer may take the focus back after the editor had it, and would
      // get the keys.
      if (await explorer.hasFocus()) await tab.click();
      await explorer.waitUntilUnfocused();
    },
    webview() {
      return page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
    },
    async screenshot(name) {
      if (takesScreenshots) await screenshot(page, name);
    },
  };
}
