import type { Job } from "../jobs/job.ts";
import type { Model } from "../models/model.ts";
import { readRemoteReference } from "./remoteReference.ts";
import { type Task, toTask } from "./task.ts";

/** The API's address, where a job does not know it. Source: Runware's documentation. */
const defaultEndpointUrl = "https://api.runware.ai/v1";

/**
 * The job's request as one that stands alone: answered in one go, with a UUID of its own. Images of
 * files are not in the journal, so each stands as words in angle brackets.
 */
function toStandaloneTask({ request }: Job, model: Model, taskUUID: string): Task {
  const references = request.references.map(({ label, source }) => ({
    label,
    image: readRemoteReference(source ?? "")?.image ?? `<${source === undefined ? "address" : "data URI"} of ${label}>`,
  }));
  return toTask({ ...request, references, deliveryMethod: "sync" }, model, taskUUID);
}

const endpointUrlOf = ({ endpoint }: Job): string => (URL.canParse(endpoint) ? endpoint : defaultEndpointUrl);

/** A text as one word of a POSIX shell. */
const quoteForShell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * The job's request as a curl command; the key is taken from the environment variable
 * `RUNWARE_API_KEY`.
 */
export function toCurl(job: Job, model: Model, taskUUID: string): string {
  const body = JSON.stringify([toStandaloneTask(job, model, taskUUID)], undefined, 2);
  return [
    `curl ${quoteForShell(endpointUrlOf(job))}`,
    '  -H "Authorization: Bearer $RUNWARE_API_KEY"',
    "  -H 'Content-Type: application/json'",
    `  --data-raw ${quoteForShell(body)}`,
  ].join(" \\\n");
}

/**
 * The job's request as TypeScript for Node, without dependencies; the key is taken from
 * `RUNWARE_API_KEY`.
 */
export function toTypeScript(job: Job, model: Model): string {
  const { taskUUID: _, ...task } = toStandaloneTask(job, model, "");
  const fields = JSON.stringify(task, undefined, 2).slice(2);
  return `const task = {
  "taskUUID": crypto.randomUUID(),
${fields};

const response = await fetch(${JSON.stringify(endpointUrlOf(job))}, {
  method: "POST",
  headers: { Authorization: \`Bearer \${process.env.RUNWARE_API_KEY}\`, "Content-Type": "application/json" },
  body: JSON.stringify([task]),
});
const { data, errors } = await response.json();
`;
}
