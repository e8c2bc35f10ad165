/** One error of an answer, in the API's fields. */
export interface ApiError {
  readonly code: string;
  readonly message: string;
  readonly parameter?: string | readonly string[];
  readonly type?: string;
  readonly documentation?: string;
  readonly taskUUID?: string;
  readonly taskType?: string;
  readonly allowedValues?: readonly (string | number | boolean)[];
  readonly min?: number;
  readonly max?: number;
}

/** The HTTP status of some error codes; all others have 400. */
const statuses: Readonly<Record<string, number>> = {
  invalidApiKey: 401,
  missingApiKey: 401,
  insufficientCredits: 402,
  forbidden: 403,
  insufficientPermissions: 403,
  notFound: 404,
  methodNotAllowed: 405,
  payloadTooLarge: 413,
  tooManyRequests: 429,
  internalServerError: 500,
  serviceUnavailable: 503,
  noAvailableServer: 503,
};

/** The HTTP status for an error code. */
export const httpStatusOf = (code: string): number => statuses[code] ?? 400;

/** Thrown if a task or a whole request is refused: nothing is accepted or billed. */
export class Refusal extends Error {
  readonly errors: readonly ApiError[];

  constructor(...errors: readonly ApiError[]) {
    super(errors.map(({ message }) => message).join(" "));
    this.errors = errors;
  }
}

/** The address of the vendor's documentation of a parameter. */
export const documentationUrl = (parameter: string): string =>
  `https://runware.ai/docs/models/klingai-image-3-0#request-${parameter.toLowerCase().replaceAll(".", "-")}`;
