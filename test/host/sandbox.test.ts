import assert from "node:assert/strict";
import { commands } from "vscode";
import { generate, quick, refusal } from "./commands.ts";
import { freshFolder, jobsOf, look } from "./files.ts";
import { record, set, useKey } from "./service.ts";

describe("the built-in sandbox", () => {
  beforeEach(async () => {
    useKey(undefined);
    await set("sandbox.delay", 100);
    await set("engine", "sandbox");
  });

  it("makes pictures of the true size without a key, and nothing goes to Runware", async () => {
    const sent = record();
    const prompt = "A sandbox hedgehog";
    const { files, cost } = await generate({ prompt, size: "1360x768", count: 2, path: `${freshFolder()}/a.webp` });
    assert.deepEqual(await Promise.all(files.map(look)), ["a.webp: webp 1360x768", "a-2.webp: webp 1360x768"]);
    assert.equal(cost, 0.056);
    assert.equal(sent.requests().length, 0);
    assert.deepEqual(
      (await jobsOf(prompt)).map(({ endpoint, state }) => [endpoint, state]),
      [["sandbox", "done"]],
    );
  });

  it("takes references, output types and deliveries as Runware does", async () => {
    const { files } = await generate({
      prompt: "In fog",
      references: ["images/ridge.jpg"],
      resolution: "1k",
      deliveryMethod: "sync",
      outputType: "base64Data",
      path: `${freshFolder()}/fog.png`,
    });
    assert.deepEqual(await Promise.all(files.map(look)), ["fog.png: png 1248x832"]);
  });

  it("refuses as Runware does", async () => {
    const prompt = "A fox [sandbox:refuse=insufficientCredits]";
    assert.match(await refusal(generate({ ...quick, prompt })), /^Your Runware balance is too low: /);
  });

  it("answers Check Key and Balance by itself", async () => {
    const sent = record();
    assert.equal(await commands.executeCommand("limn.checkKey"), undefined);
    assert.equal(sent.requests().length, 0);
  });

  it("works while the address of the API is wrong", async () => {
    await set("apiUrl", "nonsense");
    const { files } = await generate({ ...quick, prompt: "A newt", path: `${freshFolder()}/newt` });
    assert.equal(files.length, 1);
  });
});
