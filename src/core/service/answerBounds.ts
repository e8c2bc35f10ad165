import type { StoredShape } from "../request/request.ts";

/** Upper bounds of an answer. */
export interface AnswerBounds {
  /** Bytes as received. */
  readonly bytes: number;
  /** Bytes of JSON, without pictures and skipped texts. */
  readonly json: number;
  /** Texts, keys, commas, lists and objects: each takes time and memory, however short it is. */
  readonly values: number;
  /** Bytes of decoded pictures. */
  readonly pictures: number;
}

/** The pictures that an answer may contain. */
export interface ExpectedPictures {
  readonly count: number;
  /** Maximum number of bytes of all of them, decoded. */
  readonly bytes: number;
}

/** Width and height in pixels, or the tier, if the request names them. */
interface ImageSize {
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly resolution?: string | undefined;
}

/** Pixels of the family's largest size in 4K, 6272 × 2688. */
const pixelsOf4k = 16_859_136;

/**
 * Minimum bound of a picture's bytes: the largest size below 4K is 17 MB uncompressed with alpha.
 */
const minPictureBytes = 20_000_000;

/** Bytes of one pixel, uncompressed with alpha. */
const pixelBytes = 4;

/**
 * Bytes of reference images that a refusal or `getTaskDetails` may repeat: as many as a request may
 * have. They are skipped.
 */
const echoedRequestBytes = 200_000_000;

/** The number of pictures, and their size if the request names one: without, none is above 2K. */
export function expectedPictures(
  count: number,
  { width = 0, height = 0, resolution }: ImageSize = {},
): ExpectedPictures {
  // A tier that Limn does not know may be larger than the others.
  const isLarge = resolution !== undefined && resolution !== "1k" && resolution !== "2k";
  const pixels = isLarge ? pixelsOf4k : width * height;
  return { count, bytes: count * Math.max(minPictureBytes, pixels * pixelBytes) };
}

/** The pictures of a request; none without a request. */
export const picturesOfRequest = (
  request: { readonly count: number; readonly shape: StoredShape } | undefined,
): ExpectedPictures => expectedPictures(request?.count ?? 0, typeof request?.shape === "object" ? request.shape : {});

/** Bounds of an answer with these pictures, and whether it may repeat the request. */
export function boundsFor({ count, bytes: pictures }: ExpectedPictures, echoesRequest = false): AnswerBounds {
  // Each of ten references, or of the provider's messages about twenty failures, may be as long as
  // a text may be.
  const json = 3_000_000 + count * 2000;
  return {
    bytes: json + Math.ceil((pictures * 4) / 3) + (echoesRequest ? echoedRequestBytes : 0),
    json,
    // An account has a list of keys and one of members; a page of HTML has commas.
    values: 30_000 + count * 150,
    pictures,
  };
}
