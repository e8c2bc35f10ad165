import { describe, expect, test } from "vitest";
import { LimnError } from "../../src/core/errors.ts";
import { readEnvelope } from "../../src/core/service/envelope.ts";
import { interpretReply } from "../../src/core/service/send.ts";
import { errorKind, type ServiceError, toLimnError } from "../../src/core/service/serviceError.ts";

const endpoint = "https://api.runware.ai";

const serviceError = (code: string, message = "", more: Partial<ServiceError> = {}): ServiceError => ({
  code,
  message,
  parameters: [],
  ...more,
});

describe("An error of the service", () => {
  test.each([
    ["invalidApiKey", 401, "key", "no"],
    ["missingApiKey", 401, "key", "no"],
    ["", 401, "key", "no"],
    ["somethingNew", 401, "key", "no"],
    ["forbidden", 403, "permission", "no"],
    ["insufficientPermissions", 200, "permission", "no"],
    ["insufficientCredits", 400, "credits", "no"],
    ["", 402, "credits", "no"],
    ["conflictTaskUUID", 400, "conflict", "maybe"],
    ["concurrentRequestLimitExceeded", 400, "busy", "no"],
    ["", 429, "busy", "no"],
    ["", 408, "transient", "maybe"],
    ["", 500, "transient", "maybe"],
    ["somethingNew", 503, "transient", "maybe"],
    ["", 504, "transient", "maybe"],
    ["timeoutProvider", 504, "upstream", "maybe"],
    ["providerError", 400, "upstream", "maybe"],
    ["providerBadRequest", 400, "upstream", "maybe"],
    ["noAvailableServer", 503, "upstream", "maybe"],
    ["invalidProviderContent", 400, "moderation", "maybe"],
    ["contentModeration", 400, "moderation", "maybe"],
    ["imageModerationFailed", 400, "moderation", "maybe"],
    ["failedToTransferImage", 400, "reference", "no"],
    ["invalidPositivePrompt", 400, "input", "no"],
    ["missingWidth", 400, "input", "no"],
    ["unsupportedDimensions", 400, "input", "no"],
    ["duplicateReferenceImages", 400, "input", "no"],
    ["somethingNew", 400, "input", "no"],
    ["somethingNew", 200, "unexpected", "maybe"],
    ["constructor", 200, "unexpected", "maybe"],
  ])("%s with HTTP %i has kind %s and billed: %s", (code, status, kind, billed) => {
    expect(errorKind(code, status)).toBe(kind);
    expect(toLimnError(serviceError(code), status, endpoint)).toMatchObject({ kind, billed });
  });

  test("is not classified by numbers in its message", () => {
    const limit = toLimnError(serviceError("invalidPositivePrompt", "At most 2500 characters."), 400, endpoint);
    expect(limit.kind).toBe("input");
    expect(limit.message).toBe("Runware refused the request: At most 2500 characters. Change it and try again.");
  });

  test("shows the messages of service and provider as sentences, without the code", () => {
    const { message, code } = toLimnError(
      serviceError("contentModeration", "Blocked", { upstream: "risk control" }),
      400,
      endpoint,
    );
    expect(message).toBe(
      "The content filter stopped the request: Blocked. The provider says: risk control. Change the prompt or the reference image.",
    );
    expect(code).toBe("contentModeration");
  });

  test.each([
    ["positivePrompt", "prompt"],
    ["width", "size"],
    ["numberResults", "count"],
    ["inputs.referenceImages", "references"],
    ["inputs.referenceImages[2]", "references"],
    ["inputs.referenceImages.0", "references"],
    ["safety.mode", "safety.mode"],
  ])("about %s names the field %s", (parameter, field) => {
    expect(toLimnError(serviceError("invalidX", "", { parameters: [parameter] }), 400, endpoint).field).toBe(field);
  });
});

const id = "b47f79d6-af49-4208-8995-63d507de6a05";
const otherTaskId = "e93e9c10-ac72-41e8-8dd4-424cbb4c6745";
const reply = (status: number, body?: unknown) => ({
  status,
  answer: body === undefined ? undefined : readEnvelope(body),
  retryAfter: undefined,
});
const errorBody = (code: string, taskUUID?: string) => ({ errors: [{ code, message: "", taskUUID }] });

describe("A send", () => {
  test.each<[string, ReturnType<typeof reply>]>([
    ["an acknowledgement", reply(200, { data: [{ taskUUID: id }] })],
    ["empty data", reply(200, { data: [] })],
    ["a conflict: it was accepted before", reply(400, errorBody("conflictTaskUUID", id))],
    ["a conflict without a UUID", reply(400, errorBody("conflictTaskUUID"))],
    ["a picture, even next to an error", reply(500, { data: [{ taskUUID: id, imageURL: "x" }], ...errorBody("a") })],
    ["an error of another task only", reply(200, { data: [], ...errorBody("providerError", otherTaskId) })],
  ])("is accepted with %s", (_, answer) => {
    expect(interpretReply(answer, id, endpoint)).toMatchObject({ outcome: "accepted" });
  });

  test.each<[string, ReturnType<typeof reply>]>([
    ["HTML and HTTP 502", reply(502)],
    ["an empty body and HTTP 200", reply(200)],
    ["HTTP 408", reply(408)],
    ["a passing fault", reply(503, errorBody("serviceUnavailable", id))],
    ["HTTP 500 without an error", reply(500, { data: [] })],
  ])("is unsure with %s", (_, answer) => {
    expect(interpretReply(answer, id, endpoint)).toEqual({ outcome: "unsure" });
  });

  test.each<[string, ReturnType<typeof reply>, string, string]>([
    ["an error of the task", reply(400, errorBody("invalidPositivePrompt", id)), "input", "no"],
    ["an error of the whole call", reply(401, errorBody("invalidApiKey")), "key", "no"],
    ["an error with HTTP 200", reply(200, errorBody("insufficientCredits")), "credits", "no"],
    ["HTTP 401 without a body", reply(401), "key", "no"],
    ["HTTP 401 with empty data", reply(401, { data: [] }), "key", "no"],
    ["a redirect", reply(302), "unexpected", "no"],
    ["a page that is not there", reply(404), "unexpected", "no"],
    ["moderation", reply(400, errorBody("promptBlocked", id)), "moderation", "maybe"],
  ])("is refused with %s", (_, answer, kind, billed) => {
    const refusal = interpretReply(answer, id, endpoint);
    expect(refusal).toBeInstanceOf(LimnError);
    expect(refusal).toMatchObject({ kind, billed });
  });
});
