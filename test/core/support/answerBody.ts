import { boundsFor, expectedPictures } from "../../../src/core/service/answerBounds.ts";
import { AnswerReader } from "../../../src/core/service/answerReader.ts";
import type { Answer } from "../../../src/core/service/envelope.ts";
import { readAnswer } from "../../../src/core/service/envelope.ts";

/** Decodes base64 as the host does. */
export const decodeBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

/** Parses a body that arrives in pieces of `pieceLength` bytes. */
export function readAnswerBody(body: string, pieceLength = 65_536, results = 20): Answer | undefined {
  const reader = new AnswerReader({ decodeBase64 }, boundsFor(expectedPictures(results)));
  const bytes = new TextEncoder().encode(body);
  for (let at = 0; at < bytes.length; at += pieceLength) {
    reader.write(bytes.subarray(at, at + pieceLength));
  }
  return readAnswer(reader.end());
}
