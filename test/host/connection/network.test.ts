import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigurationTarget, commands, env, UIKind, workspace } from "vscode";
import { certificateAuthorityIn } from "../../support/certificateAuthority.ts";
import { freePort } from "../../support/loopback.ts";
import { startTinyproxy, type Tinyproxy } from "../../support/tinyproxy.ts";
import { startTlsTerminatingProxy, type TlsTerminatingProxy } from "../../support/tlsTerminatingProxy.ts";
import { fastOptions, generate, rejectionMessage } from "../support/commands.ts";
import { freshFolder, jobFilesOf } from "../support/files.ts";
import { enterUntilDone, runUntilInput, typeText } from "../support/quickInput.ts";
import { faultProxy, recordRequests, sandbox, setSetting, useKey } from "../support/testService.ts";

/** Host names that DNS does not resolve: requests reach them only through the proxy. */
const api = "https://api.limn.test/v1";
const otherApi = "https://other.limn.test/v1";

const authority = process.env.LIMN_TEST_AUTHORITY;
const credentials = { name: "someone", password: "a-proxy-password" } as const;

let folder: string;
let site: TlsTerminatingProxy;
let openProxy: Tinyproxy;
let passwordProxy: Tinyproxy;
let count = 0;

const argument = (prompt: string) => ({ ...fastOptions, prompt, path: `${freshFolder()}/otter` });
const freshPrompt = (): string => `An otter behind a proxy, number ${++count}`;

/** Changes one of VS Code's network settings; `undefined` resets it. */
const setHttp = (name: string, value: unknown): Thenable<void> =>
  workspace.getConfiguration("http").update(name, value, ConfigurationTarget.Global);

const withCredentials = ({ url }: Tinyproxy, password: string): string =>
  url.replace("//", `//${credentials.name}:${password}@`);

/** Makes the service link to pictures at Runware's image host. */
const linkToRunwareHost = (): void =>
  faultProxy().setRule(() => ({
    change: (body) => body.replaceAll(new URL(faultProxy().url).origin, "https://im.runware.ai"),
  }));

const hostsOf = (sent: ReturnType<typeof recordRequests>) => [
  ...new Set(sent.requests().map(({ headers }) => headers.host)),
];

/**
 * Generates a picture and expects an error. Checks that nothing was sent, which the message states.
 * Returns the message.
 */
async function refuseWithoutSending(): Promise<string> {
  const prompt = freshPrompt();
  const sent = recordRequests();
  const message = await rejectionMessage(generate(argument(prompt)));
  assert.deepEqual(sent.requests(), []);
  assert.match(message, /The request was not sent, and nothing was billed\.$/);
  assert.deepEqual(
    (await jobFilesOf(prompt)).map(({ state }) => state),
    ["failed"],
  );
  return message;
}

