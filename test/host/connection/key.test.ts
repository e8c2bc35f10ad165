import assert from "node:assert/strict";
import { dirname } from "node:path";
import { commands, workspace } from "vscode";
import type { ProxyAction } from "../../support/faultProxy.ts";
import { encodingsOf, findSecret } from "../../support/secretEncodings.ts";
import { edit, fastOptions, generate, rejectionMessage, waitUntil } from "../support/commands.ts";
import { filesBelow, freshFolder, readLogs, storageFolder, workspaceRoot } from "../support/files.ts";
import { draftOf, send, snapshot } from "../support/panel.ts";
import { enter, enterUntilDone, pressEscape, pressUntil, runUntilInput, typeText } from "../support/quickInput.ts";
import { startReceiver } from "../support/receiver.ts";
import { faultProxy, recordRequests, sandbox, setSetting, useKey } from "../support/testService.ts";

const moleArgument = () => ({ ...fastOptions, prompt: "A secretive mole", path: `${freshFolder()}/mole` });

/** Types a key into Set API Key and presses Enter until it is stored. */
async function setKey(key: string): Promise<void> {
  const asking = await runUntilInput("limn.setApiKey");
  await typeText(key);
  await enterUntilDone(asking);
}

/** Answers of a service that echoes the refused request with its key. */
function echoingAnswers(): readonly ProxyAction[] {
  const spellings = encodingsOf(`Bearer ${sandbox.key}`, "Authorization: ", "").map(([, text]) => text);
  const error = (message: string) => ({ code: "invalidApiKey", message, responseContent: { headers: [message] } });
  const repeat = `Bearer ${sandbox.key} `;
  return [
    ...spellings.map((text) => ({
      answer: {
        status: 401,
        body: JSON.stringify({ errors: [error(`${repeat} ${text}`)] }).replaceAll("\\\\u", "\\u"),
      },
    })),
    { answer: { status: 403, body: `<h1>403</h1><pre>Authorization: ${repeat}</pre>` } },
    { answer: { status: 307, body: repeat, headers: { location: `https://elsewhere.test/?key=${sandbox.key}` } } },
  ];
}

const noKey = /^There is no API key yet\./;
const engine = () => workspace.getConfiguration("limn").get("engine");
const keysIn = (sent: ReturnType<typeof recordRequests>) => sent.requests().map(({ headers }) => headers.authorization);

