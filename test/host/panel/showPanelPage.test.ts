import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { commands, EventEmitter, extensions, Uri, ViewColumn, type WebviewView, window } from "vscode";
import { ConnectedPage } from "../../../src/host/panel/connectedPage.ts";
import { showPanelPage } from "../../../src/host/panel/showPanelPage.ts";
import { waitUntilReceived } from "../../../src/host/ui/waitUntilReceived.ts";
import { waitUntil } from "../support/commands.ts";
import { storageFolder } from "../support/files.ts";
import { panel } from "../support/panel.ts";

const extension = extensions.getExtension("limn.limn");
assert.ok(extension);
const { extensionUri } = extension;
const context = { extensionUri, globalStorageUri: Uri.file(storageFolder) };

/** The type of a message. */
const typeOf = (message: unknown): unknown =>
  typeof message === "object" && message !== null && "type" in message ? message.type : message;

/** A view whose page is real, in a tab, and the types of the messages of the page. */
function openView() {
  const tab = window.createWebviewPanel("limn-test.page", "Page", ViewColumn.Active);
  const posted: unknown[] = [];
  tab.webview.onDidReceiveMessage((message: unknown) => posted.push(typeOf(message)));
  const view: WebviewView = {
    viewType: "limn.panel",
    webview: tab.webview,
    visible: true,
    onDidChangeVisibility: new EventEmitter<void>().event,
    onDidDispose: tab.onDidDispose,
    show: () => undefined,
  };
  return { tab, view, posted };
}

/** A panel that is loaded when the test calls `finishLoading`. `events` has what happened to it. */
function panelToLoad() {
  const events: unknown[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const load = async () => {
    events.push("load");
    await promise;
    return {
      connect: () => {
        events.push("connect");
        return async (message: unknown) => void events.push(typeOf(message));
      },
    };
  };
  return { events, load, finishLoading: resolve };
}

/** A script in dist/ and all that it imports before it runs, so nothing that `import()` loads. */
async function staticImports(script: string, found = new Set<string>()): Promise<ReadonlySet<string>> {
  found.add(script);
  const text = await readFile(Uri.joinPath(extensionUri, "dist", script).fsPath, "utf8");
  const imported = Array.from(
    text.matchAll(/^(?:import|\} from|import .* from) ?"\.\/([^"]+)";/gm),
    ([, name]) => name,
  );
  for (const name of imported) {
    if (name !== undefined && !found.has(name)) await staticImports(name, found);
  }
  return found;
}

describe("the page of the panel", () => {
  it("runs while Limn is loaded, and its messages wait for the panel", async () => {
    const { tab, view, posted } = openView();
    const { events, load, finishLoading } = panelToLoad();
    const shown = showPanelPage(view, context, load);
    assert.notEqual(tab.webview.html, "");
    assert.equal(events.length, 0, "Limn is loaded before the page is sent.");
    await waitUntil("the page has sent its first message", async () => posted.includes("ready"));
    assert.deepEqual(events, ["load"]);
    finishLoading();
    await shown;
    await waitUntil("the panel has the message", async () => events.includes("ready"));
    assert.deepEqual(events, ["load", "connect", ...posted]);
    tab.dispose();
  });

  it("has reached the window before Limn is loaded, which blocks what was not sent", async () => {
    const { tab, view } = openView();
    const { events, load, finishLoading } = panelToLoad();
    // The window answers in order.
    const sentBefore = commands.executeCommand("setContext", "limn-test.page", true);
    void sentBefore.then(() => events.push("window"));
    const shown = showPanelPage(view, context, load);
    finishLoading();
    await shown;
    assert.deepEqual(events.slice(0, 2), ["window", "load"]);
    tab.dispose();
  });

  it("loads its script with all that the form needs at once, and waits for nothing else", async () => {
    const { tab, view } = openView();
    const { load } = panelToLoad();
    void showPanelPage(view, context, load);
    const loaded = Array.from(tab.webview.html.matchAll(/<script .*?src=".*?([^/]+)"/g), ([, name]) => name);
    assert.deepEqual(loaded.toSorted(), [...(await staticImports("panel.js"))].toSorted());
    tab.dispose();
  });

  it("is not connected if it is closed while Limn is loaded", async () => {
    const { tab, view } = openView();
    const { events, load, finishLoading } = panelToLoad();
    const shown = showPanelPage(view, context, load);
    await waitUntil("Limn is being loaded", async () => events.includes("load"));
    tab.dispose();
    finishLoading();
    await shown;
    assert.deepEqual(events, ["load"]);
  });
});

describe("a page of the panel that is connected", () => {
  /** A page that is not connected yet; its form is sent when `account` has resolved. */
  async function preparePage(account: Promise<void>) {
    const { tab, view } = openView();
    const feed = (await panel()).createFeed();
    const answers: Promise<void>[] = [];
    const page = new ConnectedPage(feed, {
      onShown: () => undefined,
      handleMessage: async () => {
        answers.push(page.sendForm(account));
        await Promise.allSettled(answers);
      },
    });
    return { page, answers, connect: () => page.connect(view, "sideBar"), close: () => tab.dispose() };
  }

  /** The same, connected. */
  async function connectPage(account: Promise<void>) {
    const { connect, ...prepared } = await preparePage(account);
    const handle = connect();
    return { ...prepared, ask: () => handle({ type: "ready" }) };
  }

  it("is sent the form once, although it asks for it meanwhile, and again if it asks later", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { answers, ask, close } = await connectPage(promise);
    await ask();
    assert.equal(answers.length, 1);
    resolve();
    await Promise.all(answers);
    await ask();
    assert.equal(answers.length, 2);
    close();
  });

  it("is sent the form again if it asks twice meanwhile", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { answers, ask, close } = await connectPage(promise);
    await ask();
    const asked = ask();
    await waitUntil("the form is sent again", async () => answers.length === 2);
    resolve();
    await asked;
    close();
  });

  it("gets the form before the work that nothing waits for, also if it is connected while that would start", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { page, answers, close, connect } = await preparePage(promise);
    let isSent = false;
    const formSent = page.whenFormSent().then(() => {
      isSent = true;
    });
    connect();
    await waitUntilReceived();
    await nextTurn();
    assert.equal(isSent, false);
    resolve();
    await formSent;
    await Promise.all(answers);
    close();
  });

  it("is sent the form when it asks again, if sending it has failed", async () => {
    const { page, answers, ask, close } = await connectPage(Promise.reject(new Error("No account.")));
    await page.whenFormSent();
    await ask();
    assert.equal(answers.length, 2);
    close();
  });
});
