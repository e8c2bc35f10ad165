import { diskReason } from "./diskReason.ts";
import { isStopped, LimnError, stopped } from "./errors.ts";
import { type ArrivedFacts, extensionFor, Inspection, inspectArrived } from "./inspection.ts";
import type { Picture } from "./job.ts";
import type { Journal } from "./journal.ts";
import type { Limit } from "./limit.ts";
import type { Delivery } from "./news.ts";
import { otherExtensionOf } from "./otherFormat.ts";
import { download, extensionOf } from "./picture.ts";
import { vaultStem } from "./pictureId.ts";
import type { Chunks, Endpoint, Ports } from "./ports.ts";

/** A picture that is in the vault: its facts, and the name of its file. */
type Stored = ArrivedFacts & {
  readonly file: string;
  /** Path of the file, where the vault could not take it. */
  readonly rescued?: string;
};

/** Writes a file as its bytes come; gives its path where that is not in the vault. */
type Write = (chunks: Chunks, name: () => string) => Promise<string | undefined>;

/** Brings into the vault what was found outside; gives its path if the vault still cannot take it. */
async function bringIntoVault(
  { vault, log }: Ports,
  file: string,
  bytes: Uint8Array,
): Promise<Pick<Stored, "rescued">> {
  const path = (await vault.stranded()).get(file);
  try {
    if (path !== undefined) {
      await vault.write([bytes], () => file);
    }
    return {};
  } catch (error) {
    log.warn(`${file} could not be brought into the vault: ${String(error)}`);
    return path === undefined ? {} : { rescued: path };
  }
}

/** A picture that an earlier life of this job brought into the vault without living to say so. A damaged one is fetched anew. */
async function findInVault(ports: Ports, stem: string): Promise<Stored | undefined> {
  for (const extension of [...Object.values(extensionOf), ...Object.values(otherExtensionOf)]) {
    const file = `${stem}.${extension}`;
    try {
      const bytes = await ports.vault.read(file);
      if (bytes !== undefined) {
        return { file, ...inspectArrived(ports, bytes), ...(await bringIntoVault(ports, file, bytes)) };
      }
    } catch (error) {
      ports.log.warn(`Picture ${file} of the vault is damaged or cannot be read: ${String(error)}`);
    }
  }
  return undefined;
}

/**
 * Takes a picture in as its bytes come. Throws what the bytes throw, a `LimnError` where they are no whole picture, and one of kind
 * `files` where they cannot be written.
 */
async function store(ports: Ports, stem: string, chunks: Chunks, write: Write, onChunk: () => void): Promise<Stored> {
  const inspection = new Inspection(ports);
  async function* inspected(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      onChunk();
      inspection.take(chunk);
      yield chunk;
    }
  }
  const name = () => `${stem}.${extensionFor(inspection.end())}`;
  try {
    const rescued = await write(inspected(), name);
    return { file: name(), ...inspection.end(), ...(rescued === undefined ? {} : { rescued }) };
  } catch (error) {
    if (error instanceof LimnError) {
      throw error;
    }
    throw new LimnError(
      "files",
      `A picture could not be written into Limn's vault: ${diskReason(error)}. It is paid for and still at Runware for a while: mend the disk, then use “Check Again”.`,
      { cause: error, billed: "maybe" },
    );
  }
}

/** Milliseconds without bytes after which a download gives its place to another. It goes on all the same. */
const stallTime = 2000;

/** What bringing a job's pictures home needs. */
interface Errand {
  readonly ports: Ports;
  readonly journal: Journal;
  readonly endpoint: Endpoint;
  /** Place for a few downloads at a time. */
  readonly limit: Limit;
  /** UUID of the job. */
  readonly id: string;
  readonly signal: AbortSignal;
  /** The job had no earlier life, which could have left pictures in the vault without a note. */
  readonly isNew: boolean;
}

/** Brings the pictures of one job into the vault, each once, as soon as they are heard of. */
export class Arrivals {
  readonly #errand: Errand;
  readonly #under = new Map<string, Promise<void>>();
  /** The last that was begun for each picture. */
  readonly #last = new Map<string, Promise<boolean>>();

  constructor(errand: Errand) {
    this.#errand = errand;
  }

