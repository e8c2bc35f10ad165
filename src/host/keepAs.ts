import { l10n, Uri, workspace } from "vscode";
import type { Job, Picture } from "../core/job.ts";
import type { Target } from "../core/request.ts";
import type { Draft } from "./flow/draft.ts";
import { targetStep } from "./flow/targetStep.ts";
import { walk } from "./flow/walk.ts";
import type { Services } from "./services.ts";
import { setting } from "./settings.ts";

/** The folder that is proposed: the job's own where it is open here, and the one that is set otherwise. */
function firstFolder({ target: { folder } }: Job): Uri | undefined {
  const own = folder === "" ? undefined : Uri.parse(folder);
  const [root] = workspace.workspaceFolders ?? [];
  return own !== undefined && workspace.getWorkspaceFolder(own) !== undefined
    ? own
    : root && Uri.joinPath(root.uri, setting("folder", root.uri));
}

/** Asks where a picture that is made should be kept. Rejects with kind `stopped` on Escape. */
export async function askTarget({ model, ports }: Services, job: Job, picture: Picture): Promise<Target> {
  const { width = 1, height = 1, format = job.request.format } = picture;
  const start: Draft = {
    prompt: job.request.prompt,
    values: new Map(),
    loaded: { references: [], notes: [] },
    shape: { width, height },
    count: 1,
    format,
    path: undefined,
    spot: undefined,
    folder: firstFolder(job),
    template: job.target.name,
  };
  const { spot } = await walk(l10n.t("Keep As"), [targetStep(model, ports.files, format)], start);
  if (spot === undefined) {
    throw new Error("The step ended without a place to save.");
  }
  return { folder: spot.folder.toString(), name: spot.name, keep: "ask" };
}
