import type { Job } from "../../core/jobs/job.ts";
import type { Family, Model } from "../../core/models/model.ts";
import { escapeBidiControls } from "../../core/text/invisibleCharacters.ts";
import { shownName } from "../../core/text/shownName.ts";
import type { DraftView, EngineView, ModelView, PressView } from "../../protocol.ts";
import { describeReferences, type LoadedReferences } from "../request/references.ts";
import { referenceId, referenceThumbnailName } from "./draft/draftReferences.ts";
import type { FeedSource } from "./feed/pageFeed.ts";
import { lastDiscarded, type PanelState } from "./panelState.ts";

/** What the fields are made from. */
export interface FieldsContext {
  /** The models that Limn knows. */
  readonly family: Family;
  /** The model of the settings. */
  readonly model: Model;
  /** The id in the setting if Limn does not know it. */
  readonly unknownModel: string | undefined;
  readonly engine: EngineView;
  readonly references: LoadedReferences;
  /** Number of references that are not read yet. */
  readonly unreadReferences: number;
  readonly defaults: DraftView["defaults"];
  /** Number of saved prompts. */
  readonly savedPrompts: number;
  /** `undefined` until it is known. */
  readonly vaultBytes: number | undefined;
  /** Link to the folder of thumbnails, ending in a slash. */
  readonly thumbnails: string;
  readonly panelState: PanelState;
  readonly presses: readonly PressView[];
  readonly getJob: (id: string) => Job | undefined;
  /** Whether the vault has a file of this name. */
  readonly isInVault: (file: string) => boolean;
}

function modelView(model: Model): ModelView {
  const { id, name, sizes, resolutions, isSizeRequired, promptMinimum, promptLimit, results, quality } = model;
  const { formats, safetyModes, price, references } = model;
  return {
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
    formats,
    safetyModes,
    price,
    references: { guaranteed: references.guaranteed, max: references.max },
  };
}

function draftView({
  references,
  unreadReferences,
  defaults,
  thumbnails,
  panelState: { savePathPreview, targetPreview },
}: FieldsContext): DraftView {
  return {
    ...(unreadReferences === 0 ? {} : { unreadReferences }),
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
    ...(targetPreview === undefined ? {} : { targetPreview }),
    ...(savePathPreview === undefined
      ? {}
      : { savePathPreview: { ...savePathPreview, savePath: escapeBidiControls(savePathPreview.savePath) } }),
  };
}

/** Makes the fields that do not depend on the list of jobs. It has no side effects. */
export function fieldsOf(context: FieldsContext): ReturnType<FeedSource["fields"]> {
  const { model, engine, thumbnails, savedPrompts, vaultBytes, panelState, presses } = context;
  const { reveal, draftUpdate, lastError, targets } = panelState;
  const lastDiscard = lastDiscarded(panelState, context.getJob, context.isInVault);
  return {
    model: modelView(model),
    models: context.family.map(modelView),
    ...(context.unknownModel === undefined ? {} : { unknownModel: shownName(context.unknownModel) }),
    engine,
    draft: draftView(context),
    thumbnails,
    savedPrompts,
    ...(vaultBytes === undefined ? {} : { vaultBytes }),
    presses,
    ...(lastDiscard === undefined ? {} : { lastDiscarded: lastDiscard }),
    ...(reveal === undefined ? {} : { reveal }),
    ...(draftUpdate === undefined ? {} : { draftUpdate }),
    ...(targets === undefined ? {} : { targets }),
    ...(lastError === undefined ? {} : { lastError: { ...lastError, message: escapeBidiControls(lastError.message) } }),
  };
}
