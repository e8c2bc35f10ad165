import type { AnyTask } from "./schema.ts";

/**
 * Fields that the vendor's own clients send to every model, whether or not it declares them: the AI-SDK provider (2.0.0) sends
 * `checkNSFW` with each request and the others where they are set, as do the SDKs and the gateways built on them.
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
const onlyOutput = ({ outputType }: AnyTask): unknown =>
  Array.isArray(outputType) && outputType.length === 1 ? outputType[0] : undefined;

/**
 * Reads tasks as leniently as the vendor's clients need: fields for other models are left out, and each is told to `log` once. What Kling
 * would be asked for in earnest, such as a size, is still checked.
 */
export function createLeniency(log: (line: string) => void): (task: AnyTask) => AnyTask {
  const told = new Set<string>();
  const tell = (field: string, line: string) => {
    if (!told.has(field)) {
      told.add(field);
      log(line);
    }
  };
  return (task) => {
    if (task.taskType !== "imageInference") return task;
    const ignored = platformFields.filter((field) => Object.hasOwn(task, field));
    for (const field of ignored) tell(field, `Ignored '${field}': this model has no such field. --strict refuses it.`);
    const output = onlyOutput(task);
    if (output !== undefined) tell("outputType", "Read 'outputType' from a list of one. --strict refuses a list.");
    const kept = Object.entries(task).filter(([field]) => !ignored.includes(field));
    return {
      ...Object.fromEntries(kept),
      taskType: task.taskType,
      ...(output === undefined ? {} : { outputType: output }),
    };
  };
}
