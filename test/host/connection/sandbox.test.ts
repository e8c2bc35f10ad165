import assert from "node:assert/strict";
import { commands } from "vscode";
import { fastOptions, generate, rejectionMessage } from "../support/commands.ts";
import { describeFile, freshFolder, jobFilesOf } from "../support/files.ts";
import { listeningPorts } from "../support/listeningPorts.ts";
import { faultProxy, recordRequests, setSetting, useKey } from "../support/testService.ts";

describe("the built-in sandbox", () => {
  beforeEach(async () => {
    useKey(undefined);
    await setSetting("sandbox.delay", 100);
    await setSetting("engine", "sandbox");
  });

  it("generates pictures of the right size without a key, and sends nothing to Runware", async () => {
    const sent = recordRequests();
    const prompt = "A sandbox hedgehog";
    const { files, cost } = await generate({ prompt, size: "1360x768", count: 2, path: `${freshFolder()}/a.webp` });
    assert.deepEqual(await Promise.all(files.map(describeFile)), ["a.webp: webp 1360x768", "a-2.webp: webp 1360x768"]);
    assert.equal(cost, 0);
    assert.equal(sent.requests().length, 0);
    assert.deepEqual(
      (await jobFilesOf(prompt)).map(({ endpoint, state }) => [endpoint, state]),
      [["sandbox", "done"]],
    );
  });

  it("opens no port: VS Code would announce it in a remote window", async function () {
    if (process.platform !== "linux") {
      this.skip();
    }
    await generate({ ...fastOptions, prompt: "A newt without a port", path: `${freshFolder()}/newt` });
    // The tests' own proxy is the only one, which shows that a port would be found.
    assert.deepEqual(await listeningPorts(), [Number(new URL(faultProxy().url).port)]);
  });

  it("accepts references, output types and delivery methods like Runware", async () => {
    const { files } = await generate({
      prompt: "In fog",
      references: ["images/ridge.jpg"],
      resolution: "1k",
      deliveryMethod: "sync",
      outputType: "base64Data",
      path: `${freshFolder()}/fog.png`,
    });
    assert.deepEqual(await Promise.all(files.map(describeFile)), ["fog.png: png 1248x832"]);
  });

  it("refuses requests like Runware", async () => {
    const prompt = "A fox [sandbox:refuse=insufficientCredits]";
    assert.match(await rejectionMessage(generate({ ...fastOptions, prompt })), /^Your Runware balance is too low: /);
  });

  it("answers Check Key and Balance without a request to Runware", async () => {
    const sent = recordRequests();
    assert.equal(await commands.executeCommand("limn.checkKey"), undefined);
    assert.equal(sent.requests().length, 0);
  });

  it("works if the address of the API is wrong", async () => {
    await setSetting("apiUrl", "nonsense");
    const { files } = await generate({ ...fastOptions, prompt: "A newt", path: `${freshFolder()}/newt` });
    assert.equal(files.length, 1);
  });
});