  /** Starts to fetch every delivered picture that is neither in the vault nor on its way. */
  fetch(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      // A link that failed is not tried again; a renewed one is, and so is another copy of what came within an answer.
      const { id, url = "" } = delivery.picture;
      const source = `${id} ${url}`;
      if (!this.#under.has(source)) {
        const brought = this.#bring(delivery, this.#last.get(id));
        this.#last.set(id, brought);
        const arrival = brought.then((arrived) => {
          if (!arrived && delivery.carried !== undefined) {
            this.#under.delete(source);
          }
        });
        // Who waits for the job hears of the failure in `settled`.
        arrival.catch(() => undefined);
        this.#under.set(source, arrival);
      }
    }
  }

  /** Resolves when everything that was started has arrived or failed for good; rejects when waiting was stopped or the disk failed. */
  async settled(): Promise<void> {
    const { signal } = this.#errand;
    // A download may wait for its place behind those of other jobs; who stops waiting does not.
    await new Promise<void>((resolve, reject) => {
      const stop = () => reject(stopped());
      signal.addEventListener("abort", stop, { once: true });
      const all = Promise.all(this.#under.values()).finally(() => signal.removeEventListener("abort", stop));
      all.then(() => resolve(), reject);
      if (signal.aborted) {
        stop();
      }
    });
  }

  /** Resolves to whether the picture is in the vault. Two links to one picture are tried one after the other: both are for one file. */
  async #bring(delivery: Delivery, earlier: Promise<boolean> | undefined): Promise<boolean> {
    const { ports, journal, limit, id: job, signal } = this.#errand;
    const { id, url } = delivery.picture;
    if (await earlier) {
      return true;
    }
    if (journal.get(job)?.pictures.find((picture) => picture.id === id)?.file !== undefined) {
      return true;
    }
    try {
      const stored = await limit(async (release) => {
        // Downloads that hang, or wait for another attempt, must not keep the pictures of others waiting.
        const stall = ports.alarm(stallTime, release);
        return this.#obtain(delivery, () => stall.restart()).finally(() => stall.end());
      }, signal);
      // The link its bytes came from tells it from a further picture of the same service id.
      const source = url === undefined ? {} : { url };
      await this.#mark(id, ({ problem: _, rescued: __, ...picture }) => ({ ...picture, ...source, ...stored }));
      return true;
    } catch (error) {
      if (isStopped(error) || !(error instanceof LimnError) || error.kind === "files") {
        throw error;
      }
      await this.#mark(id, (picture) => ({ ...picture, problem: error.message }));
      return false;
    }
  }

  async #obtain({ picture: { id, url = "" }, carried }: Delivery, onChunk: () => void): Promise<Stored> {
    const { ports, endpoint, signal, isNew } = this.#errand;
    const stem = vaultStem(this.#errand.id, id);
    const found = isNew ? undefined : await findInVault(ports, stem);
    if (found !== undefined) {
      return found;
    }
    const bring = (write: Write): Promise<Stored> => {
      const take = (chunks: Chunks) => store(ports, stem, chunks, write, onChunk);
      return carried === undefined ? download(ports, endpoint, url, signal, take) : take(carried.pieces);
    };
    try {
      return await bring((chunks, name) => ports.vault.write(chunks, name).then(() => undefined));
    } catch (error) {
      if (!(error instanceof LimnError) || error.kind !== "files") {
        throw error;
      }
      return await this.#rescue(bring, error);
    }
  }

  /** What is paid for must not get lost for want of a disk: it is brought once more, to a place of refuge. */
  async #rescue(bring: (write: Write) => Promise<Stored>, cause: LimnError): Promise<Stored> {
    const { vault, log } = this.#errand.ports;
    log.error(`${cause.message} ${String(cause.cause)}`);
    try {
      return await bring((chunks, name) => vault.rescue(chunks, name));
    } catch (error) {
      log.error(`It could not be written anywhere else either: ${String(error)}`);
      throw isStopped(error) ? error : cause;
    }
  }

  async #mark(id: string, change: (picture: Picture) => Picture): Promise<void> {
    const { journal, id: job } = this.#errand;
    await journal.update(job, (current) => ({
      ...current,
      pictures: current.pictures.map((picture) => (picture.id === id ? change(picture) : picture)),
    }));
  }
}
