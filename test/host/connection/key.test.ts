import assert from "node:assert/strict";
import { dirname } from "node:path";
import { commands, workspace } from "vscode";
import type { ProxyAction } from "../../support/faultProxy.ts";
import { encodingsOf, findSecret } from "../../support/secretEncodings.ts";
import { edit, fastOptions, generate, rejectionMessage, waitUntil } from "../support/commands.ts";
import { filesBelow, freshFolder, readLogs, storageFolder, workspaceRoot } from "../support/files.ts";
import { draftOf, send, snapshot } from "../support/panel.ts";
import {
  down,
  enter,
  enterUntilDone,
  pressEscape,
  pressUntil,
  runUntilInput,
  typeText,
} from "../support/quickInput.ts";
import { startReceiver } from "../support/receiver.ts";
import { faultProxy, recordRequests, sandbox, setSetting, useKey } from "../support/testService.ts";

const moleArgument = () => ({ ...fastOptions, prompt: "A secretive mole", path: `${freshFolder()}/mole` });

/** Types a key into Set API Key and presses Enter until it is stored. */
async function setKey(key: string): Promise<void> {
  const asking = await runUntilInput("limn.setApiKey");
  await typeText(key);
  await enterUntilDone(asking);
}

/** Answers of a service that repeats the request it does not like, key and all. */
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

  it("is checked for free, stored and used from then on, until it is cleared", async () => {
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

  it("is taken with the blanks around it cut off", async () => {
    await setKey(`  ${sandbox.key} `);
    assert.equal((await generate(moleArgument())).files.length, 1);
  });

  it("is not stored where Runware refuses it", async () => {
    const sent = recordRequests();
    const { done } = await runUntilInput("limn.setApiKey");
    await typeText("a-wrong-key");
    await pressUntil(enter, () => sent.requests("authentication").length > 1);
    await pressEscape();
    assert.equal(await done, undefined);
    assert.match(await rejectionMessage(generate(moleArgument())), noKey);
  });

  it("is not stored where a person leaves with Escape", async () => {
    const sent = recordRequests();
    const { done } = await runUntilInput("limn.setApiKey");
    await typeText(sandbox.key);
    await pressEscape();
    assert.equal(await done, undefined);
    assert.match(await rejectionMessage(generate(moleArgument())), noKey);
    assert.equal(sent.requests().length, 0);
  });

  it("is stored unchecked where there is no network", async () => {
    const gone = await startReceiver();
    await gone.close();
    await setSetting("apiUrl", gone.url);
    await setKey(sandbox.key);
    await setSetting("apiUrl", faultProxy().url);
    assert.equal((await generate(moleArgument())).files.length, 1);
  });

  it("is not sent in the clear to an address beyond this computer, not even to check it", async () => {
    // Linux takes 0.0.0.0 for this computer; Limn does not.
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

  it("in the environment serves where none is stored, and the stored one comes first", async () => {
    useKey(` ${sandbox.key} `);
    assert.equal((await generate(moleArgument())).files.length, 1);
    await setKey(sandbox.key);
    useKey("another-key");
    const sent = recordRequests();
    await generate(moleArgument());
    assert.ok(!keysIn(sent).includes("Bearer another-key"));
  });

  it("ends the use of the sandbox when it is set", async () => {
    await setSetting("engine", "sandbox");
    await setKey(sandbox.key);
    assert.equal(engine(), "runware");
  });

  it("is asked for by the flow where there is none; Escape is silence", async () => {
    const sent = recordRequests();
    const { done } = await runUntilInput("limn.generate");
    await pressEscape();
    assert.equal(await done, undefined);
    assert.equal(sent.requests().length, 0);
  });

  it("can be done without: the flow offers the sandbox", async () => {
    const { done } = await runUntilInput("limn.generate");
    await down();
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

  it("is checked with its balance by Check Key and Balance, which buys nothing", async () => {
    useKey(sandbox.key);
    const sent = recordRequests();
    assert.equal(await commands.executeCommand("limn.checkKey"), undefined);
    assert.deepEqual(
      sent.requests().map(({ taskType }) => taskType),
      ["authentication", "accountManagement"],
    );
  });

  it("that is wrong, or missing, makes Check Key and Balance a message and nothing else", async () => {
    const sent = recordRequests();
    assert.equal(await commands.executeCommand("limn.checkKey"), undefined);
    useKey("a-wrong-key");
    assert.equal(await commands.executeCommand("limn.checkKey"), undefined);
    assert.deepEqual(
      sent.requests().map(({ taskType }) => taskType),
      ["authentication"],
    );
  });

  it("and the prompt are nowhere in the log, and the key in none of Limn's files, sentences and messages", async function () {
    // Ten services that repeat the key, each met in three ways.
    this.timeout(120_000);
    await setKey(sandbox.key);
    await generate({ ...moleArgument(), references: ["images/hut.png"] });
    await edit({ ...moleArgument(), references: ["images/hut.png"] });
    await commands.executeCommand("limn.checkKey");
    const told: string[] = [];
    for (const echo of echoingAnswers()) {
      faultProxy().setRule(({ method }) => (method === "POST" ? echo : undefined));
      await commands.executeCommand("limn.checkKey");
      told.push(await rejectionMessage(generate(moleArgument())));
      const prompt = `A secretive mole, number ${told.length}`;
      await send({ type: "generate", draft: draftOf(prompt) });
      const job = await waitUntil("the job of the panel has failed", async () => {
        const { jobs } = await snapshot();
        return jobs.find((job) => job.prompt === prompt && job.state === "failed");
      });
      told.push(JSON.stringify(await snapshot()));
      if (!job.mayBeBilled) {
        await send({ type: "forget", job: job.id });
      }
    }
    assert.match(told.join(), /‹key›/);
    await commands.executeCommand("limn.showLog");
    const log = await waitUntil("the log tells of what was repeated", async () => {
      const text = await readLogs();
      return text.includes("‹key›") && text;
    });
    for (const secret of ["A secretive mole", "base64,"]) {
      assert.ok(!log.includes(secret), `the log holds ${secret}`);
    }
    const files = await filesBelow(storageFolder);
    assert.ok(files.some(({ path }) => path.endsWith(".json")));
    const places = [
      { path: "what was said", bytes: Buffer.from(told.join()) },
      { path: "the log", bytes: Buffer.from(log) },
      ...files,
      ...(await filesBelow(workspaceRoot().fsPath)),
      ...(await filesBelow(dirname(dirname(storageFolder)))).filter(({ path }) => path.endsWith("settings.json")),
    ];
    assert.deepEqual(findSecret(sandbox.key, places), []);
  });
});
