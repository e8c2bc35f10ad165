import { LimnError } from "../errors.ts";
import type { Model } from "../models/model.ts";
import type { Request } from "./request.ts";
import { type Task, toTask } from "./task.ts";
import { checkTask } from "./taskRules.ts";

/**
 * The request as a task that breaks no rule; throws a `LimnError` of kind `input` with the first
 * rule's sentence and field.
 */
export function toCheckedTask(request: Request, model: Model, taskUUID: string): Task {
  const task = toTask(request, model, taskUUID);
  const [first] = checkTask(task, model);
  if (first !== undefined) {
    throw new LimnError("input", first.message, { field: first.field });
  }
  return task;
}
