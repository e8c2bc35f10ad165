import { LimnError } from "./errors.ts";
import { type OtherFormat, otherExtensionOf, otherFormatOf, signatureLength } from "./otherFormat.ts";
import { extensionOf } from "./picture.ts";
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

/** What is known of an image that Limn stores and cannot show. */
interface OtherFacts {
  readonly otherFormat: OtherFormat;
}

/** Facts of a picture that has arrived. */
export type ArrivedFacts = PictureFacts | OtherFacts;

/** File extension without the dot. */
export const extensionFor = (facts: ArrivedFacts): string =>
  "otherFormat" in facts ? otherExtensionOf[facts.otherFormat] : extensionOf[facts.format];

/** Reads a picture's facts while its bytes pass by; holds no more of them than the head. */
export class Inspection {
  readonly #ports: Pick<Ports, "probe">;
  /** What has come, as long as it tells no facts. */
  #head: Uint8Array = new Uint8Array();
  #facts: PictureFacts | undefined;
  /** Set for an image that Limn cannot show: it was paid for, so it is stored as it comes. */
  #other: OtherFormat | undefined;
  #wholeness: Wholeness | undefined;

  constructor(ports: Pick<Ports, "probe">) {
    this.#ports = ports;
  }

  /** The next bytes of the file; throws a `LimnError` as soon as they cannot be those of a picture. */
  take(bytes: Uint8Array): void {
    if (this.#other !== undefined) {
      return;
    }
    if (this.#wholeness !== undefined) {
      this.#wholeness.take(bytes);
      return;
    }
    const head = join(this.#head, bytes);
    this.#facts = this.#ports.probe(head);
    if (this.#facts === undefined) {
      this.#other = head.length < signatureLength ? undefined : otherFormatOf(head);
      if (this.#other === undefined && head.length > headLimit) {
        throw notAPicture();
      }
      this.#head = this.#other === undefined ? head : new Uint8Array();
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

  /** The facts, once all bytes have passed; throws a `LimnError` where they were no image, or no whole PNG, JPEG or WebP. */
  end(): ArrivedFacts {
    if (this.#other !== undefined) {
      return { otherFormat: this.#other };
    }
    if (this.#facts === undefined) {
      throw notAPicture();
    }
    if (this.#wholeness?.isWhole !== true) {
      throw new LimnError("unexpected", "The picture arrived cut off.");
    }
    return this.#facts;
  }
}

/** Facts of a picture that has arrived; throws a `LimnError` where the bytes are no image, or no whole PNG, JPEG or WebP. */
export function inspectArrived(ports: Pick<Ports, "probe">, bytes: Uint8Array): ArrivedFacts {
  const inspection = new Inspection(ports);
  inspection.take(bytes);
  return inspection.end();
}

/** Real facts of a picture; throws a `LimnError` where the bytes are no whole PNG, JPEG or WebP. */
export function inspect(ports: Pick<Ports, "probe">, bytes: Uint8Array): PictureFacts {
  const facts = inspectArrived(ports, bytes);
  if ("otherFormat" in facts) {
    throw notAPicture();
  }
  return facts;
}
