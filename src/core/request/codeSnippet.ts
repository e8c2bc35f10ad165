import * as l10n from "@vscode/l10n";
import type { Job } from "../jobs/job.ts";
import { readRemoteReference } from "./remoteReference.ts";
import { taskFields } from "./task.ts";

/** The API's address for jobs that do not name one. Source: Runware's documentation. */
const defaultEndpointUrl = "https://api.runware.ai/v1";

/** What the user has to fill in for a reference whose image is not in the journal. */
const imagePlaceholder = (label: string, source: string | undefined): string =>
  source === undefined ? l10n.t("<address of {0}>", label) : l10n.t("<data URI of {0}>", label);

/**
 * The job's request as a synchronous task. The journal does not store the images of files and
 * addresses that may hold a secret, so words in angle brackets replace them.
 */
function toStandaloneTask({ request, model }: Job, taskUUID: string) {
  const references = request.references.map(({ label, source }) => ({
    label,
    image: readRemoteReference(source ?? "")?.image ?? imagePlaceholder(label, source),
  }));
  return taskFields({ ...request, model, references, deliveryMethod: "sync" }, taskUUID);
}

const endpointUrlOf = ({ endpoint }: Job): string => (URL.canParse(endpoint) ? endpoint : defaultEndpointUrl);

/** A text as one word of a POSIX shell. */
const quoteForShell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** The job's request as a curl command, which reads the key from the variable `RUNWARE_API_KEY`. */
export function toCurl(job: Job, taskUUID: string): string {
  const body = JSON.stringify([toStandaloneTask(job, taskUUID)], undefined, 2);
  return [
    `curl ${quoteForShell(endpointUrlOf(job))}`,
    '  -H "Authorization: Bearer $RUNWARE_API_KEY"',
    "  -H 'Content-Type: application/json'",
    `  --data-raw ${quoteForShell(body)}`,
  ].join(" \\\n");
}

/**
 * The job's request as TypeScript for Node, without dependencies, which reads the key from the
 * variable `RUNWARE_API_KEY`.
 */
export function toTypeScript(job: Job): string {
  const { taskUUID: _, ...task } = toStandaloneTask(job, "");
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
