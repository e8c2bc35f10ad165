import { LimnError } from "./errors.ts";
import type { PictureFacts, Ports } from "./ports.ts";
import { formatSize } from "./size.ts";
import { Wholeness } from "./whole.ts";

const notAPicture = () => new LimnError("unexpected", "What arrived is not a picture.");

/**
 * Most pixels a picture may claim to have: fifteen times the largest Kling makes and four times 4K. Whoever shows a picture decodes all
 * it claims, 4 bytes each, and a file of a few hundred bytes can claim 60,000 × 60,000.
 */
const pixelLimit = 64_000_000;

/** Bytes of a file in which its header must be found: metadata and a thumbnail may come first. */
const headLimit = 1_000_000;

function join(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) {
    return other;
  }
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/** Reads a picture's facts while its bytes pass by; holds no more of them than the head. */
export class Inspection {
  readonly #ports: Pick<Ports, "probe">;
  /** What has come, as long as it tells no facts. */
  #head: Uint8Array = new Uint8Array();
  #facts: PictureFacts | undefined;
  #wholeness: Wholeness | undefined;

  constructor(ports: Pick<Ports, "probe">) {
    this.#ports = ports;
  }

  /** The next bytes of the file; throws a `LimnError` as soon as they cannot be those of a picture. */
  take(bytes: Uint8Array): void {
    if (this.#wholeness !== undefined) {
      this.#wholeness.take(bytes);
      return;
    }
    const head = join(this.#head, bytes);
    this.#facts = this.#ports.probe(head);
    if (this.#facts === undefined) {
      if (head.length > headLimit) {
        throw notAPicture();
      }
      this.#head = head;
      return;
    }
    const { width, height } = this.#facts;
    if (width * height > pixelLimit) {
      throw new LimnError(
        "unexpected",
        `What arrived claims to be ${formatSize(this.#facts)} pixels, far more than any model makes, so it was not taken for a picture.`,
      );
    }
    this.#head = new Uint8Array();
    this.#wholeness = new Wholeness(this.#facts.format);
    this.#wholeness.take(head);
  }

  /** The facts, once all bytes have passed; throws a `LimnError` where they were no whole PNG, JPEG or WebP. */
  end(): PictureFacts {
    if (this.#facts === undefined) {
      throw notAPicture();
    }
    if (this.#wholeness?.isWhole !== true) {
      throw new LimnError("unexpected", "The picture arrived cut off.");
    }
    return this.#facts;
  }
}

/** Real facts of a picture; throws a `LimnError` where the bytes are no whole PNG, JPEG or WebP. */
export function inspect(ports: Pick<Ports, "probe">, bytes: Uint8Array): PictureFacts {
  const inspection = new Inspection(ports);
  inspection.take(bytes);
  return inspection.end();
}
