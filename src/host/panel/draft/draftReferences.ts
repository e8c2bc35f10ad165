import { createHash } from "node:crypto";
import { type Memento, Uri } from "vscode";
import * as z from "zod/mini";
import { createConcurrencyLimit } from "../../../core/concurrencyLimit.ts";
import { Listeners } from "../../../core/listeners.ts";
import { findModel } from "../../../core/models/findModel.ts";
import type { Family, Model } from "../../../core/models/model.ts";
import type { LogPort } from "../../../core/ports.ts";
import type { Imaging } from "../../../imaging/imaging.ts";
import {
  type DistinctReferences,
  gatherReferences,
  type LoadedReference,
  type LoadedReferences,
  loadDistinctReferences,
  loadReference,
  loadRemoteReference,
  noReferences,
  type ReferenceFile,
  referenceSourceOf,
} from "../../request/references.ts";
import { draftModelKey, draftReferencesKey } from "../../storage/storagePaths.ts";
import type { Thumbnails } from "../pictures/thumbnails.ts";

const storedReferencesSchema = z.array(z.object({ uri: z.string(), label: z.optional(z.string()) }));

/** The id of a reference for the page. */
export const referenceId = ({ source, digest }: Pick<LoadedReference, "source" | "digest">): string =>
  source === undefined ? digest.slice(0, 32) : createHash("sha256").update(source).digest("hex").slice(0, 32);

/** File name of a reference's thumbnail. */
export const referenceThumbnailName = ({ digest }: Pick<LoadedReference, "digest">): string =>
  `reference-${digest.slice(0, 32)}.webp`;

/** A file is read again; an image that Runware fetches itself stays as it is. */
const toReload = (reference: LoadedReference): ReferenceFile | LoadedReference =>
  reference.file === undefined ? reference : referenceSourceOf(reference);

const decodeInlineImage = ({ image }: LoadedReference): Uint8Array =>
  Buffer.from(image.slice(image.indexOf(",") + 1), "base64");

/** What `DraftReferences` works with. */
interface DraftReferencesDeps {
  readonly state: Memento;
  readonly imaging: Imaging;
  readonly family: Family;
  /** The model of a draft that has not named one yet. */
  readonly defaultModel: () => Model;
  readonly thumbnails: Pick<Thumbnails, "make">;
  readonly log: LogPort;
}

/** The reference images of the panel's draft, in order. Each workspace stores their URIs. */
export class DraftReferences {
  readonly #deps: DraftReferencesDeps;
  readonly #listeners: Listeners;
  readonly #queue = createConcurrencyLimit(1);
  #loaded = noReferences;
  /** The model by whose limits `#loaded` was read; `undefined` before the first reading. */
  #loadedFor: Model | undefined;
  #isRead = false;

