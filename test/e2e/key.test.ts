import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { certificateAuthorityIn, createCertificateAuthority } from "../support/certificateAuthority.ts";
import { openWorkbench, type Workbench } from "../support/e2e/workbench.ts";
import { type FaultProxy, type ProxyAction, startFaultProxy } from "../support/faultProxy.ts";
import { type SandboxProcess, startSandboxProcess } from "../support/sandboxProcess.ts";
import { findSecret } from "../support/secretEncodings.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder.ts";
import { startTinyproxy, type Tinyproxy } from "../support/tinyproxy.ts";
import { startTlsTerminatingProxy, type TlsTerminatingProxy } from "../support/tlsTerminatingProxy.ts";

/** The API's address, and another one; the proxy alone knows the way to either. */
const apiOrigin = "https://api.limn.test";
const otherOrigin = "https://other.limn.test";

let temporary: TemporaryFolder;
let sandbox: SandboxProcess;
let faultProxy: FaultProxy;
let site: TlsTerminatingProxy;
let proxy: Tinyproxy;
let workbench: Workbench;

/** What went between the panel's page and the host. */
const messages: string[] = [];

const settingsFor = (origin: string) => ({
  "limn.apiUrl": `${origin}/v1`,
  // The panel is the only webview, then.
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
    // What this computer trusts, as OpenSSL and so Node reads it.
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
 * Notes what is posted to the pages of webviews and by them: all of it goes through message ports,
 * in this frame and in those to come.
 */
async function recordMessages(): Promise<void> {
  const { page } = workbench;
  await page.exposeFunction("limnTestHears", (text: string) => messages.push(text));
  const interceptPostMessage = () => {
    MessagePort.prototype.postMessage = new Proxy(MessagePort.prototype.postMessage, {
      apply(post, port, parameters) {
        Reflect.get(globalThis, "limnTestHears")(JSON.stringify(parameters[0]));
        return Reflect.apply(post, port, parameters);
      },
    });
  };
  await page.addInitScript(interceptPostMessage);
  await page.evaluate(interceptPostMessage);
}

/**
 * Has the service say that its pictures lie at Runware's own host, which the proxy leads to as
 * well.
 */
const withRunwareImageHost = (): ProxyAction => ({
  change: (body) => body.replaceAll(new URL(faultProxy.url).origin, "https://im.runware.ai"),
});

/** A service that repeats the request it does not like. */
const echoKey = (): ProxyAction => ({
  answer: {
    status: 401,
    body: JSON.stringify({ errors: [{ code: "invalidApiKey", message: `Authorization: Bearer ${sandbox.key}` }] }),
  },
});

/** Goes through the steps of Generate Image as they are proposed. */
async function generate(prompt: string): Promise<void> {
  const { quickInput } = workbench;
  await workbench.command("Limn: Generate Image…");
  await quickInput.waitUntilOpen({ title: "Generate Image" });
  await quickInput.type(prompt);
  for (const placeholder of [/What should the picture show/, /Size in pixels/, /How many/, "images/fox.png"]) {
    await quickInput.waitUntilOpen({ placeholder });
    await quickInput.accept();
  }
}

/** Where the panel's prompt is written. */
const promptBox = () => workbench.webview().getByRole("textbox", { name: "Prompt", exact: true });

async function showPanel(): Promise<void> {
  await workbench.page.getByRole("tab", { name: /^Limn/ }).locator("a").click();
  await promptBox().waitFor({ timeout: 30_000 });
}

it("is asked for with the address it is for; a wrong one is refused in words", async () => {
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

it("makes pictures through the company's proxy, and goes to the API alone", async () => {
  const { notifications } = workbench;
  await showPanel();
  await generate("A fox behind a proxy");
  await notifications.waitFor("Saved images/a-fox-behind-a-proxy.jpg");
  expect([...new Set(proxy.connectTargets())].sort()).toEqual(["api.limn.test:443", "im.runware.ai:443"]);
  const others = faultProxy.requests.filter(({ headers }) => headers.host !== "api.limn.test");
  expect(others.length).toBeGreaterThan(0);
  expect(JSON.stringify(others)).not.toContain(sandbox.key);
});

it("is not shown where the service repeats it", async () => {
  const { notifications } = workbench;
  faultProxy.setRule(echoKey);
  await generate("A parrot");
  const message = await notifications.waitFor("Runware did not accept the API key: Authorization: Bearer ‹key›");
  expect(await message.innerText()).not.toContain(sandbox.key);
});

it("goes to another address only after a yes that has seen both; no is silence, and the yes is remembered", async () => {
  const { notifications, page, server } = workbench;
  faultProxy.setRule(withRunwareImageHost);
  const settings = join(server, "User/settings.json");
  const before: object = JSON.parse(await readFile(settings, "utf8"));
  await writeFile(settings, JSON.stringify({ ...before, ...settingsFor(otherOrigin) }));
  await page.reload();
  // The panel that was open is the last to come back; a palette opened before that would be closed
  // by it.
  await promptBox().waitFor({ timeout: 60_000 });
  const question = `Send your API key to ${otherOrigin}?`;
  await workbench.command("Limn: Check Key and Balance");
  const asked = await notifications.dialog(question);
  expect(await asked.innerText()).toContain(`The key was given for ${apiOrigin}.`);
  await workbench.screenshot("key-other-address");
  await page.keyboard.press("Escape");
  await asked.waitFor({ state: "hidden" });
  expect(proxy.connectTargets()).not.toContain("other.limn.test:443");
  await workbench.command("Limn: Check Key and Balance");
  await notifications.pressInDialog(question, "Use the Key There");
  await notifications.waitFor("The stored API key works.");
  expect(proxy.connectTargets()).toContain("other.limn.test:443");
  await generate("A second fox");
  await notifications.waitFor("Saved images/a-second-fox.jpg");
});

it("is in no file, page or message afterwards, in whichever spelling", async () => {
  const { page, server, folder } = workbench;
  const pages = await Promise.all(
    page.frames().map(async (frame) => ({ path: frame.url(), bytes: Buffer.from(await frame.content()) })),
  );
  expect(messages.some((text) => text.includes("‹key›"))).toBe(true);
  const places = [
    ...pages,
    { path: "messages", bytes: Buffer.from(messages.join()) },
    ...(await filesBelow(server)),
    ...(await filesBelow(folder)),
    ...(await filesBelow(inject("extensions"))),
  ];
  expect(findSecret(sandbox.key, places)).toEqual([]);
});

async function filesBelow(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return await Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
}
