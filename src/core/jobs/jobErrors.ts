import * as l10n from "@vscode/l10n";
import { isStopped, LimnError } from "../errors.ts";
import { usesRealMoney } from "../money/realMoney.ts";
import { mayBeBilled } from "../money/spending.ts";
import { toRequestField } from "../request/requestFields.ts";
import { failureKind } from "../service/serviceError.ts";
import { serviceName, serviceNameFirst } from "../service/serviceName.ts";
import type { Job } from "./job.ts";

/** The outcome of the job's task is unknown. */
export const unknownOutcomeError = (job: Job) =>
  mayBeBilled(job)
    ? new LimnError(
        "unexpected",
        l10n.t(
          "{0} does not say what became of this request. It may have been billed. Use “Limn: Show Unfinished Jobs” to check again.",
          serviceNameFirst(job),
        ),
        { billed: "maybe", mentionsBilling: true },
      )
    : new LimnError(
        "unexpected",
        l10n.t(
          "{0} does not say what became of this request. Use “Limn: Show Unfinished Jobs” to check again.",
          serviceNameFirst(job),
        ),
      );

/** The window that reserved the job was closed before it sent anything. */
export const neverSentError = () =>
  new LimnError(
    "unexpected",
    l10n.t("This request was never sent, so nothing was bought. It is removed from the list now."),
  );

/** The error of a job that ended without a picture: its first failure. */
export function noPicturesError(job: Job): LimnError {
  const [failure] = job.failures;
  const field = toRequestField(failure?.field);
  return new LimnError(
    failure === undefined ? "upstream" : failureKind(failure),
    failure?.message ?? l10n.t("No picture was made, and {0} does not say why.", serviceName(job)),
    {
      billed: mayBeBilled(job) ? "maybe" : "no",
      ...(field === undefined ? {} : { field }),
      code: failure?.code ?? "",
    },
  );
}

/**
 * The error that ended a job, as the user should see it: a job of the sandbox is never billed. It
 * names a job that failed.
 */
export function errorOfJob(job: Pick<Job, "taskUUID" | "state" | "endpoint"> | undefined, error: unknown): unknown {
  if (!(error instanceof LimnError) || isStopped(error) || job === undefined) {
    return error;
  }
  const { kind, message, billed, mentionsBilling, field, code, isSettingsError, cause } = error;
  return new LimnError(kind, message, {
    ...(usesRealMoney(job) ? { billed, mentionsBilling } : {}),
    ...(field === undefined ? {} : { field }),
    ...(code === undefined ? {} : { code }),
    isSettingsError,
    ...(job.state === "failed" ? { failedJob: job.taskUUID } : {}),
    cause,
  });
}

/**
 * The job after its first send was refused. If the kind of the refusal is unknown, so is the
 * outcome.
 */
export function withRefusal(job: Job, { kind, billed, code = "", message, field }: LimnError): Job {
  return kind === "unexpected" && billed === "maybe"
    ? { ...job, state: "unknown" }
    : {
        ...job,
        state: "failed",
        failures: [{ code, message, kind, billed, ...(field === undefined ? {} : { field }) }],
      };
}