  constructor(deps: DraftReferencesDeps) {
    this.#deps = deps;
    this.#listeners = new Listeners((error) =>
      deps.log.warn(`A listener of the reference images failed: ${String(error)}`),
    );
  }

  /** Stored URIs of the references, also before they are read. */
  get storedUris(): readonly string[] {
    return this.#readState().map(({ uri }) => uri);
  }

  /** Number of stored references that are not read yet. */
  get unreadCount(): number {
    return this.#isRead ? 0 : this.#readState().length;
  }

  /** The references as they were last read. */
  get current(): LoadedReferences {
    return this.#loaded;
  }

  /** The model whose limits count: that of the draft. */
  get model(): Model {
    const { state, family, defaultModel } = this.#deps;
    const id = z.string().safeParse(state.get(draftModelKey)).data;
    return (id === undefined ? undefined : findModel(family, id)) ?? defaultModel();
  }

  /**
   * Uses the limits of another model, which may allow fewer references: all are kept, and the form
   * says which cannot be used.
   */
  async useModel(model: Model): Promise<void> {
    if (this.#deps.state.get(draftModelKey) !== model.id) {
      await this.#deps.state.update(draftModelKey, model.id);
    }
    await this.#change(async (references) => {
      const before = this.#loadedFor;
      this.#loadedFor = model;
      return { loaded: await this.#fitToModel(references, before, model), duplicates: [] };
    });
  }

  /** Reads the stored references, once. Missing files are left out. */
  async restore(): Promise<void> {
    await this.#change(async (references) => ({ loaded: references, duplicates: [] }));
  }

  /**
   * Adds images at the end. Adds none and throws a `LimnError` of kind `reference` if one cannot be
   * used, or if there are more than the draft's model allows. Later calls wait for the candidates
   * of earlier ones.
   */
  async add(
    candidates: readonly (ReferenceFile | LoadedReference)[] | Promise<readonly (ReferenceFile | LoadedReference)[]>,
  ): Promise<void> {
    const { imaging } = this.#deps;
    const pendingCandidates = Promise.resolve(candidates);
    // It may reject before the queue awaits it.
    pendingCandidates.catch(() => undefined);
    await this.#change(async (references) => {
      const known = references.map(({ digest }) => digest);
      const { loaded, duplicates } = await loadDistinctReferences(await pendingCandidates, imaging, this.model, known);
      return { loaded: [...references, ...loaded], duplicates };
    });
  }

  /** Moves a reference to another position, counted from 0. */
  async move(id: string, to: number): Promise<void> {
    await this.#change(async (references) => {
      const moved = references.filter((reference) => referenceId(reference) === id);
      const others = references.filter((reference) => referenceId(reference) !== id);
      return { loaded: others.toSpliced(to, 0, ...moved), duplicates: [] };
    });
  }

  /** Removes a reference. */
  async remove(id: string): Promise<void> {
    await this.#change(async (references) => ({
      loaded: references.filter((reference) => referenceId(reference) !== id),
      duplicates: [],
    }));
  }

  /**
   * Reads the files of all references again and returns them as they will be sent to the model.
   * Rejects with a `LimnError` of kind `reference` if one cannot be read, or if there are too many.
   */
  refresh(model: Model): Promise<LoadedReferences> {
    const { imaging } = this.#deps;
    return this.#change(async (references) => {
      const read = await loadDistinctReferences(references.map(toReload), imaging, model);
      this.#loadedFor = model;
      return read;
    });
  }

  /** Calls the listener on every change; returns the function that removes it. */
  onChange(listener: () => void): () => void {
    return this.#listeners.subscribe(listener);
  }

  /** Applies changes one after the other. Resolves with the references after the change. */
  #change(change: (references: readonly LoadedReference[]) => Promise<DistinctReferences>): Promise<LoadedReferences> {
    return this.#queue(async () => {
      try {
        await this.#readStored();
        const { loaded, duplicates } = await change(this.#loaded.references);
        // If nothing changes, the notes on the last change stay.
        if (loaded !== this.#loaded.references) {
          await this.#store(gatherReferences(loaded, this.model, duplicates));
        }
        return this.#loaded;
      } finally {
        this.#isRead = true;
      }
    });
  }

  /** Reads the stored references if that was not done yet, so that a failed change loses none. */
  async #readStored(): Promise<void> {
    if (this.#loadedFor !== undefined) {
      return;
    }
    const { imaging, log } = this.#deps;
    const { model } = this;
    const references: LoadedReference[] = [];
    for (const { uri, label } of this.#readState()) {
      try {
        const candidate = { uri: Uri.parse(uri), ...(label === undefined ? {} : { label }) };
        references.push(loadRemoteReference(uri) ?? (await loadReference(candidate, imaging, model)));
      } catch (error) {
        log.warn(`A stored reference image was left out: ${String(error)}`);
      }
    }
    await this.#store(gatherReferences(references, model));
    this.#loadedFor = model;
  }

  /** The references as another model needs them. One that cannot be read again stays as it is. */
  async #fitToModel(
    references: readonly LoadedReference[],
    before: Model | undefined,
    model: Model,
  ): Promise<readonly LoadedReference[]> {
    if (before === undefined || before.id === model.id) {
      return references;
    }
    const { imaging, log } = this.#deps;
    const isSameSize =
      before.references.maxSide === model.references.maxSide &&
      before.references.maxBytes === model.references.maxBytes;
    const fitted: LoadedReference[] = [];
    for (const reference of references) {
      const source = isSameSize ? reference : toReload(reference);
      try {
        fitted.push("uri" in source ? await loadReference(source, imaging, model) : source);
      } catch (error) {
        log.warn(`A reference image could not be read again for another model: ${String(error)}`);
        fitted.push(reference);
      }
    }
    return fitted;
  }

  #readState(): z.infer<typeof storedReferencesSchema> {
    return storedReferencesSchema.safeParse(this.#deps.state.get(draftReferencesKey)).data ?? [];
  }

  async #store(loaded: LoadedReferences): Promise<void> {
    const { state, thumbnails, log } = this.#deps;
    for (const reference of loaded.references.filter(({ file }) => file !== undefined)) {
      // Without a thumbnail, for example if the disk is full, the reference can still be sent.
      await thumbnails
        .make(referenceThumbnailName(reference), { bytes: decodeInlineImage(reference) })
        .catch((error: unknown) => log.warn(`The thumbnail of a reference image was not made: ${String(error)}`));
    }
    this.#loaded = loaded;
    this.#isRead = true;
    await state.update(
      draftReferencesKey,
      // An address that may hold a secret has no source: it is not stored.
      loaded.references.flatMap(({ source, label }) => (source === undefined ? [] : [{ uri: source, label }])),
    );
    this.#listeners.notify();
  }
}
