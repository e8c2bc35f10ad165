import type { Job } from "../jobs/job.ts";

/** Returns the first value that was equal, by its key. */
function createPool<Value>(keyOf: (value: Value) => string): (value: Value) => Value {
  const known = new Map<string, Value>();
  return (value) => {
    const key = keyOf(value);
    const first = known.get(key) ?? value;
    known.set(key, first);
    return first;
  };
}

/**
 * Most jobs have several arrays without elements. This one is frozen, since an element that is
 * added would be in all jobs.
 */
const none: never[] = [];
Object.freeze(none);

const sharedIfEmpty = <Value>(values: Value[]): Value[] => (values.length === 0 ? none : values);

/**
 * Makes equal values of many jobs the same object: their address, model, target, shape and empty
 * arrays. A job that others know is never changed, so that saves memory and nothing else.
 */
export class SharedValues {
  readonly #text = createPool<string>((text) => text);
  readonly #target = createPool<Job["target"]>(JSON.stringify);
  readonly #shape = createPool<Job["request"]["shape"]>(JSON.stringify);

  /** Shares the values of a job that was just parsed. It is changed itself: a copy is garbage. */
  shareIn(job: Job): Job {
    const { request, pictures } = job;
    job.endpoint = this.#text(job.endpoint);
    job.model = this.#text(job.model);
    if (job.workspace !== undefined) {
      job.workspace = this.#text(job.workspace);
    }
    job.target = this.#target(job.target);
    job.failures = sharedIfEmpty(job.failures);
    request.shape = this.#shape(request.shape);
    request.references = sharedIfEmpty(request.references);
    for (const picture of pictures) {
      picture.kept = sharedIfEmpty(picture.kept);
      // Most pictures have the service's id. Equal strings from JSON are two; one is enough.
      if (picture.imageUUID === picture.id) {
        picture.imageUUID = picture.id;
      }
    }
    return job;
  }
}
