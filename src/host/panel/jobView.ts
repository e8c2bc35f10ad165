import { l10n } from "vscode";
import { type Failure, isOpen, type Job, type Picture, unmadeCount } from "../../core/jobs/job.ts";
import { costOf, plausibleCost } from "../../core/jobs/jobCost.ts";
import { findModel } from "../../core/models/findModel.ts";
import type { Family } from "../../core/models/model.ts";
import { formatSize, shapeIn2k } from "../../core/models/size.ts";
import { estimateCost } from "../../core/money/price.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { mayBeBilled } from "../../core/money/spending.ts";
import { unshownFormatOf } from "../../core/pictures/pictureFormat.ts";
import { isMissingInVault, shownPictures } from "../../core/pictures/shownPictures.ts";
import { unknownValues } from "../../core/request/knownRequest.ts";
import { toRequestField } from "../../core/request/requestFields.ts";
import { failureKind } from "../../core/service/serviceError.ts";
import { serviceName } from "../../core/service/serviceName.ts";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import { shownName } from "../../core/text/shownName.ts";
import { findTool } from "../../core/tools/tools.ts";
import type { JobView, PictureView } from "../../protocol.ts";
import { jobNotes, pictureNotes } from "../jobs/resultNotes.ts";
import { referenceFile } from "../lightTable/comparePictures.ts";
import { isAboutRequest, remedyOfKind } from "../ui/errorMessage.ts";
import { editedFile } from "./pictures/editedFile.ts";
import { thumbnailName } from "./pictures/thumbnailName.ts";

/** What a view needs to know of a job besides the journal. */
export interface JobViewContext {
  /** The models that Limn knows. */
  readonly family: Family;
  /** Whether this window polls the job. */
  readonly isFollowed: (job: string) => boolean;
  /** Whether nothing of the job was sent yet. */
  readonly isUnsent: (job: string) => boolean;
  /** Whether the vault has a file of this name. */
  readonly isInVault: (file: string) => boolean;
  readonly hasThumbnail: (name: string) => boolean;
  /** Whether the URI belongs to a folder that is open. */
  readonly isInWorkspace: (uri: string) => boolean;
  /** Time of the last change; milliseconds since the epoch. */
  readonly lastActivityAt: (job: Job) => number;
  /** The path of a URI as shown to the user. */
  readonly shownPath: (uri: string) => string;
}

function pictureView(job: Job, picture: Picture, context: JobViewContext): PictureView {
  const { hasThumbnail, shownPath } = context;
  const { id, imageUUID, file, width, height, format, seed, kept, starred, unsafe, hasAlpha } = picture;
  const cost = plausibleCost(job, picture);
  const unshownFormat = unshownFormatOf(picture);
  const isMissing = isMissingInVault(picture, context.isInVault);
  const problem = isMissing
    ? l10n.t("Its file is missing from Limn's vault. “Check Again” fetches it while {0} has it.", serviceName(job))
    : picture.problem;
  const thumbnail = thumbnailName(picture);
  const isStored = file !== undefined && !isMissing;
  return {
    id,
    ...(imageUUID === undefined ? {} : { imageUuid: imageUUID }),
    ...(isStored && width !== undefined ? { width } : {}),
    ...(isStored && height !== undefined ? { height } : {}),
    ...(isStored && format !== undefined ? { format: shownName(format) } : {}),
    ...(isStored && unshownFormat !== undefined ? { otherFormat: shownName(unshownFormat) } : {}),
    ...(seed === undefined ? {} : { seed }),
    ...(cost === undefined ? {} : { cost }),
    ...(hasThumbnail(thumbnail) ? { thumbnail } : {}),
    ...(problem === undefined ? {} : { problem: escapeBidiControls(problem) }),
    kept: kept.map(shownPath).map(escapeBidiControls),
    isStarred: starred === true,
    isUnsafe: unsafe === true,
    ...(hasAlpha === true ? { hasAlpha } : {}),
    notes: pictureNotes(job, picture).map(escapeBidiControls),
  };
}

function failureView({ message, field: name }: Failure): JobView["failures"][number] {
  const field = toRequestField(name);
  return { message: escapeBidiControls(message), ...(field === undefined ? {} : { field }) };
}

/** The model's name, or the id of one that Limn does not know; nothing for the default model. */
const modelField = ({ model: id, request: { tool } }: Job, family: Family): Pick<JobView, "model"> =>
  id === family[0].id
    ? {}
    : { model: (tool ? findTool(tool)?.modelName : findModel(family, id)?.name) ?? shownName(id) };

