import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundsFor, expectedPictures } from "../../../src/core/service/answerBounds.ts";
import { AnswerReader, AnswerTooLargeError } from "../../../src/core/service/answerReader.ts";
import { readAnswer } from "../../../src/core/service/envelope.ts";
import { fuzzRuns } from "../../support/fuzzRuns.ts";
import { decodeBase64, readAnswerBody } from "../support/answerBody.ts";
import { isPoll, setUp } from "../support/setUp.ts";

/** A text in parts of one megabyte. */
function* parts(head: string, unit: string, bytes: number, tail: string): Generator<Uint8Array> {
  yield Buffer.from(head);
  const part = Buffer.from(unit.repeat(Math.ceil(1_000_000 / unit.length)));
  for (let sent = 0; sent < bytes; sent += part.length) {
    yield part;
  }
  yield Buffer.from(tail);
}

const floods = {
  "63 MB of 1.8 million items": () => parts('{"data":[', '{"taskUUID":"a","cost":1,"seed":2},', 63_000_000, "{}]}"),
  "three million levels": () => parts('{"data":', "[", 3_000_000, ""),
  "a million empty texts": () => parts('{"data":[', '""', 2_000_000, "]}"),
  "a million empty keys": () => parts('{"data":[{', '"":', 2_700_000, "}]}"),
  "one text of 350 MB": () => parts('{"data":[{"status":"', "x", 350_000_000, '"}]}'),
  "one picture of 350 MB": () => parts('{"data":[{"imageBase64Data":"', "AAAA", 350_000_000, '"}]}'),
} satisfies Readonly<Record<string, () => Iterable<Uint8Array>>>;

describe("An answer of", () => {
  test.each(Object.entries(floods))(
    "%s is aborted after a few megabytes, logged, and loses no picture",
    async (_, flood) => {
      const { faultProxy, environment, buy, sandbox } = await setUp();
      let sent = 0;
      function* counted() {
        for (const part of flood()) {
          sent += part.length;
          yield part;
        }
      }
      faultProxy.setRule((request) =>
        isPoll(request) && request.precedingCount === 0 ? { answer: { status: 200, body: counted() } } : undefined,
      );
      const { files } = await buy();
      expect(files).toHaveLength(1);
      expect(environment.logLines.join("\n")).toMatch(/the answer has more than .*, so it was not read/);
      // Allows for bytes in socket buffers that were not read.
      expect(sent).toBeLessThan(80_000_000);
      expect(sandbox.ledger.taskCount).toBe(1);
    },
  );

  test("twenty pictures of 4 MB is decoded in small pieces, never as one long text", () => {
    const [pictures, longest] = [20, { decoded: 0 }];
    const reader = new AnswerReader(
      {
        decodeBase64(text) {
          longest.decoded = Math.max(longest.decoded, text.length);
          return decodeBase64(text);
        },
      },
      boundsFor(expectedPictures(pictures)),
    );
    const picture = Buffer.alloc(4_000_000, 7).toString("base64");
    reader.write(Buffer.from('{"data":['));
    for (let index = 0; index < pictures; index++) {
      const item = Buffer.from(`${index > 0 ? "," : ""}{"taskUUID":"a","imageBase64Data":"${picture}"}`);
      for (let at = 0; at < item.length; at += 65_536) {
        reader.write(item.subarray(at, at + 65_536));
      }
    }
    reader.write(Buffer.from("]}"));
    const body = reader.end();
    expect(readAnswer(body)?.items.map(({ imageBase64Data }) => imageBase64Data?.join().length)).toEqual(
      new Array(pictures).fill(4_000_000),
    );
    expect(longest.decoded).toBeLessThan(70_000);
    expect(body.text.length).toBeLessThan(2000);
  });
});

/** Writes an answer with one picture of these bytes. */
function writePicture(reader: AnswerReader, bytes: number): void {
  reader.write(Buffer.from('{"data":[{"taskUUID":"a","imageBase64Data":"'));
  const piece = Buffer.from("AAAA".repeat(75_000));
  for (let decoded = 0; decoded < bytes; decoded += 225_000) {
    reader.write(piece);
  }
}

describe("The bound of an answer's pictures", () => {
  const uncompressed4k = 6272 * 2688 * 3;

  test("allows one uncompressed picture in 4K", () => {
    const size = { width: 6272, height: 2688 };
    const reader = new AnswerReader({ decodeBase64 }, boundsFor(expectedPictures(1, size)));
    writePicture(reader, uncompressed4k);
    reader.write(Buffer.from('"}]}'));
    expect(readAnswer(reader.end())?.items[0]?.imageBase64Data?.join().length).toBeGreaterThan(uncompressed4k);
  });

  test("refuses as many bytes if the request is for 2K", () => {
    const reader = new AnswerReader({ decodeBase64 }, boundsFor(expectedPictures(1, { width: 3104, height: 1312 })));
    expect(() => writePicture(reader, uncompressed4k)).toThrow(AnswerTooLargeError);
  });
});

