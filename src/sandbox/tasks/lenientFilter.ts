import type { AnyTask } from "./taskSchema.ts";

/**
 * Fields that the vendor's own clients send to every model, even if it does not declare them. The
 * AI-SDK provider (2.0.0) sends `checkNSFW` with each request, and the others if they are set.
 */
const platformFields: readonly string[] = [
  "CFGScale",
  "checkNSFW",
  "clipSkip",
  "negativePrompt",
  "promptWeighting",
  "scheduler",
  "seed",
  "steps",
];

/** A list with the only kind of output, as older clients send it. */
const singleOutputType = ({ outputType }: AnyTask): unknown =>
  Array.isArray(outputType) && outputType.length === 1 ? outputType[0] : undefined;

/**
 * Returns a function that removes fields for other models from a task, and logs each name once.
 * Fields of this model, such as a size, are still checked.
 */
export function createLenientFilter(log: (line: string) => void): (task: AnyTask) => AnyTask {
  const loggedFields = new Set<string>();
  const logOnce = (field: string, line: string) => {
    if (!loggedFields.has(field)) {
      loggedFields.add(field);
      log(line);
    }
  };
  return (task) => {
    if (task.taskType !== "imageInference") return task;
    const ignored = platformFields.filter((field) => Object.hasOwn(task, field));
    for (const field of ignored)
      logOnce(field, `Ignored '${field}': this model has no such field. --strict refuses it.`);
    const output = singleOutputType(task);
    if (output !== undefined) logOnce("outputType", "Read 'outputType' from a list of one. --strict refuses a list.");
    const keptFields = Object.entries(task).filter(([field]) => !ignored.includes(field));
    return {
      ...Object.fromEntries(keptFields),
      taskType: task.taskType,
      ...(output === undefined ? {} : { outputType: output }),
    };
  };
}
