import * as z from "zod/mini";
import { idSchema } from "./fieldSchemas.ts";

/** The fields that name a picture. */
export const pictureRefFields = { job: idSchema, picture: idSchema };

/** Names a picture by the id of its job and its own id. */
export const pictureRefSchema = z.strictObject(pictureRefFields);

/** A picture by the id of its job and its own id, which is unique in the job. */
export type PictureRef = Readonly<z.infer<typeof pictureRefSchema>>;

/** MIME type of a picture that is dragged from the panel to a text editor. */
export type DragType = "application/vnd.limn.picture+json";

/** The data of such a drag, as JSON. */
export type DraggedPicture = PictureRef;

/** Reads the JSON value of a drag; returns `undefined` if it names no picture. */
export const parseDraggedPicture = (value: unknown): DraggedPicture | undefined =>
  pictureRefSchema.safeParse(value).data;
