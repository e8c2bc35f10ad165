import type { Ports } from "../ports.ts";
import type { AnswerBounds } from "./answerBounds.ts";
import { type InlineImage, InlineImageReader, pictureFields } from "./inlineImage.ts";

/** Deepest nesting that is read. Runware's own answers have seven levels. */
const depthLimit = 64;

/**
 * Maximum length of a text that is read, in bytes. A longer one, such as a repeated reference
 * image, counts as empty.
 */
const textLimit = 100_000;

/** The answer is larger than an answer to its request can be. */
export class AnswerTooLargeError extends Error {
  override readonly name = "AnswerTooLargeError";
}

/** An answer without its pictures: each is replaced in `text` by its index in `pictures`. */
export interface AnswerBody {
  readonly text: string;
  readonly pictures: readonly InlineImage[];
}

/** A text whose end has not been read. */
interface OpenText {
  parts: Uint8Array[];
  /** Bytes so far, stored or not. */
  length: number;
  /** Decodes the text if it is a picture. */
  readonly picture: InlineImageReader | undefined;
}

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const comma = 0x2c;
const opening: ReadonlySet<number> = new Set([0x7b, 0x5b]);
const closing: ReadonlySet<number> = new Set([0x7d, 0x5d]);

/**
 * Reads a JSON answer chunk by chunk and checks its bounds before anything is parsed. Pictures are
 * cut out and decoded in pieces, so that neither they nor their text are ever one long string:
 * joining, parsing and decoding that would block the thread of all extensions. A long text is
 * skipped at the speed of `indexOf`. Texts that are not JSON pass unchanged.
 */
export class AnswerReader {
  readonly #bounds: AnswerBounds;
  readonly #decode: Ports["decodeBase64"];
  readonly #latin1 = new TextDecoder("latin1");
  readonly #parts: Uint8Array[] = [];
  readonly #pictures: InlineImage[] = [];
  /** Totals so far. */
  readonly #totals = { bytes: 0, json: 0, values: 0, pictures: 0 };
  #depth = 0;
  /** The last complete text: a key if a colon follows. */
  #lastText = "";
  #currentKey: string | undefined;
  /** The text that is being read. */
  #text: OpenText | undefined;
  /** Whether the text's bytes so far end with an odd number of backslashes. */
  #isEscaped = false;

  constructor(ports: Pick<Ports, "decodeBase64">, bounds: AnswerBounds) {
    this.#decode = (text) => ports.decodeBase64(text);
    this.#bounds = bounds;
  }

  /**
   * Adds the next bytes.
   * @throws AnswerTooLargeError as soon as a bound is exceeded.
   */
  write(bytes: Uint8Array): void {
    this.#count("bytes", bytes.length);
    for (let at = 0; at < bytes.length; ) {
      at = this.#text === undefined ? this.#readJson(bytes, at) : this.#readText(bytes, at, this.#text);
    }
  }

  /** The answer, after all bytes. */
  end(): AnswerBody {
    // A text without an end is not JSON; the parser reports it.
    this.#parts.push(...(this.#text?.parts ?? []));
    const decoder = new TextDecoder();
    const text = this.#parts.map((part) => decoder.decode(part, { stream: true })).join("") + decoder.decode();
    return { text, pictures: this.#pictures };
  }

  #count(quantity: keyof AnswerBounds, amount: number): void {
    this.#totals[quantity] += amount;
    if (this.#totals[quantity] > this.#bounds[quantity]) {
      throw new AnswerTooLargeError(
        quantity === "values"
          ? `the answer has more than ${this.#bounds.values} values, so it was not read`
          : `the answer has more than ${this.#bounds[quantity] / 1e6} MB, so it was not read`,
      );
    }
  }

  #emit(part: Uint8Array): void {
    this.#count("json", part.length);
    this.#parts.push(part);
  }

  /** Reads up to the start of the next text; returns that position. */
  #readJson(bytes: Uint8Array, from: number): number {
    let at = from;
    for (; at < bytes.length && bytes[at] !== quote; at++) {
      this.#readStructure(bytes[at] ?? 0);
    }
    if (at < bytes.length) {
      at++;
      this.#count("values", 1);
      const isPicture = this.#currentKey !== undefined && pictureFields.has(this.#currentKey);
      this.#text = { parts: [], length: 0, picture: isPicture ? new InlineImageReader(this.#decode) : undefined };
    }
    this.#emit(bytes.slice(from, at));
    return at;
  }

  #readStructure(byte: number): void {
    if (byte === colon) {
      this.#currentKey = this.#lastText;
      return;
    }
    const isOpening = opening.has(byte);
    if (isOpening || byte === comma || closing.has(byte)) {
      this.#currentKey = undefined;
      this.#depth += isOpening ? 1 : byte === comma ? 0 : -1;
      this.#count("values", byte === comma || isOpening ? 1 : 0);
      if (this.#depth > depthLimit) {
        throw new AnswerTooLargeError(`the answer has more than ${depthLimit} levels, so it was not read`);
      }
    }
  }

  /** Reads up to the end of the text; returns that position. */
  #readText(bytes: Uint8Array, from: number, text: OpenText): number {
    let end = bytes.indexOf(quote, from);
    while (end >= 0 && this.#isEscapedAt(bytes, from, end)) {
      end = bytes.indexOf(quote, end + 1);
    }
    const stop = end < 0 ? bytes.length : end;
    this.#appendText(bytes.subarray(from, stop), text);
    this.#isEscaped = end < 0 && this.#isEscapedAt(bytes, from, stop);
    if (end >= 0) {
      this.#endText(text);
      this.#emit(bytes.slice(end, end + 1));
    }
    return stop + (end < 0 ? 0 : 1);
  }

  /** Whether the byte at `end` is escaped: an odd number of backslashes precedes it. */
  #isEscapedAt(bytes: Uint8Array, from: number, end: number): boolean {
    let at = end;
    while (at > from && bytes[at - 1] === backslash) {
      at--;
    }
    return ((end - at) % 2 === 1) !== (at === from && this.#isEscaped);
  }

  #appendText(bytes: Uint8Array, text: OpenText): void {
    if (text.picture !== undefined) {
      this.#count("pictures", text.picture.write(bytes));
      return;
    }
    text.length += bytes.length;
    if (text.length <= textLimit) {
      text.parts.push(bytes.slice());
    } else {
      text.parts = [];
    }
  }

  #endText({ parts, length, picture }: OpenText): void {
    this.#text = undefined;
    if (picture !== undefined) {
      const inlineImage = picture.end();
      if (inlineImage !== undefined) {
        this.#emit(new TextEncoder().encode(String(this.#pictures.push(inlineImage) - 1)));
      }
      return;
    }
    this.#lastText = length > 32 ? "" : parts.map((part) => this.#latin1.decode(part)).join("");
    for (const part of parts) {
      this.#emit(part);
    }
  }
}
