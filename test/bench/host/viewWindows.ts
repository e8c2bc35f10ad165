import { setTimeout } from "node:timers/promises";
import type { Page } from "playwright-core";
import { buildVsix } from "../../../scripts/buildVsix.ts";
import { manifest } from "../../../scripts/manifest.ts";
import { copySample } from "../../../scripts/sampleSite.ts";
import { installVsix, startCodeServer } from "../../../scripts/vscodeServer.ts";
import { interactiveSettings, quietSettings } from "../../../scripts/vscodeSettings.ts";
import { launchChromium } from "../../support/chromium.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";
import { packageBenchExtension } from "./benchExtension.ts";
import { type Report, reportName, type WatchedView, watchFrame } from "./watchFrames.ts";

/** The views: Limn's panel, and an empty webview of another extension. */
export type ViewName = "limn" | "empty";

const watchedViews: readonly WatchedView[] = [
  {
    name: "limn",
    visible: [
      ["limn-app", "limn-form", "limn-prompt-field", "vscode-textarea"],
      ["limn-app", "limn-form", "limn-generate-button", "vscode-button"],
    ],
    // The host sends the pictures when the page has asked for them.
    complete: [["limn-app", "limn-sheet", "limn-grid, .empty"]],
  },
  { name: "empty", visible: [["p"]], complete: [["p"]] },
];

/** Keys of the bench, which no other command needs here. */
const viewKeys = { limn: "F6", empty: "F7" } as const satisfies Readonly<Record<ViewName, string>>;
const explorerKey = "F8";

const openMs = 60_000;

/** How long a view took after the key that runs its command, in milliseconds. */
export interface Opening {
  /** Until it was painted. */
  readonly visible: number;
  /** Until the host's first snapshot was painted. */
  readonly complete: number;
}

/** A window of VS Code that has not opened any view yet. */
export interface ViewWindow {
  readonly page: Page;
  /**
   * Opens a hidden view by its command. VS Code keeps Limn's page while it is hidden, so that it is
   * complete as soon as it is visible again.
   */
  show(view: ViewName): Promise<Opening>;
  /** Hides the view that is open. */
  hide(): Promise<void>;
}

/** A VS Code server with Limn and the empty view, and a browser. */
export interface ViewWindows {
  /**
   * Replaces the window by a new one, with a new extension host, and waits until it has started and
   * idles.
   */
  openWindow(): Promise<ViewWindow>;
  close(): Promise<void>;
}

/** Options for `startViewWindows`. */
export interface ViewWindowsOptions {
  /** User settings, in addition to those of all benches. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of the extension host, such as RUNWARE_API_KEY. */
  readonly env?: Readonly<Record<string, string>>;
  /** Names of folders beside this file: further extensions to install. */
  readonly extensions?: readonly string[];
  /** Limn's VSIX; a new one by default. */
  readonly vsix?: string;
  /** Called with the path of Limn's storage folder before the server starts. */
  readonly prepareStorage?: (storage: string) => Promise<unknown>;
}

/** Runs in the workbench: resolves after this many timers of 20 ms in a row that were in time. */
async function idle(timers: number): Promise<void> {
  for (let count = 0; count < timers; ) {
    const startedAt = performance.now();
    await new Promise((resolve) => window.setTimeout(resolve, 20));
    count = performance.now() - startedAt < 40 ? count + 1 : 0;
  }
}
/** After the start of a window, when extensions are activated. */
const startTimers = 100;
/** After an opening, when the page and the host finish their work. */
const openingTimers = 20;

/** Builds Limn and starts VS Code with it, in Chromium. */
export async function startViewWindows(options: ViewWindowsOptions = {}): Promise<ViewWindows> {
  const temporary = await temporaryFolder();
  const cleanUpSteps: (() => Promise<void>)[] = [temporary.remove];
  const close = async () => {
    for (const step of cleanUpSteps.splice(0).reverse()) await step();
  };
  try {
    const { path } = temporary;
    const [folder, extensionsDir] = [`${path}/workspace`, `${path}/extensions`];
    await copySample(folder);
    await installVsix(options.vsix ?? (await buildVsix()), `${path}/install`, extensionsDir);
    for (const name of ["view", ...(options.extensions ?? [])]) {
      await installVsix(await packageBenchExtension(name, path), `${path}/install`, extensionsDir);
    }
    await options.prepareStorage?.(`${path}/server/User/globalStorage/${manifest.publisher}.${manifest.name}`);
    const server = await startCodeServer({
      folder: `${path}/server`,
      extensionsDir,
      env: options.env ?? {},
      settings: { ...quietSettings, ...interactiveSettings, ...options.settings },
      keybindings: [
        { key: viewKeys.limn, command: "limn.panel.focus" },
        { key: viewKeys.empty, command: "limn-bench.empty.focus" },
        { key: explorerKey, command: "workbench.view.explorer" },
      ],
    });
    cleanUpSteps.push(server.stop);
    const browser = await launchChromium();
    cleanUpSteps.push(() => browser.close());
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce" });
    const reports: Report[] = [];
    await context.exposeBinding(reportName, (_, report: Report) => void reports.push(report));
    await context.addInitScript(watchFrame, watchedViews);
    return {
      async openWindow() {
        await Promise.all(context.pages().map((page) => page.close()));
        const page = await context.newPage();
        await page.goto(`${server.address}/?${new URLSearchParams({ folder })}`);
        await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: openMs });
        await page.evaluate(idle, startTimers);
        return createViewWindow(page, reports);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function createViewWindow(page: Page, reports: Report[]): ViewWindow {
  const timeOf = async (isWanted: (report: Report) => boolean): Promise<number> => {
    for (const deadline = Date.now() + openMs; Date.now() < deadline; await setTimeout(5)) {
      const found = reports.find(isWanted);
      if (found !== undefined) return found.at;
    }
    throw new Error(`A view was not shown within ${openMs} ms. Reports: ${JSON.stringify(reports)}`);
  };
  let isLimnLoaded = false;
  return {
    page,
    async show(view) {
      reports.length = 0;
      await page.keyboard.press(viewKeys[view]);
      if (view === "limn" && isLimnLoaded) {
        const shownAt = await timeOf(({ kind }) => kind === "shown");
        const pressedAt = await timeOf(({ kind }) => kind === "key");
        await page.evaluate(idle, openingTimers);
        return { visible: shownAt - pressedAt, complete: shownAt - pressedAt };
      }
      isLimnLoaded ||= view === "limn";
      const isOf = (kind: "visible" | "complete") => (report: Report) => report.kind === kind && report.view === view;
      const visibleAt = await timeOf(isOf("visible"));
      const completeAt = await timeOf(isOf("complete"));
      const pressedAt = await timeOf(({ kind }) => kind === "key");
      await page.evaluate(idle, openingTimers);
      return { visible: visibleAt - pressedAt, complete: completeAt - pressedAt };
    },
    async hide() {
      await page.keyboard.press(explorerKey);
      await page.locator("iframe.webview:visible").waitFor({ state: "hidden", timeout: openMs });
      await page.evaluate(idle, openingTimers);
    },
  };
}
