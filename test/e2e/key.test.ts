import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { certificateAuthorityIn, createCertificateAuthority } from "../support/certificateAuthority.ts";
import { generate } from "../support/e2e/generateFlow.ts";
import { locatePanel, showPanel } from "../support/e2e/panel.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { type FaultProxy, type ProxyAction, startFaultProxy } from "../support/faultProxy.ts";
import { readFilesBelow } from "../support/readFilesBelow.ts";
import { type SandboxProcess, startSandboxProcess } from "../support/sandboxProcess.ts";
import { findSecret } from "../support/secretEncodings.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder.ts";
import { startTinyproxy, type Tinyproxy } from "../support/tinyproxy.ts";
import { startTlsTerminatingProxy, type TlsTerminatingProxy } from "../support/tlsTerminatingProxy.ts";

/** Origins of the API and of another service; only the proxy can resolve them. */
const apiOrigin = "https://api.limn.test";
const otherOrigin = "https://other.limn.test";

let temporary: TemporaryFolder;
let sandbox: SandboxProcess;
let faultProxy: FaultProxy;
let site: TlsTerminatingProxy;
let proxy: Tinyproxy;
let workbench: Workbench;

/** Messages between webviews and the extension host, in both directions. */
const messages: string[] = [];

const settingsFor = (origin: string) => ({
  "limn.apiUrl": `${origin}/v1`,
  // An opened picture would be a second webview.
  "limn.openAfterSaving": false,
  "http.proxy": proxy.url.replace("//", "//someone:a-proxy-password@"),
});

beforeAll(async () => {
  temporary = await temporaryFolder();
  const authority = await createCertificateAuthority(join(temporary.path, "authority"));
  sandbox = await startSandboxProcess({ log: join(temporary.path, "sandbox.log"), delay: 0 });
  faultProxy = await startFaultProxy(sandbox.url);
  site = await startTlsTerminatingProxy(authority, faultProxy.url);
  proxy = await startTinyproxy(temporary.path, site.port, { name: "someone", password: "a-proxy-password" });
  workbench = await openWorkbench(inject("extensions"), {
    settings: settingsFor(apiOrigin),
    // Certificates that OpenSSL, and so Node, trusts.
    env: { SSL_CERT_FILE: certificateAuthorityIn(join(temporary.path, "authority")).rootCertificate },
  });
  await recordMessages();
});

afterAll(async () => {
  await workbench?.close();
  await proxy?.stop();
  await site?.close();
  await faultProxy?.close();
  await sandbox?.stop();
  await temporary?.remove();
});

/**
 * Records the messages between webviews and the extension host. All of them use message ports, in
 * this frame and in later ones.
 */
async function recordMessages(): Promise<void> {
  const { page } = workbench;
  await page.exposeFunction("recordMessage", (text: string) => messages.push(text));
  const interceptPostMessage = () => {
    MessagePort.prototype.postMessage = new Proxy(MessagePort.prototype.postMessage, {
      apply(post, port, parameters) {
        Reflect.get(globalThis, "recordMessage")(JSON.stringify(parameters[0]));
        return Reflect.apply(post, port, parameters);
      },
    });
  };
  await page.addInitScript(interceptPostMessage);
  await page.evaluate(interceptPostMessage);
}

/** Makes the service link its pictures at Runware's image host, which the proxy reaches as well. */
const withRunwareImageHost = (): ProxyAction => ({
  change: (body) => body.replaceAll(new URL(faultProxy.url).origin, "https://im.runware.ai"),
});

/** Makes the service repeat the key in an error message. */
const echoKey = (): ProxyAction => ({
  answer: {
    status: 401,
    body: JSON.stringify({ errors: [{ code: "invalidApiKey", message: `Authorization: Bearer ${sandbox.key}` }] }),
  },
});

it("names the address of the service when it asks for the key, and explains a refused key", async () => {
  const { quickInput, notifications, page } = workbench;
  faultProxy.setRule(withRunwareImageHost);
  await workbench.command("Limn: Set API Key…");
  await quickInput.waitUntilOpen({ title: "Set API Key" });
  expect(await quickInput.text()).toContain(`Paste the API key for ${apiOrigin}`);
  await quickInput.type("a-wrong-key");
  await quickInput.accept();
  await page.getByText("Runware did not accept the API key").waitFor();
  await quickInput.type(sandbox.key);
  await quickInput.accept();
  await notifications.waitFor("The API key works and is stored.");
});

it("generates through the company's proxy, and sends the key to the API only", async () => {
  const { notifications } = workbench;
  await showPanel(workbench);
  await generate(workbench, "A fox behind a proxy");
  await notifications.waitFor("Saved images/a-fox-behind-a-proxy.jpg");
  expect([...new Set(proxy.connectTargets())].sort()).toEqual(["api.limn.test:443", "im.runware.ai:443"]);
  const others = faultProxy.requests.filter(({ headers }) => headers.host !== "api.limn.test");
  expect(others.length).toBeGreaterThan(0);
  expect(JSON.stringify(others)).not.toContain(sandbox.key);
});

it("does not show the key if the service repeats it", async () => {
  const { notifications } = workbench;
  faultProxy.setRule(echoKey);
  await generate(workbench, "A parrot");
  const message = await notifications.waitFor("Runware did not accept the API key: Authorization: Bearer ‹key›");
  expect(await message.innerText()).not.toContain(sandbox.key);
});

it("sends the key to another address only with consent, which it remembers", async () => {
  const { notifications, page, server } = workbench;
  faultProxy.setRule(withRunwareImageHost);
  const settings = join(server, "User/settings.json");
  const before: object = JSON.parse(await readFile(settings, "utf8"));
  await writeFile(settings, JSON.stringify({ ...before, ...settingsFor(otherOrigin) }));
  await page.reload();
  // VS Code restores the open panel last, and closes a command palette that was opened before.
  await locatePanel(workbench).prompt.waitFor({ timeout: 60_000 });
  const question = `Send your API key to ${otherOrigin}?`;
  await workbench.command("Limn: Check Key and Balance");
  const dialog = await notifications.dialog(question);
  expect(await dialog.innerText()).toContain(`The key was given for ${apiOrigin}.`);
  await workbench.screenshot("key-other-address");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  expect(proxy.connectTargets()).not.toContain("other.limn.test:443");
  await workbench.command("Limn: Check Key and Balance");
  await notifications.pressInDialog(question, "Use the Key There");
  await notifications.waitFor("The stored API key works.");
  expect(proxy.connectTargets()).toContain("other.limn.test:443");
  await generate(workbench, "A second fox");
  await notifications.waitFor("Saved images/a-second-fox.jpg");
});

it("does not leave the key in files, pages or messages, in any encoding", async () => {
  const { page, server, folder } = workbench;
  const pages = await Promise.all(
    page.frames().map(async (frame) => ({ path: frame.url(), bytes: Buffer.from(await frame.content()) })),
  );
  expect(messages.some((text) => text.includes("‹key›"))).toBe(true);
  const sources = [
    ...pages,
    { path: "messages", bytes: Buffer.from(messages.join()) },
    ...(await readFilesBelow(server)),
    ...(await readFilesBelow(folder)),
    ...(await readFilesBelow(inject("extensions"))),
  ];
  expect(findSecret(sandbox.key, sources)).toEqual([]);
});
