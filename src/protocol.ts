/**
 * The messages between a web page and the host.
 *
 * The host sends a `Snapshot` with the form, and then what changes. It does so before the page asks
 * for it with `ready`, and again then, since a slow page misses it. The page sends intents, which
 * `parseIntent` checks; an invalid one is dropped and logged. The page keeps only its draft. It
 * names a job and a picture, never a path. The light table's page gets a `LightTableMessage` and
 * sends a `LightTableIntent`. The pages of one image file get a `CopyPageMessage` or a
 * `CropPageMessage`. The messages of every page are checked.
 */
export { type CopyPageMessage, type CopyPageState, parseCopyPageState } from "./protocol/copyPage.ts";
export { type CropPageIntent, type CropPageMessage, parseCropPageIntent } from "./protocol/cropPage.ts";
export { type DraftFields, parseDraftFields } from "./protocol/draftFields.ts";
export type {
  CropPreview,
  DraftView,
  ReferenceView,
  SavePathPreview,
  TargetPreview,
  TargetView,
} from "./protocol/draftView.ts";
export { type Intent, parseIntent, parsePressOnly, type Remedy } from "./protocol/intent.ts";
export type { JobView, PictureView } from "./protocol/jobView.ts";
export {
  type ComparedPicture,
  type Comparison,
  type CropShape,
  type CropsById,
  type CropView,
  type LightTableIntent,
  type LightTableMessage,
  parseLightTableIntent,
  parseTableState,
  type TableJob,
  type TablePicture,
} from "./protocol/lightTable.ts";
export type { PictureBytesMessage } from "./protocol/pictureBytes.ts";
export { type DraggedPicture, type DragType, type PictureRef, parseDraggedPicture } from "./protocol/pictureRef.ts";
export type {
  BudgetView,
  ChangedDraft,
  DraftUpdate,
  EngineView,
  ModelView,
  OptionalFields,
  PanelError,
  PressView,
  PromptsView,
  PromptView,
  QueueView,
  SheetPlaces,
  SheetView,
  Snapshot,
  SnapshotMessage,
  UpdateMessage,
} from "./protocol/snapshot.ts";