describe("in a company network", () => {
  before("start two proxies, one with a password, and a site behind them", async function () {
    if (authority === undefined) {
      // Only the desktop runner creates no authority.
      assert.equal(
        env.uiKind,
        UIKind.Desktop,
        "There is no test authority: run the host tests with npm run test:host.",
      );
      this.skip();
    }
    folder = await mkdtemp(join(tmpdir(), "limn-network-"));
    site = await startTlsTerminatingProxy(certificateAuthorityIn(authority), faultProxy().url);
    openProxy = await startTinyproxy(folder, site.port);
    passwordProxy = await startTinyproxy(folder, site.port, credentials);
    useKey(undefined);
    await setHttp("proxy", openProxy.url);
    await setSetting("apiUrl", api);
    const asking = await runUntilInput("limn.setApiKey");
    await typeText(sandbox.key);
    await enterUntilDone(asking);
  });

  beforeEach(async () => {
    useKey(undefined);
    await setHttp("proxy", openProxy.url);
    await setSetting("apiUrl", api);
  });

  afterEach(async () => {
    for (const name of ["proxy", "noProxy", "systemCertificates"]) {
      await setHttp(name, undefined);
    }
  });

  after(async () => {
    await commands.executeCommand("limn.clearApiKey");
    await Promise.all([openProxy?.stop(), passwordProxy?.stop(), site?.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  it("requests and downloads go through VS Code's proxy and trust the company's certificate", async () => {
    linkToRunwareHost();
    const sent = recordRequests();
    assert.equal((await generate(argument(freshPrompt()))).files.length, 1);
    assert.deepEqual(hostsOf(sent), ["api.limn.test", "im.runware.ai"]);
    assert.deepEqual([...new Set(openProxy.connectTargets())].sort(), ["api.limn.test:443", "im.runware.ai:443"]);
  });

  it("the key goes to the API and not to the image host", async () => {
    linkToRunwareHost();
    const sent = recordRequests();
    await generate(argument(freshPrompt()));
    const downloads = sent.requests().filter(({ headers }) => headers.host === "im.runware.ai");
    assert.equal(downloads.length, 1);
    assert.ok(!JSON.stringify(downloads).includes(sandbox.key));
  });

  it("the proxy receives the user name and the password of VS Code's setting", async () => {
    linkToRunwareHost();
    await setHttp("proxy", withCredentials(passwordProxy, credentials.password));
    assert.equal((await generate(argument(freshPrompt()))).files.length, 1);
    assert.ok(passwordProxy.connectTargets().includes("im.runware.ai:443"));
  });

  for (const [what, address] of [
    ["no password", () => passwordProxy.url],
    ["a wrong password", () => withCredentials(passwordProxy, "wrong")],
  ] as const) {
    it(`a proxy with ${what} is reported as one that needs a password, and nothing is sent`, async () => {
      await setHttp("proxy", address());
      assert.match(await refuseWithoutSending(), /the proxy needs a user name and a password.*“http\.proxy”/);
    });
  }

  it("a message names an unreachable proxy as the possible cause, and nothing is sent", async () => {
    await setHttp("proxy", `http://127.0.0.1:${await freePort()}`);
    assert.match(
      await refuseWithoutSending(),
      /the connection was refused\. If VS Code's setting “http\.proxy” names a proxy/,
    );
  });

  it("hosts in VS Code's setting “http.noProxy” are reached without the proxy", async () => {
    await setHttp("noProxy", ["api.limn.test"]);
    const before = openProxy.connectTargets().length;
    assert.match(await refuseWithoutSending(), /its name is not known in this network/);
    assert.equal(openProxy.connectTargets().length, before);
    await setHttp("noProxy", ["elsewhere.test"]);
    linkToRunwareHost();
    assert.equal((await generate(argument(freshPrompt()))).files.length, 1);
  });

  it("a message reports an untrusted certificate, and neither key nor request is sent", async () => {
    await setHttp("systemCertificates", false);
    assert.match(
      await refuseWithoutSending(),
      /its certificate is not trusted by this computer, so the key was not sent\./,
    );
  });

  it("the key is not sent to a changed API address until the user agrees", async () => {
    await setSetting("apiUrl", otherApi);
    const sent = recordRequests();
    const prompt = freshPrompt();
    assert.match(
      await rejectionMessage(generate(argument(prompt))),
      /given for https:\/\/api\.limn\.test, .* names https:\/\/other\.limn\.test now, so nothing was sent/,
    );
    // VS Code cancels dialogs in a test window, which counts as a no.
    await commands.executeCommand("limn.checkKey");
    assert.deepEqual(sent.requests(), []);
    assert.deepEqual(await jobFilesOf(prompt), []);
    assert.ok(!openProxy.connectTargets().includes("other.limn.test:443"));
  });

  it("the environment's key is sent only to Runware until the user agrees to another address", async () => {
    await commands.executeCommand("limn.clearApiKey");
    useKey(sandbox.key);
    const sent = recordRequests();
    assert.match(
      await rejectionMessage(generate(argument(freshPrompt()))),
      /given for https:\/\/api\.runware\.ai, and/,
    );
    assert.deepEqual(sent.requests(), []);
  });
});
