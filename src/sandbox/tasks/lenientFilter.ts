import type { AnyTask } from "./taskSchema.ts";

/**
 * Fields that the vendor's own clients send to every model, whether or not it declares them. The
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

/** The only kind of output in a list, as older clients write it. */
const singleOutputType = ({ outputType }: AnyTask): unknown =>
  Array.isArray(outputType) && outputType.length === 1 ? outputType[0] : undefined;

/**
 * Returns a function that leaves fields for other models out of a task, and names each of them to
 * `log` once. What this model has itself, such as a size, is still checked.
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
