import type { Ports } from "./ports.ts";

/** The bytes of a picture that came within an answer, in the pieces they were decoded in. */
export class Carried {
  readonly pieces: readonly Uint8Array[];

  constructor(pieces: readonly Uint8Array[]) {
    this.pieces = pieces;
  }

  /** All bytes in one piece. */
  join(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.pieces.reduce((length, piece) => length + piece.length, 0));
    let at = 0;
    for (const piece of this.pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }

  /** Picture bytes are never a part of a text. */
  toJSON(): string {
    return "";
  }
}

/** Characters in which the media type of a data URI must end. */
const headLimit = 200;

/** Characters of the longest escape in a JSON text: `\u002b`. */
const escapeLength = 6;

/** Decodes base64, or a data URI, from the pieces of a JSON text as they come. Holds no more of the text than a few characters. */
export class CarriedReader {
  readonly #decode: Ports["decodeBase64"];
  readonly #latin1 = new TextDecoder("latin1");
  readonly #pieces: Uint8Array[] = [];
  /** What cannot be decoded before more has come. */
  #rest = "";
  #isPastHead = false;

  constructor(decode: Ports["decodeBase64"]) {
    this.#decode = decode;
  }

  /** The next bytes of the text between its quotes; returns how many bytes of the picture came of them. */
  take(bytes: Uint8Array): number {
    let text = this.#rest + this.#latin1.decode(bytes);
    const last = text.lastIndexOf("\\");
    const end = last >= 0 && text.length - last < escapeLength ? last : text.length;
    [text, this.#rest] = [undoEscapes(text.slice(0, end)), text.slice(end)];
    if (!this.#isPastHead) {
      const comma = text.startsWith("data:") ? text.indexOf(",") : -1;
      if (comma < 0 && /^(d|da|dat|data|data:.*)$/s.test(text) && text.length < headLimit) {
        this.#rest = text + this.#rest;
        return 0;
      }
      this.#isPastHead = true;
      text = text.slice(comma + 1);
    }
    return this.#push(text, false);
  }

  /** The picture; `undefined` if there was none. */
  end(): Carried | undefined {
    this.#push(undoEscapes(this.#rest), true);
    return this.#pieces.length === 0 ? undefined : new Carried(this.#pieces);
  }

  /** Decodes all but what is no whole group of four characters. */
  #push(text: string, isEnd: boolean): number {
    const clean = text.replace(/[^\w+/=-]/g, "");
    const end = isEnd ? clean.length : clean.length - (clean.length % 4);
    this.#rest = clean.slice(end) + this.#rest;
    const piece = this.#decode(clean.slice(0, end));
    if (piece.length > 0) {
      this.#pieces.push(piece);
    }
    return piece.length;
  }
}

/** Undoes the escapes of a JSON text: some encoders write `\/` and `\u002b` in base64. Broken ones become nothing. */
function undoEscapes(text: string): string {
  if (!text.includes("\\")) {
    return text;
  }
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return "";
  }
}
