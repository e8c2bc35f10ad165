import { LimnError } from "../errors.ts";
import { modelOf } from "../models/findModel.ts";
import type { Family } from "../models/model.ts";
import { type ToolTask, toToolTask } from "../tools/toolTask.ts";
import type { Request } from "./request.ts";
import { type Task, toTask } from "./task.ts";
import { checkTask } from "./taskRules.ts";

/**
 * The request as a task that breaks no rule of its model or tool; throws a `LimnError` of kind
 * `input` with the first broken rule's sentence and field.
 */
export function toCheckedTask(request: Request, family: Family, taskUUID: string): Task | ToolTask {
  if (request.tool !== undefined) {
    return toToolTask(request, request.tool, taskUUID);
  }
  const model = modelOf(family, request.model);
  const task = toTask(request, taskUUID);
  const [first] = checkTask(task, model);
  if (first !== undefined) {
    throw new LimnError("input", first.message, { field: first.field });
  }
  return task;
}
