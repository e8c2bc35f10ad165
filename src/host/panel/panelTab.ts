import { commands, l10n, ViewColumn, type WebviewPanel, window } from "vscode";
import { isPanelInTabKey, panelTabType, viewId } from "../ids.ts";
import type { LimnContext } from "../limnContext.ts";
import type { MessageHandler, PageHolder, PagePlace } from "./connectedPage.ts";
import { showPanelPage } from "./showPanelPage.ts";

/** The panel, as far as the tab needs it. */
interface ConnectPanel {
  connect(holder: PageHolder, place: PagePlace): MessageHandler;
}

/** An editor tab as the holder of a page. VS Code reports the tab's focus as well. */
function holderOf(tab: WebviewPanel): PageHolder {
  let wasVisible = tab.visible;
  return {
    webview: tab.webview,
    get visible() {
      return tab.visible;
    },
    onDidChangeVisibility: (listener) =>
      tab.onDidChangeViewState(() => {
        if (tab.visible !== wasVisible) {
          wasVisible = tab.visible;
          listener();
        }
      }),
    onDidDispose: tab.onDidDispose,
  };
}

/**
 * Where the panel is: in the side bar, or in one editor tab. While the tab is open, the side bar
 * offers to show the tab or to move the panel back; it has no second page.
 */
export class PanelTab {
  readonly #context: LimnContext;
  #panel: ConnectPanel | undefined;
  #tab: WebviewPanel | undefined;

  constructor(context: LimnContext) {
    this.#context = context;
  }

  /** Sets the panel; called once at the start. */
  connect(panel: ConnectPanel): void {
    this.#panel = panel;
  }

  /** Opens the tab, or shows it. */
  async open(): Promise<void> {
    if (this.#tab !== undefined) {
      this.#tab.reveal();
      return;
    }
    const options = { retainContextWhenHidden: true };
    await this.#show(window.createWebviewPanel(panelTabType, l10n.t("Limn"), ViewColumn.Active, options));
  }

  /** Shows the panel again in a tab of an earlier session. */
  async restore(tab: WebviewPanel): Promise<void> {
    if (this.#tab === undefined) {
      await this.#show(tab);
    } else {
      tab.dispose();
    }
  }

  /** Shows the panel where it is, with the focus. */
  async focus(): Promise<void> {
    if (this.#tab === undefined) {
      await commands.executeCommand(`${viewId}.focus`);
    } else {
      this.#tab.reveal();
    }
  }

  /** Closes the tab and shows the panel in the side bar. */
  async moveToSideBar(): Promise<void> {
    this.#tab?.dispose();
    await this.#setTab(undefined);
    await this.focus();
  }

  async #show(tab: WebviewPanel): Promise<void> {
    const panel = this.#panel;
    if (panel === undefined) {
      throw new Error("The tab of the panel is not connected.");
    }
    tab.onDidDispose(() => tab === this.#tab && this.#setTab(undefined));
    const connect = (holder: PageHolder) => panel.connect(holder, "tab");
    await Promise.all([
      this.#setTab(tab),
      showPanelPage(holderOf(tab), this.#context, async () => ({ connect }), "tab"),
    ]);
  }

  async #setTab(tab: WebviewPanel | undefined): Promise<void> {
    this.#tab = tab;
    await commands.executeCommand("setContext", isPanelInTabKey, tab !== undefined);
  }
}
