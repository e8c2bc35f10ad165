import { describe, expect, test } from "vitest";
import { toCurl } from "../../../src/core/request/codeSnippet.ts";
import { readRemoteReference } from "../../../src/core/request/remoteReference.ts";
import { describeError } from "../../../src/core/service/serviceError.ts";
import { setUp } from "../support/setUp.ts";

const uuid = "0f8fad5b-d9cb-469f-a165-70867728950e";

describe("A reference that Runware downloads itself", () => {
  test.each([
    ["https://example.com/a/fox.jpg", "example.com/fox.jpg", "https://example.com/a/fox.jpg"],
    ["  http://example.com  ", "example.com", "http://example.com/"],
    ["https://example.com/a%20b.png#part", "example.com/a%20b.png", "https://example.com/a%20b.png"],
  ])("is an address: %s", (text, label, image) => {
    expect(readRemoteReference(text)).toEqual({ label, image, source: image });
  });

  test.each([
    "https://cdn.example.com/a/fox.jpg?X-Amz-Signature=secret",
    "https://user:secret@cdn.example.com/a/fox.jpg",
  ])("has no credential in its label and no stored source: %s", (text) => {
    expect(readRemoteReference(text)).toEqual({ label: "cdn.example.com/fox.jpg", image: text });
  });

  test.each([uuid, uuid.toUpperCase(), `urn:uuid:${uuid}`])("is a UUID: %s", (text) => {
    const uuidText = text.replace("urn:uuid:", "");
    expect(readRemoteReference(text)).toEqual({ label: uuidText, image: uuidText, source: `urn:uuid:${uuidText}` });
  });

  test.each(["", "images/fox.png", "file:///fox.png", "ftp://example.com/a.png", "C:\\fox.png", "1234", "https://"])(
    "is not %j",
    (text) => expect(readRemoteReference(text)).toBeUndefined(),
  );

  test("leaves no credential in job file, log or message, even if the service repeats its URL", async () => {
    const { buy, environment, readJob } = await setUp();
    const reference = readRemoteReference("http://127.0.0.1:9/fox.png?X-Amz-Signature=secret") ?? {
      label: "",
      image: "",
    };
    const error = await buy({ references: [reference], shape: { resolution: "1k" } }).catch((error: unknown) => error);
    const stored = await readJob();
    expect(stored.request.references).toEqual([{ label: "127.0.0.1:9/fox.png" }]);
    expect(stored.failures[0]?.message).toContain("http://127.0.0.1:9/fox.png?…");
    for (const text of [String(error), JSON.stringify(stored), environment.logLines.join("\n")]) {
      expect(text).not.toContain("secret");
    }
  });

  test("works as a URL and as the UUID of an earlier result", async () => {
    const { buy, jobs, sandbox } = await setUp();
    const { job } = await buy();
    const [picture] = job.pictures;
    const references = [picture?.imageUUID, picture?.url].map(
      (text) => readRemoteReference(text ?? "") ?? { label: "", image: "" },
    );
    const [byUuid, byAddress] = references;
    for (const reference of [byUuid, byAddress]) {
      await buy({ references: reference === undefined ? [] : [reference], shape: "like-reference" });
    }
    expect(sandbox.ledger.taskCount).toBe(3);
    const [latest] = jobs.journal.list();
    expect(latest && toCurl(latest, uuid)).toContain(picture?.url);
  });

  test.each([
    ["‘https://a.example/x.png?sig=1’ failed", "https://a.example/x.png?…"],
    ["see http://me:pw@a.example/x", "http://…@a.example/x"],
    ["see https://runware.ai/docs/errors", "https://runware.ai/docs/errors"],
  ])("in a service message is shown without credentials: %s", (message, shown) => {
    const sentence = describeError("reference", "", { message, upstream: message });
    expect(sentence.split(shown)).toHaveLength(3);
    expect(sentence).not.toMatch(/sig=|pw@/);
  });
});
