import { createHash } from "node:crypto";
import { type Memento, Uri } from "vscode";
import * as z from "zod/mini";
import type { Model } from "../../../core/models/model.ts";
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
  type ReferenceFile,
  referenceSourceOf,
} from "../../request/references.ts";
import { draftReferencesKey } from "../../storage/storagePaths.ts";
import type { Thumbnails } from "../pictures/thumbnails.ts";

const storedReferencesSchema = z.array(z.object({ uri: z.string(), label: z.optional(z.string()) }));

/** What a reference of the draft is known by to the page. */
export const referenceId = ({ source, digest }: Pick<LoadedReference, "source" | "digest">): string =>
  source === undefined ? digest.slice(0, 32) : createHash("sha256").update(source).digest("hex").slice(0, 32);

/** Name of a reference's thumbnail. */
export const referenceThumbnailName = ({ digest }: Pick<LoadedReference, "digest">): string =>
  `reference-${digest.slice(0, 32)}.webp`;

/** A file is read anew; what Runware gets by itself stays as it is. */
const toReload = (reference: LoadedReference): ReferenceFile | LoadedReference =>
  reference.file === undefined ? reference : referenceSourceOf(reference);

const decodeInlineImage = ({ image }: LoadedReference): Uint8Array =>
  Buffer.from(image.slice(image.indexOf(",") + 1), "base64");

/** What the draft's references are kept with. */
interface DraftReferencesDeps {
  readonly state: Memento;
  readonly imaging: Imaging;
  readonly model: Model;
  readonly thumbnails: Thumbnails;
  readonly log: LogPort;
}

/**
 * The reference images of the panel's draft, in sending order, remembered for each workspace as
 * URIs.
 */
export class DraftReferences {
  readonly #deps: DraftReferencesDeps;
  readonly #listeners = new Set<() => void>();
  #loaded: LoadedReferences = { references: [], notes: [] };
  #isRestored = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(deps: DraftReferencesDeps) {
    this.#deps = deps;
  }

  /** Stored URIs of the references, also before they are read. */
  get storedUris(): readonly string[] {
    return this.#readState().map(({ uri }) => uri);
  }

  /** As they were read last. */
  get current(): LoadedReferences {
    return this.#loaded;
  }

  /** Reads those of the last session, once. What is gone meanwhile is left out. */
  async restore(): Promise<void> {
    await this.#change(async (references) => ({ loaded: references, duplicates: [] }));
  }

  /**
   * Adds images at the end; throws a `LimnError` of kind `reference`, and adds none, where one
   * cannot be used. Images that take time to get hold their place before those of later calls.
   */
  async add(
    candidates: readonly (ReferenceFile | LoadedReference)[] | Promise<readonly (ReferenceFile | LoadedReference)[]>,
  ): Promise<void> {
    const { imaging, model } = this.#deps;
    const pendingCandidates = Promise.resolve(candidates);
    // Its turn may come after it has failed.
    pendingCandidates.catch(() => undefined);
    await this.#change(async (references) => {
      const known = references.map(({ digest }) => digest);
      const { loaded, duplicates } = await loadDistinctReferences(await pendingCandidates, imaging, model, known);
      return { loaded: [...references, ...loaded], duplicates };
    });
  }

  /** Puts a reference at another place of the order, counted from 0. */
  async move(id: string, to: number): Promise<void> {
    await this.#change(async (references) => {
      const moved = references.filter((reference) => referenceId(reference) === id);
      const others = references.filter((reference) => referenceId(reference) !== id);
      return { loaded: others.toSpliced(to, 0, ...moved), duplicates: [] };
    });
  }

  async remove(id: string): Promise<void> {
    await this.#change(async (references) => ({
      loaded: references.filter((reference) => referenceId(reference) !== id),
      duplicates: [],
    }));
  }

  /**
   * Reads the files of all references of now anew and returns them as they will be sent; throws as
   * `add` does.
   */
  refresh(): Promise<LoadedReferences> {
    const { imaging, model } = this.#deps;
    return this.#change((references) => loadDistinctReferences(references.map(toReload), imaging, model));
  }

  /** Hears of every change; returns what ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * One change after the other, each from what the one before left. Resolves with what it left
   * itself.
   */
  #change(change: (references: readonly LoadedReference[]) => Promise<DistinctReferences>): Promise<LoadedReferences> {
    const queued = this.#queue.then(async () => {
      const before = await this.#read();
      const { loaded, duplicates: left } = await change(before);
      // Where nothing changes, what was said of the last change still stands.
      if (loaded !== this.#loaded.references) {
        await this.#store(gatherReferences(loaded, this.#deps.model, left));
      }
      return this.#loaded;
    });
    this.#queue = queued.catch(() => undefined);
    return queued;
  }

  async #read(): Promise<readonly LoadedReference[]> {
    if (this.#isRestored) {
      return this.#loaded.references;
    }
    this.#isRestored = true;
    const { imaging, model, log } = this.#deps;
    const references: LoadedReference[] = [];
    for (const { uri, label } of this.#readState()) {
      try {
        const candidate = { uri: Uri.parse(uri), ...(label === undefined ? {} : { label }) };
        references.push(loadRemoteReference(uri) ?? (await loadReference(candidate, imaging, model)));
      } catch (error) {
        log.warn(`A reference image of the last session is left out: ${String(error)}`);
      }
    }
    return references;
  }

  #readState(): z.infer<typeof storedReferencesSchema> {
    return storedReferencesSchema.safeParse(this.#deps.state.get(draftReferencesKey)).data ?? [];
  }

  async #store(loaded: LoadedReferences): Promise<void> {
    const { state, thumbnails } = this.#deps;
    for (const reference of loaded.references.filter(({ file }) => file !== undefined)) {
      await thumbnails.make(referenceThumbnailName(reference), decodeInlineImage(reference));
    }
    this.#loaded = loaded;
    await state.update(
      draftReferencesKey,
      // An address that may hold a secret has no source, and lives as long as this window.
      loaded.references.flatMap(({ source, label }) => (source === undefined ? [] : [{ uri: source, label }])),
    );
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
