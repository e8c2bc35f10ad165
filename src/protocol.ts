/**
 * The messages between a web page and the host.
 *
 * The host sends one whole `Snapshot` on `ready` and on every change. The page sends intents, which
 * `parseIntent` checks; an invalid one is dropped and logged. The page keeps only its draft. It
 * names a job and a picture, never a path.
 */
export type { ComparedPicture, ComparisonMessage } from "./protocol/comparison.ts";
export type { DraftFields } from "./protocol/draftFields.ts";
export { type Intent, parseIntent, parsePressOnly, type Remedy } from "./protocol/intent.ts";
export { type DraggedPicture, type DragType, type PictureRef, parseDraggedPicture } from "./protocol/pictureRef.ts";
export type {
  BudgetView,
  DraftUpdate,
  DraftView,
  EngineView,
  JobView,
  ModelView,
  PanelError,
  PictureView,
  PressView,
  PromptView,
  ReferenceView,
  SavePathPreview,
  Snapshot,
  SnapshotMessage,
} from "./protocol/snapshot.ts";
