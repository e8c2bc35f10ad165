import * as l10n from "@vscode/l10n";
import { concatBytes } from "../bytes.ts";
import { LimnError } from "../errors.ts";
import { formatSize } from "../models/size.ts";
import type { PictureHeader, Ports } from "../ports.ts";
import { CompletenessChecker } from "./completeness.ts";
import { type OtherFormat, otherFormatOf, signatureLength } from "./otherFormat.ts";

const notAPicture = () => new LimnError("unexpected", l10n.t("What arrived is not a picture."));

/**
 * Maximum number of pixels a picture may claim: almost four times the largest that Kling makes.
 * Programs that show it decode 4 bytes for every pixel, and a file of a few hundred bytes can claim
 * 60,000 × 60,000.
 */
const pixelLimit = 64_000_000;

/** Bytes within which the header must be found: metadata and a thumbnail may come first. */
const headerLimit = 1_000_000;

/** Whether the first bytes of a PNG reach its pixels. */
const hasPngPixels = (head: Uint8Array): boolean => new TextDecoder("latin1").decode(head).includes("IDAT");

/** What is known of an image that Limn stores but cannot show. */
interface OtherFormatHeader {
  readonly otherFormat: OtherFormat;
}

/** The header of a received picture. */
export type ReceivedHeader = PictureHeader | OtherFormatHeader;

/** Reads a picture's header from its chunks, and holds no more than it. */
export class PictureInspector {
  readonly #ports: Pick<Ports, "probe">;
  /** The bytes so far, until they contain the header. */
  #head: Uint8Array = new Uint8Array();
  #header: PictureHeader | undefined;
  /** Set for an image that Limn cannot show: it was paid for, so it is stored as it is. */
  #otherFormat: OtherFormat | undefined;
  #completeness: CompletenessChecker | undefined;

  constructor(ports: Pick<Ports, "probe">) {
    this.#ports = ports;
  }

  /**
   * Adds the next bytes of the file.
   * @throws LimnError as soon as they cannot be those of a picture.
   */
  write(bytes: Uint8Array): void {
    if (this.#otherFormat !== undefined) {
      return;
    }
    if (this.#completeness !== undefined) {
      this.#completeness.write(bytes);
      return;
    }
    const head = this.#head.length === 0 ? bytes : concatBytes([this.#head, bytes]);
    this.#header = this.#ports.probe(head);
    if (this.#header === undefined) {
      this.#otherFormat = head.length < signatureLength ? undefined : otherFormatOf(head);
      if (this.#otherFormat === undefined && head.length > headerLimit) {
        throw notAPicture();
      }
      this.#head = this.#otherFormat === undefined ? head : new Uint8Array();
      return;
    }
    const { width, height } = this.#header;
    if (width * height > pixelLimit) {
      throw new LimnError(
        "unexpected",
        l10n.t(
          "What arrived claims to be {0} pixels, far more than any model makes, so it was not stored.",
          formatSize(this.#header),
        ),
      );
    }
    // What makes a palette transparent comes after the size.
    if (this.#header.format === "PNG" && head.length < headerLimit && !hasPngPixels(head)) {
      this.#head = head;
      return;
    }
    this.#head = new Uint8Array();
    this.#completeness = new CompletenessChecker(this.#header.format);
    this.#completeness.write(head);
  }

  /**
   * Returns the header, after all bytes.
   * @throws LimnError if the bytes are not an image, or not a complete PNG, JPEG or WebP.
   */
  end(): ReceivedHeader {
    if (this.#otherFormat !== undefined) {
      return { otherFormat: this.#otherFormat };
    }
    if (this.#header === undefined) {
      throw notAPicture();
    }
    if (this.#completeness?.isComplete !== true) {
      throw new LimnError("unexpected", l10n.t("The picture is incomplete."));
    }
    return this.#header;
  }
}

/**
 * Returns the header of a received picture.
 * @throws LimnError if the bytes are not an image, or not a complete PNG, JPEG or WebP.
 */
export function inspectReceived(ports: Pick<Ports, "probe">, bytes: Uint8Array): ReceivedHeader {
  const inspector = new PictureInspector(ports);
  inspector.write(bytes);
  return inspector.end();
}

/**
 * Returns the header of a picture.
 * @throws LimnError if the bytes are not a complete PNG, JPEG or WebP.
 */
export function inspect(ports: Pick<Ports, "probe">, bytes: Uint8Array): PictureHeader {
  const header = inspectReceived(ports, bytes);
  if ("otherFormat" in header) {
    throw notAPicture();
  }
  return header;
}
