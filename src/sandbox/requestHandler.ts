import { errorReply, type HttpReply, isPicturePath, jsonReply, servePicture, toResponse } from "./httpReply.ts";
import { readBounded } from "./loopback.ts";
import { ConnectionCutError } from "./tasks/acceptance.ts";
import type { SandboxContext } from "./tasks/context.ts";
import { Refusal } from "./tasks/refusal.ts";
import { handleTasks } from "./tasks/taskRequest.ts";

// Ten references of ten megabytes in base64, and room for the rest.
const bodyLimit = 150_000_000;
const taskPaths = new Set(["/v1", "/v1/", "/"]);

const methodNotAllowed = (allow: string): HttpReply => {
  const errors = [{ code: "methodNotAllowed", message: `Use ${allow.replaceAll(", ", " or ")} here.` }];
  return jsonReply(405, { errors }, { Allow: allow });
};

async function handlePost(request: Request, key: string, context: SandboxContext): Promise<HttpReply> {
  const tooLarge = errorReply({
    code: "payloadTooLarge",
    message: `A request may have at most ${bodyLimit / 1e6} MB.`,
  });
  if (Number(request.headers.get("content-length") ?? 0) > bodyLimit) return tooLarge;
  const body = await readBounded(request.body ?? [], bodyLimit);
  if (body === undefined) return tooLarge;
  const { data, errors } = await handleTasks(body, request.headers.get("authorization") ?? undefined, key, context);
  if (data.length === 0 && errors.length > 0) return errorReply(...errors);
  return jsonReply(200, errors.length > 0 ? { data, errors } : { data });
}

async function route(request: Request, key: string, context: SandboxContext): Promise<HttpReply> {
  const { method } = request;
  const { pathname } = new URL(request.url);
  if (isPicturePath(pathname)) {
    return method === "GET" || method === "HEAD" ? servePicture(pathname, context) : methodNotAllowed("GET, HEAD");
  }
  if (!taskPaths.has(pathname)) return errorReply({ code: "notFound", message: "There is nothing at this address." });
  return method === "POST" ? handlePost(request, key, context) : methodNotAllowed("POST");
}

async function reply(request: Request, key: string, context: SandboxContext): Promise<HttpReply> {
  try {
    return await route(request, key, context);
  } catch (error) {
    if (error instanceof Refusal) return errorReply(...error.errors);
    if (error instanceof ConnectionCutError || context.closing.aborted) throw error;
    context.log(`The sandbox failed at a request: ${String(error)}`);
    return errorReply({ code: "internalServerError", message: "The sandbox failed at this request." });
  }
}

/** Answers one request to the sandbox. */
export type RequestHandler = (request: Request) => Promise<Response>;

/**
 * Returns the handler of all requests. It needs no network: HTTP servers and callers in the same
 * process share it. It rejects if there must be no answer: the prompt asks the sandbox to cut the
 * connection, or the sandbox closes.
 */
export const createRequestHandler =
  (key: string, context: SandboxContext): RequestHandler =>
  async (request) =>
    toResponse(await reply(request, key, context), request);