describe("AnswerReader", () => {
  const odd = fc.string({ unit: fc.constantFrom('"', "\\", "/", "é", "😀", "a", "\n", "{", ","), maxLength: 40 });
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      odd,
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
      fc.array(tie("any"), { maxLength: 4 }),
      fc.dictionary(odd, tie("any"), { maxKeys: 4 }),
    ),
  })).any;

  test("leaves any JSON without pictures unchanged, in pieces of any size", () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 30 }), (any, piece) => {
        const reader = new AnswerReader({ decodeBase64 }, boundsFor(expectedPictures(20)));
        const bytes = new TextEncoder().encode(JSON.stringify(any));
        for (let at = 0; at < bytes.length; at += piece) {
          reader.write(bytes.subarray(at, at + piece));
        }
        expect(JSON.parse(reader.end().text)).toEqual(any);
      }),
      { numRuns: fuzzRuns },
    );
  });

  test("decodes any base64 or data URI picture, with any escapes, in pieces of any size", () => {
    const escapes = fc.constantFrom<(text: string) => string>(
      (text) => text,
      (text) => text.replaceAll("/", "\\/"),
      (text) => text.replace(/[+/=]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16).padStart(2, "0")}`),
      (text) => text.replace(/.{5}/g, "$&\\n"),
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 300 }),
        escapes,
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        (bytes, spell, isUri, piece) => {
          const base64 = spell(Buffer.from(bytes).toString("base64"));
          const field = isUri
            ? `"imageDataURI": "data:image\\/png;base64,${base64}"`
            : `"imageBase64Data" :"${base64}"`;
          const answer = readAnswerBody(`{"data":[{"taskUUID":"a",${field},"cost":0.5}]}`, piece);
          const [item] = answer?.items ?? [];
          const carried = item?.imageBase64Data ?? item?.imageDataURI;
          expect([...(carried?.join() ?? [])]).toEqual([...bytes]);
          expect(item?.cost).toBe(0.5);
        },
      ),
      { numRuns: fuzzRuns },
    );
  });

  test("drops a text above the length limit and keeps the rest", () => {
    const answer = readAnswerBody(
      JSON.stringify({ data: [{ taskUUID: "a", status: "x".repeat(200_000), cost: 0.5 }] }),
    );
    expect(answer?.items).toMatchObject([{ taskUUID: "a", status: undefined, cost: 0.5 }]);
  });

  test("never uses another item's picture for an empty field", () => {
    const answer = readAnswerBody(
      `{"data":[{"taskUUID":"a","imageBase64Data":"AAAA"},{"taskUUID":"b","imageURL":"u","imageBase64Data":""}]}`,
    );
    expect(answer?.items[0]?.imageBase64Data).toBeDefined();
    expect(answer?.items[1]?.imageURL).toBe("u");
    expect(answer?.items[1]?.imageBase64Data).toBeUndefined();
  });

  test("accepts twenty failed results with long provider messages", () => {
    const failure = {
      taskUUID: "a",
      code: "providerError",
      message: "It failed.",
      responseContent: "x".repeat(99_000),
    };
    expect(readAnswerBody(JSON.stringify({ errors: Array(20).fill(failure) }))?.errors).toHaveLength(20);
  });

  test("accepts an archive answer with ten references just below the text limit", () => {
    const request = [
      { positivePrompt: "灯".repeat(2500), inputs: { referenceImages: Array(10).fill("x".repeat(99_999)) } },
    ];
    const body = JSON.stringify({ data: [{ taskUUID: "a", request, response: { data: [{ imageURL: "u" }] } }] });
    expect(readAnswerBody(body, 65_536, 1)?.items).toHaveLength(1);
  });

  test("accepts the account of an organization with many keys and members", () => {
    const key = {
      name: "n",
      description: "d",
      createdAt: "t",
      lastUsedAt: "t",
      enabled: true,
      requests: 1,
      roles: ["a"],
    };
    const body = JSON.stringify({ data: [{ taskUUID: "a", balance: 5, apiKeys: Array(1000).fill(key) }] });
    expect(readAnswerBody(body, 65_536, 0)?.items).toHaveLength(1);
  });

  test("accepts a hundred tasks of twenty results with every field", () => {
    const item = (index: number) => ({
      taskType: "imageInference",
      taskUUID: crypto.randomUUID(),
      imageUUID: crypto.randomUUID(),
      status: "success",
      imageURL: `https://im.runware.ai/${"p".repeat(900)}/${index}.jpg`,
      seed: index,
      cost: 0.028,
      NSFWContent: false,
    });
    const body = (length: number) => JSON.stringify({ data: Array.from({ length }, (_, index) => item(index)) });
    expect(readAnswerBody(body(2000), 65_536, 2000)?.items).toHaveLength(2000);
    expect(() => readAnswerBody(body(3000), 65_536, 1)).toThrow(AnswerTooLargeError);
  });
});