describe("the API key", () => {
  beforeEach(() => useKey(undefined));
  afterEach(async () => {
    await commands.executeCommand("workbench.action.closeQuickOpen");
    await commands.executeCommand("limn.clearApiKey");
  });

  it("is checked for free, stored and then used until it is cleared", async () => {
    const sent = recordRequests();
    await setKey(sandbox.key);
    assert.deepEqual(
      sent.requests().map(({ taskType }) => taskType),
      ["authentication"],
    );
    assert.equal((await generate(moleArgument())).files.length, 1);
    await commands.executeCommand("limn.clearApiKey");
    assert.match(await rejectionMessage(generate(moleArgument())), noKey);
  });

  it("is trimmed", async () => {
    await setKey(`  ${sandbox.key} `);
    assert.equal((await generate(moleArgument())).files.length, 1);
  });

  it("is not stored if Runware refuses it", async () => {
    const sent = recordRequests();
    const { done } = await runUntilInput("limn.setApiKey");
    await typeText("a-wrong-key");
    await pressUntil(enter, () => sent.requests("authentication").length > 1);
    await pressEscape();
    assert.equal(await done, undefined);
    assert.match(await rejectionMessage(generate(moleArgument())), noKey);
  });

  it("is not stored after Escape", async () => {
    const sent = recordRequests();
    const { done } = await runUntilInput("limn.setApiKey");
    await typeText(sandbox.key);
    await pressEscape();
    assert.equal(await done, undefined);
    assert.match(await rejectionMessage(generate(moleArgument())), noKey);
    assert.equal(sent.requests().length, 0);
  });

  it("is stored unchecked if there is no network", async () => {
    const closedServer = await startReceiver();
    await closedServer.close();
    await setSetting("apiUrl", closedServer.url);
    await setKey(sandbox.key);
    await setSetting("apiUrl", faultProxy().url);
    assert.equal((await generate(moleArgument())).files.length, 1);
  });

  it("is not sent unencrypted to another computer, not even to check it", async () => {
    // Linux connects 0.0.0.0 to this computer; Limn does not count it as local.
    await setSetting("apiUrl", faultProxy().url.replace("127.0.0.1", "0.0.0.0"));
    const sent = recordRequests();
    assert.equal(await commands.executeCommand("limn.setApiKey"), undefined);
    useKey(sandbox.key);
    assert.match(
      await rejectionMessage(generate(moleArgument())),
      /must begin with https:\/\/\. Correct the setting\.$/,
    );
    await setSetting("apiUrl", faultProxy().url);
    await generate(moleArgument());
    assert.deepEqual([...new Set(keysIn(sent))].sort(), [`Bearer ${sandbox.key}`, undefined].sort());
  });

  it("in the environment is used if none is stored; a stored one takes precedence", async () => {
    useKey(` ${sandbox.key} `);
    assert.equal((await generate(moleArgument())).files.length, 1);
    await setKey(sandbox.key);
    useKey("another-key");
    const sent = recordRequests();
    await generate(moleArgument());
    assert.ok(!keysIn(sent).includes("Bearer another-key"));
  });

  it("switches from the sandbox to Runware when it is set", async () => {
    await setSetting("engine", "sandbox");
    await setKey(sandbox.key);
    assert.equal(engine(), "runware");
  });

  it("is requested by the flow if there is none; Escape ends the flow without a message", async () => {
    const sent = recordRequests();
    const { done } = await runUntilInput("limn.generate");
    await pressEscape();
    assert.equal(await done, undefined);
    assert.equal(sent.requests().length, 0);
  });

  it("is not needed for the sandbox, which the flow offers", async () => {
    const { done } = await runUntilInput("limn.generate");
    await enter();
    await waitUntil("the sandbox is set", async () => engine() === "sandbox");
    let over = false;
    const end = done.then(() => {
      over = true;
    });
    await pressUntil(pressEscape, () => over);
    await end;
    await setSetting("engine", undefined);
  });

  it("is checked by Check Key and Balance, which buys nothing", async () => {
    useKey(sandbox.key);
    const sent = recordRequests();
    assert.equal(await commands.executeCommand("limn.checkKey"), undefined);
    assert.deepEqual(
      sent.requests().map(({ taskType }) => taskType),
      ["authentication", "accountManagement"],
    );
  });

  it("is reported as wrong or missing by Check Key and Balance, which does not ask for the balance", async () => {
    const sent = recordRequests();
    assert.equal(await commands.executeCommand("limn.checkKey"), undefined);
    useKey("a-wrong-key");
    assert.equal(await commands.executeCommand("limn.checkKey"), undefined);
    assert.deepEqual(
      sent.requests().map(({ taskType }) => taskType),
      ["authentication"],
    );
  });

  it("is in no log, file or message, and the prompt is in no log", async function () {
    // Ten services that echo the key, with three calls each.
    this.timeout(120_000);
    await setKey(sandbox.key);
    await generate({ ...moleArgument(), references: ["images/hut.png"] });
    await edit({ ...moleArgument(), references: ["images/hut.png"] });
    await commands.executeCommand("limn.checkKey");
    const messages: string[] = [];
    for (const echo of echoingAnswers()) {
      faultProxy().setRule(({ method }) => (method === "POST" ? echo : undefined));
      await commands.executeCommand("limn.checkKey");
      messages.push(await rejectionMessage(generate(moleArgument())));
      const prompt = `A secretive mole, number ${messages.length}`;
      await send({ type: "generate", draft: draftOf(prompt) });
      const job = await waitUntil("the job of the panel has failed", async () => {
        const { jobs } = await snapshot();
        return jobs.find((job) => job.prompt === prompt && job.state === "failed");
      });
      messages.push(JSON.stringify(await snapshot()));
      if (!job.mayBeBilled) {
        await send({ type: "forget", job: job.id });
      }
    }
    assert.match(messages.join(), /‹key›/);
    await commands.executeCommand("limn.showLog");
    const log = await waitUntil("the log reports the echoed answers", async () => {
      const text = await readLogs();
      return text.includes("‹key›") && text;
    });
    for (const secret of ["A secretive mole", "base64,"]) {
      assert.ok(!log.includes(secret), `the log holds ${secret}`);
    }
    const files = await filesBelow(storageFolder);
    assert.ok(files.some(({ path }) => path.endsWith(".json")));
    const places = [
      { path: "the messages", bytes: Buffer.from(messages.join()) },
      { path: "the log", bytes: Buffer.from(log) },
      ...files,
      ...(await filesBelow(workspaceRoot().fsPath)),
      ...(await filesBelow(dirname(dirname(storageFolder)))).filter(({ path }) => path.endsWith("settings.json")),
    ];
    assert.deepEqual(findSecret(sandbox.key, places), []);
  });
});
