import { concatBytes } from "../bytes.ts";
import type { Ports } from "../ports.ts";

/** Fields of an answer that hold a picture's bytes, as base64 or as a data URI. */
export const pictureFields: ReadonlySet<string> = new Set(["imageBase64Data", "imageDataURI"]);

/** The bytes of a picture inside an answer, in decoded chunks. */
export class InlineImage {
  readonly chunks: readonly Uint8Array[];

  constructor(chunks: readonly Uint8Array[]) {
    this.chunks = chunks;
  }

  /** All bytes in one piece. */
  join(): Uint8Array<ArrayBuffer> {
    return concatBytes(this.chunks);
  }

  /** Picture bytes never become a part of a text. */
  toJSON(): string {
    return "";
  }
}

/** Characters within which the media type of a data URI must end. */
const dataUriPrefixLimit = 200;

/** Length of the longest escape in a JSON text: `\u002b`. */
const escapeLength = 6;

/**
 * Decodes base64, or a data URI, from the chunks of a JSON text. It holds only a few characters of
 * the text.
 */
export class InlineImageReader {
  readonly #decode: Ports["decodeBase64"];
  readonly #latin1 = new TextDecoder("latin1");
  readonly #chunks: Uint8Array[] = [];
  /** Characters that cannot be decoded before more follow. */
  #undecoded = "";
  #isPastPrefix = false;

  constructor(decode: Ports["decodeBase64"]) {
    this.#decode = decode;
  }

  /** Adds the next bytes of the text between its quotes; returns the number of decoded bytes. */
  write(bytes: Uint8Array): number {
    let text = this.#undecoded + this.#latin1.decode(bytes);
    const last = text.lastIndexOf("\\");
    const end = last >= 0 && text.length - last < escapeLength ? last : text.length;
    [text, this.#undecoded] = [unescapeJson(text.slice(0, end)), text.slice(end)];
    if (!this.#isPastPrefix) {
      const comma = text.startsWith("data:") ? text.indexOf(",") : -1;
      if (comma < 0 && /^(d|da|dat|data|data:.*)$/s.test(text) && text.length < dataUriPrefixLimit) {
        this.#undecoded = text + this.#undecoded;
        return 0;
      }
      this.#isPastPrefix = true;
      text = text.slice(comma + 1);
    }
    return this.#push(text, false);
  }

  /** The picture; `undefined` if there was none. */
  end(): InlineImage | undefined {
    this.#push(unescapeJson(this.#undecoded), true);
    return this.#chunks.length === 0 ? undefined : new InlineImage(this.#chunks);
  }

  /** Decodes all whole groups of four characters. */
  #push(text: string, isEnd: boolean): number {
    const clean = text.replace(/[^\w+/=-]/g, "");
    const end = isEnd ? clean.length : clean.length - (clean.length % 4);
    this.#undecoded = clean.slice(end) + this.#undecoded;
    const chunk = this.#decode(clean.slice(0, end));
    if (chunk.length > 0) {
      this.#chunks.push(chunk);
    }
    return chunk.length;
  }
}

/**
 * Undoes the escapes of a JSON text: some encoders write `\/` and `\u002b` in base64. Invalid
 * escapes become empty.
 */
function unescapeJson(text: string): string {
  if (!text.includes("\\")) {
    return text;
  }
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return "";
  }
}
