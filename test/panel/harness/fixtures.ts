import { family } from "../../../src/core/models/family.ts";
import type {
  DraftView,
  EngineView,
  JobView,
  ModelView,
  PictureView,
  PromptView,
  ReferenceView,
} from "../../../src/protocol.ts";
import { origin } from "./page.ts";
import type { PanelContent } from "./panelHost.ts";

const uuid = (kind: string, n: number): string => `${kind}-${String(n).padStart(4, "0")}`;

/** The models as the host shows them. */
export const models: readonly ModelView[] = family.map((model) => ({ ...model, summary: model.summary() }));

/** The model of the settings. */
const model: ModelView = { ...family[0], summary: family[0].summary() };

/** The `n`th reference image of a draft. */
export const referenceView = (n: number, fields: Partial<ReferenceView> = {}): ReferenceView => ({
  id: uuid("reference", n),
  label: `images/reference-${n}.jpg`,
  file: {
    thumbnail: `${origin}/thumbnails/reference-${n}-160x107.webp`,
    width: 2048,
    height: 1365,
    bytes: 812_000,
  },
  ...fields,
});

/** A draft as the host knows it. */
export const draftView = (fields: Partial<DraftView> = {}): DraftView => ({
  references: [],
  referenceNote: "",
  defaults: { count: 1, format: "JPG", quality: 95, path: "images/{slug}" },
  ...fields,
});

/** A draft with `count` references. */
export const draftWithReferences = (count: number, fields: Partial<DraftView> = {}): DraftView =>
  draftView({
    references: Array.from({ length: count }, (_, n) => referenceView(n + 1)),
    referenceNote: `${count} files, ${(count * 0.8).toFixed(1)} MB after shrinking, leave this machine; their metadata does not.`,
    ...fields,
  });

/** A finished picture: the `n`th of a job. */
export const pictureView = (job: number, n: number, fields: Partial<PictureView> = {}): PictureView => ({
  id: uuid(`picture-${job}`, n),
  imageUuid: uuid(`image-${job}`, n),
  width: 1360,
  height: 768,
  format: "JPG",
  seed: String(48_151_623 + n),
  cost: 0.028,
  thumbnail: `job-${job}-${n}-272x154.webp`,
  kept: [],
  isStarred: false,
  isUnsafe: false,
  notes: [],
  ...fields,
});

/** A finished job with two pictures; `n` makes it differ from others. */
export const jobView = (n: number, fields: Partial<JobView> = {}): JobView => ({
  id: uuid("job", n),
  state: "done",
  isFollowed: false,
  createdAt: Date.UTC(2026, 10, 22, 12) - n * 60_000,
  prompt: `A fox in the snow, number ${n}`,
  shape: "1360 × 768",
  count: 2,
  format: "JPG",
  references: [],
  hasReferenceFile: false,
  failures: [],
  lastActivityAt: Date.now(),
  notes: [],
  estimate: 0.056,
  tryAgainEstimate: 0.056,
  cost: 0.056,
  isSandbox: false,
  mayBeBilled: false,
  pictures: [pictureView(n, 1), pictureView(n, 2)],
  ...fields,
});

/** `count` finished jobs, newest first. */
export const jobViews = (count: number): JobView[] => Array.from({ length: count }, (_, n) => jobView(n + 1));

/** A prompt of the history, or with a name a saved one. */
export const promptView = (n: number, fields: Partial<PromptView> = {}): PromptView => ({
  id: uuid("prompt", n),
  text: `A prompt of old, number ${n}`,
  isShared: false,
  ...fields,
});

/** Money of a day, in US dollars. */
export const today = (
  money: Partial<NonNullable<EngineView["spendingToday"]>>,
): NonNullable<EngineView["spendingToday"]> => ({
  spent: 0,
  estimated: 0,
  reserved: 0,
  unknown: 0,
  ...money,
});

/** All that the page shows: a key, no jobs, an empty draft. */
export const snapshot = (fields: Partial<PanelContent> = {}): PanelContent => ({
  model,
  models,
  engine: { kind: "runware", isReady: true, balance: 12.34, spendingToday: today({ spent: 0.336 }) },
  draft: draftView(),
  jobs: [],
  thumbnails: `${origin}/thumbnails/`,
  history: [],
  saved: [],
  vaultBytes: 0,
  presses: [],
  ...fields,
});