/** The price of today: that of the day it began may be another. A tool has no list price. */
function tryAgainField(job: Job, family: Family): Pick<JobView, "unmade" | "tryAgainEstimate"> {
  const { state, model: id, request } = job;
  const unmade = unmadeCount(job);
  const count = state === "failed" ? request.count : unmade;
  const isPossible = count > 0 && unknownValues(request).length === 0;
  const model = isPossible ? findModel(family, id) : undefined;
  const tool = isPossible && request.tool !== undefined ? findTool(request.tool) : undefined;
  return {
    ...(unmade === 0 ? {} : { unmade }),
    ...(model === undefined ? {} : { tryAgainEstimate: estimateCost(model, request.shape, count) }),
    ...(tool === undefined ? {} : { tryAgainEstimate: job.estimate }),
  };
}

/** Today's prices of the same request, and of one picture in 2K. */
function makeMoreFields({ model: id, request }: Job, family: Family): Partial<JobView> {
  const model = unknownValues(request).length === 0 ? findModel(family, id) : undefined;
  if (model === undefined) {
    return {};
  }
  const in2k = shapeIn2k(model, request.shape);
  return {
    makeMoreEstimate: estimateCost(model, request.shape, request.count),
    ...(in2k === undefined ? {} : { in2kEstimate: estimateCost(model, in2k, 1) }),
  };
}

/** What helps after the first failure of a job that failed. */
function remedyField({ state, request, failures: [failure] }: Job): Pick<JobView, "remedy"> {
  if (state !== "failed" || failure === undefined) {
    return {};
  }
  const kind = failureKind(failure);
  const isEdited = request.tool === undefined && isAboutRequest({ kind, field: failure.field });
  const remedy = isEdited ? "edit" : kind === "offline" ? undefined : remedyOfKind[kind];
  return remedy === undefined ? {} : { remedy };
}

function shapeLabel({ state, request: { shape, tool } }: Job): string {
  const known = tool && findTool(tool);
  if (known !== undefined && tool !== undefined) {
    return state === "done" ? known.result(tool) : known.name();
  }
  if (shape === "like-reference") {
    return l10n.t("like the reference");
  }
  return "resolution" in shape
    ? l10n.t("{0} like the reference", shownName(shape.resolution.toUpperCase()))
    : formatSize(shape);
}

/** What is known of the image that a job has changed, and of what names it. */
function originalFields(job: Job): Pick<JobView, "hasOriginal" | "hasNoPrompt"> {
  return {
    ...(referenceFile(job)?.source === undefined ? {} : { hasOriginal: true }),
    ...(job.request.promptIsFileName === true ? { hasNoPrompt: true } : {}),
  };
}

/** A job as the page shows it; `undefined` if it is done and all its pictures are hidden. */
export function jobView(job: Job, context: JobViewContext): JobView | undefined {
  const { shown, discarded } = shownPictures(job, context.isInVault);
  if (job.state === "done" && shown.length + discarded.length === 0) {
    return undefined;
  }
  const { prompt, exportTarget, promptHint, count, format, references, shape } = job.request;
  // The cost is complete only when all pictures have arrived.
  const cost = isOpen(job) ? undefined : costOf(job);
  return {
    id: job.taskUUID,
    state: job.state,
    isFollowed: context.isFollowed(job.taskUUID),
    ...(context.isUnsent(job.taskUUID) ? { isUnsent: true } : {}),
    createdAt: job.createdAt,
    ...(job.progress === undefined ? {} : { progress: job.progress }),
    lastActivityAt: context.lastActivityAt(job),
    prompt,
    ...(exportTarget === undefined ? {} : { exportTarget }),
    ...(promptHint === undefined ? {} : { promptHint }),
    shape: shapeLabel(job),
    ...(shape === "like-reference" || "resolution" in shape ? {} : { pixels: shape }),
    count,
    format: shownName(format),
    references: references.map(({ label }) => escapeBidiControls(label)),
    hasReferenceFile: editedFile(job, context.isInWorkspace) !== undefined,
    ...originalFields(job),
    failures: job.failures.map((failure) => failureView(failure)),
    notes: job.state === "done" ? jobNotes(job).map(escapeBidiControls) : [],
    estimate: job.estimate,
    ...tryAgainField(job, context.family),
    ...makeMoreFields(job, context.family),
    ...remedyField(job),
    ...(cost === undefined ? {} : { cost }),
    isSandbox: !usesRealMoney(job),
    ...modelField(job, context.family),
    mayBeBilled: mayBeBilled(job),
    pictures: shown.map((picture) => pictureView(job, picture, context)),
    ...(discarded.length === 0 ? {} : { discarded: discarded.map((picture) => pictureView(job, picture, context)) }),
  };
}
