import type { StoredRequest } from "../request/request.ts";
import type { StoredToolUse } from "./tool.ts";

/**
 * The fields and values of the API for a request to a tool, as they are: only those that the API
 * declares, because it refuses others.
 */
export function toolTaskFields(request: StoredRequest, tool: StoredToolUse, taskUUID: string) {
  const { ttl, references } = request;
  return {
    taskType: tool.id,
    taskUUID,
    model: request.model,
    inputs: { image: references[0]?.image ?? "" },
    ...(tool.factor === undefined ? {} : { upscaleFactor: tool.factor }),
    outputType: request.outputType,
    outputFormat: request.format,
    outputQuality: request.quality,
    deliveryMethod: request.deliveryMethod,
    ...(ttl === undefined ? {} : { ttl }),
    includeCost: true,
  };
}
