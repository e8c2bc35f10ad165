import type { Job } from "../jobs/job.ts";

/** Returns the first value that was equal, by its JSON. */
function createPool<Value>(): (value: Value) => Value {
  const known = new Map<string, Value>();
  return (value) => {
    const json = JSON.stringify(value);
    const first = known.get(json) ?? value;
    known.set(json, first);
    return first;
  };
}

/**
 * Makes equal values of many jobs the same object: their address, model, target and shape. A job is
 * never changed, so that saves memory and nothing else.
 */
export class SharedValues {
  readonly #text = createPool<string>();
  readonly #target = createPool<Job["target"]>();
  readonly #shape = createPool<Job["request"]["shape"]>();

  /** The same job, with shared values. */
  in(job: Job): Job {
    return {
      ...job,
      endpoint: this.#text(job.endpoint),
      model: this.#text(job.model),
      ...(job.workspace === undefined ? {} : { workspace: this.#text(job.workspace) }),
      target: this.#target(job.target),
      request: { ...job.request, shape: this.#shape(job.request.shape) },
    };
  }
}
