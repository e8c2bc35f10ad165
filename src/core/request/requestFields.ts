/** The parts of a request that a problem or an error can be about, as Limn names them. */
export const requestFields = [
  "model",
  "prompt",
  "references",
  "size",
  "resolution",
  "count",
  "format",
  "quality",
  "path",
  "safety",
  "safety.mode",
  "safety.checkContent",
  "ttl",
  "outputType",
  "deliveryMethod",
  "webhookURL",
  "uploadEndpoint",
  "taskUUID",
  "budget",
] as const;

/** A part of a request. */
export type RequestField = (typeof requestFields)[number];

/** The part of a request with this name; `undefined` if there is none. */
export const toRequestField = (text: string | undefined): RequestField | undefined =>
  requestFields.find((field) => field === text);
