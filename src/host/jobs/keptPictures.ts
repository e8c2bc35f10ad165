import type { Uri } from "vscode";
import type { Job, Picture } from "../../core/jobs/job.ts";
import type { Services } from "../services.ts";
import { isKeptAs } from "../workspace/fileUri.ts";

/** The pictures that were kept as this file, with their jobs, the newest job first. */
export const picturesKeptAs = (
  { journal }: Services["jobs"],
  file: Uri,
): readonly { readonly job: Job; readonly picture: Picture }[] =>
  journal
    .list()
    .flatMap((job) => job.pictures.filter((picture) => isKeptAs(picture, file)).map((picture) => ({ job, picture })));
