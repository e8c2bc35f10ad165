import { LimnError } from "../../core/errors.ts";

/** An error about the path that pictures are saved to. */
export const pathError = (message: string): LimnError => new LimnError("files", message, { field: "path" });
