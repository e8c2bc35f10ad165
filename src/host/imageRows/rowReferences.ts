import { LimnError } from "../../core/errors.ts";
import type { Reference } from "../../core/request/request.ts";
import { type LoadedReference, loadReference, loadReferences } from "../request/references.ts";
import type { Services } from "../services.ts";
import { uriKey } from "../workspace/fileUri.ts";
import type { ImageRow } from "./imageRow.ts";

/** The references of rows as they are sent. */
export interface RowReferences {
  readonly references: ReadonlyMap<ImageRow, readonly Reference[]>;
  /** The rows whose references cannot be sent, and why. */
  readonly unusable: ReadonlySet<ImageRow>;
  readonly notes: readonly string[];
}

/** Reads the reference images of rows, each file once for a model: many rows may share them. */
export async function loadRowReferences(
  { imaging }: Pick<Services, "imaging">,
  rows: readonly ImageRow[],
): Promise<RowReferences> {
  const files = new Map<string, LoadedReference>();
  const references = new Map<ImageRow, readonly Reference[]>();
  const unusable = new Set<ImageRow>();
  const notes: string[] = [];
  for (const row of rows) {
    const read: LoadedReference[] = [];
    try {
      for (const reference of row.references ?? []) {
        const key = "image" in reference ? reference.digest : `${row.model.id} ${uriKey(reference.uri)}`;
        const one =
          files.get(key) ?? ("image" in reference ? reference : await loadReference(reference, imaging, row.model));
        files.set(key, one);
        read.push(one);
      }
      references.set(row, (await loadReferences(read, imaging, row.model)).references);
    } catch (error) {
      if (!(error instanceof LimnError)) {
        throw error;
      }
      unusable.add(row);
      notes.push(error.message);
    }
  }
  return { references, unusable, notes: [...new Set(notes)] };
}
