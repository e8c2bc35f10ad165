import type { Endpoint, Ports } from "../ports.ts";
import type { JobRequest } from "../request/request.ts";
import type { Job } from "./job.ts";

/** What creating a job needs beside the request. */
interface NewJobContext {
  readonly ports: Pick<Ports, "workspaceOf">;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** USD that the job is expected to cost. */
  readonly estimate: number;
  readonly endpoint: Endpoint;
}

/** The job as it is stored before anything is sent. */
export function newJob(
  { request, target, settled }: JobRequest,
  taskUUID: string,
  { ports, createdAt, estimate, endpoint }: NewJobContext,
): Job {
  // Addresses of webhooks and uploads are not stored: presigned ones are credentials.
  const { references, webhookURL: _, uploadEndpoint: __, model, ...rest } = request;
  const workspace = ports.workspaceOf(target.folder);
  return {
    version: 1,
    taskUUID,
    state: "sending",
    createdAt,
    updatedAt: createdAt,
    endpoint: endpoint.name,
    model,
    request: { ...rest, references: references.map(({ image: _, ...reference }) => reference) },
    target,
    estimate,
    pictures: [],
    failures: [],
    ...(workspace === undefined ? {} : { workspace }),
    ...(settled === undefined ? {} : { settled }),
  };
}
