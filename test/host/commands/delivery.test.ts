import assert from "node:assert/strict";
import { parseJob } from "../../../src/core/jobs/jobSchema.ts";
import { allJobNotes } from "../../../src/host/jobs/resultNotes.ts";
import { greyPng } from "../../support/greyPng.ts";
import { fastOptions, generate, waitUntil } from "../support/commands.ts";
import { bytesOf, describeFile, filesBelow, freshFolder, jobFilesOf, jobsFolder } from "../support/files.ts";
import { type Receiver, startReceiver } from "../support/receiver.ts";
import { faultProxy, recordRequests, setSetting } from "../support/testService.ts";

const hareArgument = () => ({ prompt: "A hare", size: "1024x1024", path: `${freshFolder()}/hare.webp` });

describe("limn.generate with the fields of the API", () => {
  let receiver: Receiver;
  before(async () => {
    receiver = await startReceiver();
  });
  after(() => receiver.close());

  it("sends the fields of the argument under the API's names, and no others", async () => {
    const sent = recordRequests();
    await generate({
      ...hareArgument(),
      quality: 40,
      count: 2,
      ttl: 120,
      safety: { checkContent: true, mode: "fast" },
    });
    const [task] = sent.tasks();
    assert.deepEqual(task, {
      taskType: "imageInference",
      taskUUID: task?.taskUUID,
      model: "klingai:kling-image@3",
      positivePrompt: "A hare",
      width: 1024,
      height: 1024,
      numberResults: 2,
      outputType: "URL",
      outputFormat: "WEBP",
      outputQuality: 40,
      deliveryMethod: "async",
      includeCost: true,
      safety: { checkContent: true, mode: "fast" },
      ttl: 120,
    });
  });

  it("sends the key in a header, to the API only and not to the image host", async () => {
    const sent = recordRequests();
    await generate(hareArgument());
    const pictures = sent.requests("").filter(({ method }) => method === "GET");
    assert.equal(pictures.length, 1);
    assert.deepEqual(
      pictures.map(({ headers }) => headers.authorization),
      [undefined],
    );
    assert.ok(sent.requests("imageInference").every(({ headers }) => headers.authorization?.startsWith("Bearer ")));
  });

  it("polls until the picture is there, and buys once", async () => {
    const sent = recordRequests();
    await generate(hareArgument());
    assert.equal(sent.requests("imageInference").length, 1);
    assert.ok(sent.requests("getResponse").length >= 1);
  });

  it("keeps one request open with `deliveryMethod: sync`", async () => {
    const sent = recordRequests();
    const { files, cost } = await generate({ ...hareArgument(), deliveryMethod: "sync" });
    assert.deepEqual(await Promise.all(files.map(describeFile)), ["hare.webp: webp 1024x1024"]);
    assert.equal(cost, 0.028);
    assert.equal(sent.requests("getResponse").length, 0);
  });

  for (const outputType of ["base64Data", "dataURI"] as const) {
    it(`reads the pictures from the answer with \`outputType: ${outputType}\``, async () => {
      const sent = recordRequests();
      const { files } = await generate({ ...hareArgument(), outputType, count: 2 });
      assert.deepEqual(await Promise.all(files.map(describeFile)), [
        "hare.webp: webp 1024x1024",
        "hare-2.webp: webp 1024x1024",
      ]);
      assert.equal(sent.requests("").length, 0);
    });

    it(`ignores the setting for the lifetime of links with \`outputType: ${outputType}\``, async () => {
      await setSetting("ttl", 600);
      const sent = recordRequests();
      await generate({ ...hareArgument(), outputType, deliveryMethod: "sync" });
      assert.equal(sent.tasks()[0]?.ttl, undefined);
    });
  }

  it("makes the service call a webhook and upload the picture, and stores neither address", async () => {
    const before = receiver.received.length;
    const addresses = { webhookURL: `${receiver.url}?hook`, uploadEndpoint: `${receiver.url}?upload` };
    const { files } = await generate({ ...hareArgument(), ...addresses });
    const arrived = await waitUntil("webhook and upload have come", async () => {
      const fresh = receiver.received.slice(before);
      return fresh.length >= 2 && fresh;
    });
    const [upload, hook] = ["PUT", "POST"].map((method) => arrived.find((request) => request.method === method));
    assert.ok(upload?.body.equals(Buffer.from(await bytesOf(files[0] ?? ""))));
    assert.equal(upload?.type, "image/webp");
    assert.match(String(hook?.body), /"imageUUID"/);
    const journal = (await filesBelow(jobsFolder)).map(({ bytes }) => bytes.toString()).join("");
    assert.ok(journal.includes("A hare") && !journal.includes(receiver.url));
  });

  it("retries the download of a picture whose link does not work yet, without buying again", async () => {
    faultProxy().setRule(({ method, precedingCount: earlier }) =>
      method === "GET" && earlier === 0 ? { answer: { status: 502, body: "not yet" } } : undefined,
    );
    const sent = recordRequests();
    const { files } = await generate({ ...fastOptions, ...hareArgument() });
    assert.equal(files.length, 1);
    assert.deepEqual([sent.requests("imageInference").length, sent.requests("").length], [1, 2]);
  });

  it("reports a picture of another size than requested", async () => {
    faultProxy().setRule(({ method }) =>
      method === "GET" ? { changePicture: () => greyPng(640, 360, 90) } : undefined,
    );
    const prompt = `A hare of ${Date.now()}`;
    const { files } = await generate({ ...fastOptions, prompt, path: `${freshFolder()}/hare.png` });
    assert.deepEqual(await Promise.all(files.map(describeFile)), ["hare.png: png 640x360"]);
    const [file] = await jobFilesOf(prompt);
    const job = parseJob(JSON.stringify(file));
    assert.ok(job);
    assert.deepEqual(allJobNotes(job), ["Runware delivered 640 × 360 pixels, not the size you asked for."]);
  });

  it("continues with a task if the answer to its send is lost, and buys it once", async () => {
    let sends = 0;
    faultProxy().setRule(({ taskType }) =>
      taskType === "imageInference" && ++sends === 1 ? { cut: "after" } : undefined,
    );
    const sent = recordRequests();
    const { files, cost } = await generate(hareArgument());
    assert.deepEqual([files.length, cost], [1, 0.028]);
    assert.equal(new Set(sent.tasks().map(({ taskUUID }) => taskUUID)).size, 1);
  });
});
