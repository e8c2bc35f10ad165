import { createHash } from "node:crypto";
import { type Memento, Uri } from "vscode";
import * as z from "zod/mini";
import type { Model } from "../../core/model.ts";
import type { LogPort } from "../../core/ports.ts";
import type { Imaging } from "../../imaging/imaging.ts";
import {
  type Candidate,
  candidateOf,
  type Distinct,
  gatherReferences,
  type LoadedReference,
  type LoadedReferences,
  loadDistinct,
  loadReference,
  loadRemote,
} from "../references.ts";
import type { Thumbnails } from "./thumbnails.ts";

const key = "limn.draftReferences";

const schema = z.array(z.object({ uri: z.string(), label: z.optional(z.string()) }));

/** What a reference of the draft is known by to the page. */
export const idOf = ({ source, digest }: Pick<LoadedReference, "source" | "digest">): string =>
  source === undefined ? digest.slice(0, 32) : createHash("sha256").update(source).digest("hex").slice(0, 32);

/** Name of a reference's thumbnail. */
export const referenceThumbnail = ({ digest }: Pick<LoadedReference, "digest">): string =>
  `reference-${digest.slice(0, 32)}.webp`;

/** A file is read anew; what Runware gets by itself stays as it is. */
const anew = (reference: LoadedReference): Candidate | LoadedReference =>
  reference.file === undefined ? reference : candidateOf(reference);

const bytesOf = ({ image }: LoadedReference): Uint8Array => Buffer.from(image.slice(image.indexOf(",") + 1), "base64");

/** What the draft's references are kept with. */
interface Surroundings {
  readonly state: Memento;
  readonly imaging: Imaging;
  readonly model: Model;
  readonly thumbnails: Thumbnails;
  readonly log: LogPort;
}

/** The reference images of the panel's draft, in sending order, remembered for each workspace as URIs. */
export class DraftReferences {
  readonly #with: Surroundings;
  readonly #listeners = new Set<() => void>();
  #loaded: LoadedReferences = { references: [], notes: [] };
  #restored = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(surroundings: Surroundings) {
    this.#with = surroundings;
  }

  /** As they were read last. */
  get current(): LoadedReferences {
    return this.#loaded;
  }

  /** Reads those of the last session, once. What is gone meanwhile is left out. */
  async restore(): Promise<void> {
    await this.#change(async (references) => ({ loaded: references, left: [] }));
  }

  /**
   * Adds images at the end; throws a `LimnError` of kind `reference`, and adds none, where one cannot be used. Images that take time to get
   * hold their place before those of later calls.
   */
  async add(
    candidates: readonly (Candidate | LoadedReference)[] | Promise<readonly (Candidate | LoadedReference)[]>,
  ): Promise<void> {
    const { imaging, model } = this.#with;
    const ready = Promise.resolve(candidates);
    // Its turn may come after it has failed.
    ready.catch(() => undefined);
    await this.#change(async (references) => {
      const known = references.map(({ digest }) => digest);
      const { loaded, left } = await loadDistinct(await ready, imaging, model, known);
      return { loaded: [...references, ...loaded], left };
    });
  }

  /** Puts a reference at another place of the order, counted from 0. */
  async move(id: string, to: number): Promise<void> {
    await this.#change(async (references) => {
      const moved = references.filter((reference) => idOf(reference) === id);
      const others = references.filter((reference) => idOf(reference) !== id);
      return { loaded: others.toSpliced(to, 0, ...moved), left: [] };
    });
  }

  async remove(id: string): Promise<void> {
    await this.#change(async (references) => ({
      loaded: references.filter((reference) => idOf(reference) !== id),
      left: [],
    }));
  }

  /** Reads the files of all references of now anew and returns them as they will be sent; throws as `add` does. */
  refresh(): Promise<LoadedReferences> {
    const { imaging, model } = this.#with;
    return this.#change((references) => loadDistinct(references.map(anew), imaging, model));
  }

  /** Hears of every change; returns what ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** One change after the other, each from what the one before left. Resolves with what it left itself. */
  #change(change: (references: readonly LoadedReference[]) => Promise<Distinct>): Promise<LoadedReferences> {
    const turn = this.#turn.then(async () => {
      const before = await this.#read();
      const { loaded, left } = await change(before);
      // Where nothing changes, what was said of the last change still stands.
      if (loaded !== this.#loaded.references) {
        await this.#put(gatherReferences(loaded, this.#with.model, left));
      }
      return this.#loaded;
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #read(): Promise<readonly LoadedReference[]> {
    if (this.#restored) {
      return this.#loaded.references;
    }
    this.#restored = true;
    const { state, imaging, model, log } = this.#with;
    const references: LoadedReference[] = [];
    for (const { uri, label } of schema.safeParse(state.get(key)).data ?? []) {
      try {
        const candidate = { uri: Uri.parse(uri), ...(label === undefined ? {} : { label }) };
        references.push(loadRemote(uri) ?? (await loadReference(candidate, imaging, model)));
      } catch (error) {
        log.warn(`A reference image of the last session is left out: ${String(error)}`);
      }
    }
    return references;
  }

  async #put(loaded: LoadedReferences): Promise<void> {
    const { state, thumbnails } = this.#with;
    for (const reference of loaded.references.filter(({ file }) => file !== undefined)) {
      await thumbnails.make(referenceThumbnail(reference), bytesOf(reference));
    }
    this.#loaded = loaded;
    await state.update(
      key,
      // An address that may hold a secret has no source, and lives as long as this window.
      loaded.references.flatMap(({ source, label }) => (source === undefined ? [] : [{ uri: source, label }])),
    );
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
