import type { Job } from "../../core/jobs/job.ts";
import type { Model } from "../../core/models/model.ts";
import { listPromptHistory, type PastPrompt } from "../../core/request/prompts.ts";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import type { DraftView, EngineView, ModelView, PressView, PromptView, Snapshot } from "../../protocol.ts";
import { describeReferences, type LoadedReferences } from "../request/references.ts";
import { referenceId, referenceThumbnailName } from "./draft/draftReferences.ts";
import { type JobViewContext, jobView } from "./jobView.ts";
import { lastDiscarded, type PanelState } from "./panelState.ts";

/** What a snapshot is made from. */
export interface SnapshotContext extends JobViewContext {
  /** The model of the settings. */
  readonly model: Model;
  /** The id in the setting if Limn does not know it. */
  readonly unknownModel: string | undefined;
  readonly engine: EngineView;
  /** Newest first. */
  readonly jobs: readonly Job[];
  readonly references: LoadedReferences;
  readonly defaults: DraftView["defaults"];
  readonly savedPrompts: readonly PromptView[];
  /** Prompts of jobs that were forgotten. */
  readonly forgottenPrompts: readonly PastPrompt[];
  readonly vaultBytes: number;
  /** Link to the folder of thumbnails, ending in a slash. */
  readonly thumbnails: string;
  readonly panelState: PanelState;
  readonly presses: readonly PressView[];
}

function modelView(model: Model): ModelView {
  const { id, name, sizes, resolutions, isSizeRequired, promptMinimum, promptLimit, results, quality, ttlMinimum } =
    model;
  const { formats, outputTypes, deliveryMethods, safetyModes, price, references } = model;
  return {
    ...{
      id,
      name,
      summary: model.summary(),
      sizes,
      resolutions,
      isSizeRequired,
      promptMinimum,
      promptLimit,
      results,
      quality,
      ttlMinimum,
      formats,
      outputTypes,
      deliveryMethods,
      safetyModes,
      price,
    },
    references: { guaranteed: references.guaranteed, max: references.max },
  };
}

function draftView({ references, defaults, thumbnails, panelState: { savePathPreview } }: SnapshotContext): DraftView {
  return {
    references: references.references.map((reference) => ({
      id: referenceId(reference),
      label: escapeBidiControls(reference.label),
      ...(reference.file === undefined
        ? {}
        : {
            file: {
              thumbnail: thumbnails + referenceThumbnailName(reference),
              ...reference.file.pixels,
              bytes: reference.file.bytes,
            },
          }),
    })),
    referenceNote: escapeBidiControls(describeReferences(references)),
    defaults,
    ...(savePathPreview === undefined
      ? {}
      : { savePathPreview: { ...savePathPreview, savePath: escapeBidiControls(savePathPreview.savePath) } }),
  };
}

/** Makes the snapshot of everything the page shows. It has no side effects. */
export function snapshotOf(context: SnapshotContext): Snapshot {
  const {
    model,
    engine,
    jobs,
    thumbnails,
    savedPrompts: saved,
    forgottenPrompts,
    vaultBytes,
    panelState,
    presses,
  } = context;
  const lastDiscard = lastDiscarded(panelState, jobs, context.isInVault);
  return {
    model: modelView(model),
    models: context.family.map(modelView),
    ...(context.unknownModel === undefined ? {} : { unknownModel: escapeBidiControls(context.unknownModel) }),
    engine,
    draft: draftView(context),
    jobs: jobs.flatMap((job) => jobView(job, context) ?? []),
    thumbnails,
    history: listPromptHistory(jobs, forgottenPrompts).map(({ id, text, isForgotten }) => ({
      id,
      text,
      isRemovable: isForgotten,
      isShared: false,
    })),
    saved,
    vaultBytes,
    presses,
    ...(lastDiscard === undefined ? {} : { lastDiscarded: lastDiscard }),
    ...(panelState.reveal === undefined ? {} : { reveal: panelState.reveal }),
    ...(panelState.draftUpdate === undefined ? {} : { draftUpdate: panelState.draftUpdate }),
    ...(panelState.lastError === undefined
      ? {}
      : { lastError: { ...panelState.lastError, message: escapeBidiControls(panelState.lastError.message) } }),
  };
}
