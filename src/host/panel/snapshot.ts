import type { Job } from "../../core/job.ts";
import type { Model } from "../../core/model.ts";
import { historyOf, type PastPrompt } from "../../core/prompts.ts";
import { nearestSize } from "../../core/size.ts";
import { visible } from "../../core/visible.ts";
import type { DraftView, EngineView, ModelView, PressView, PromptView, Snapshot } from "../../protocol.ts";
import { describeReferences, type LoadedReferences } from "../references.ts";
import { idOf, referenceThumbnail } from "./draftReferences.ts";
import { jobView, type Surroundings } from "./jobView.ts";
import { lastDiscarded, type Notes } from "./notes.ts";

/** All a snapshot is made of. */
export interface Facts extends Surroundings {
  readonly model: Model;
  readonly engine: EngineView;
  /** The newest first. */
  readonly jobs: readonly Job[];
  readonly loaded: LoadedReferences;
  readonly defaults: DraftView["defaults"];
  readonly saved: readonly PromptView[];
  /** Prompts of jobs that were forgotten. */
  readonly past: readonly PastPrompt[];
  readonly vaultBytes: number;
  /** Link to the folder of thumbnails, ending in a slash. */
  readonly thumbnails: string;
  readonly notes: Notes;
  readonly presses: readonly PressView[];
}

function modelView(model: Model): ModelView {
  const { name, sizes, resolutions, promptLimit, results, quality, ttlMinimum } = model;
  const { formats, outputTypes, deliveryMethods, price, references } = model;
  return {
    ...{
      name,
      sizes,
      resolutions,
      promptLimit,
      results,
      quality,
      ttlMinimum,
      formats,
      outputTypes,
      deliveryMethods,
      price,
    },
    references: { sure: references.sure, max: references.max },
  };
}

function draftView({ model, loaded, defaults, thumbnails, notes: { target } }: Facts): DraftView {
  const [first] = loaded.references;
  const nearest = first?.file && nearestSize(model, first.file.pixels);
  return {
    references: loaded.references.map((reference) => ({
      id: idOf(reference),
      label: visible(reference.label),
      ...(reference.file === undefined
        ? {}
        : {
            file: {
              thumbnail: thumbnails + referenceThumbnail(reference),
              ...reference.file.pixels,
              bytes: reference.file.bytes,
            },
          }),
    })),
    referenceNote: visible(describeReferences(loaded)),
    defaults,
    ...(nearest === undefined ? {} : { nearest: { width: nearest.width, height: nearest.height } }),
    ...(target === undefined ? {} : { target: { ...target, shown: visible(target.shown) } }),
  };
}

/** What the page shows, from all that is known; asks nobody and changes nothing. */
export function snapshotOf(facts: Facts): Snapshot {
  const { model, engine, jobs, thumbnails, saved, past, vaultBytes, notes, presses } = facts;
  const last = lastDiscarded(notes, jobs, facts.inVault);
  return {
    model: modelView(model),
    engine,
    draft: draftView(facts),
    jobs: jobs.flatMap((job) => jobView(job, facts) ?? []),
    thumbnails,
    history: historyOf(jobs, past).map(({ id, text, forgotten }) => ({
      ...{ id, text, removable: forgotten, shared: false },
    })),
    saved,
    vaultBytes,
    presses,
    ...(last === undefined ? {} : { lastDiscarded: last }),
    ...(notes.reveal === undefined ? {} : { reveal: notes.reveal }),
    ...(notes.fill === undefined ? {} : { fill: notes.fill }),
    ...(notes.trouble === undefined ? {} : { trouble: { ...notes.trouble, message: visible(notes.trouble.message) } }),
  };
}
