/**
 * The messages between a web page and the host.
 *
 * The host sends a `Snapshot` with the form on `ready`, and then what changes. The page sends
 * intents, which `parseIntent` checks; an invalid one is dropped and logged. The page keeps only
 * its draft. It names a job and a picture, never a path.
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
  OptionalFields,
  PanelError,
  PictureView,
  PressView,
  PromptsView,
  PromptView,
  QueueView,
  ReferenceView,
  SavePathPreview,
  SheetPlaces,
  SheetView,
  Snapshot,
  SnapshotMessage,
  UpdateMessage,
} from "./protocol/snapshot.ts";
