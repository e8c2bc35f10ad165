import * as l10n from "@vscode/l10n";
import type { ConcurrencyLimit } from "../concurrencyLimit.ts";
import { describeDiskError } from "../diskError.ts";
import { isStopped, LimnError } from "../errors.ts";
import type { Picture } from "../jobs/job.ts";
import { changePicture } from "../jobs/job.ts";
import type { Journal } from "../journal/journal.ts";
import { usesRealMoney } from "../money/realMoney.ts";
import type { Chunks, Endpoint, Ports } from "../ports.ts";
import { SerialQueues } from "../serialQueues.ts";
import type { Delivery } from "../service/taskUpdate.ts";
import { unlessStopped } from "../unlessStopped.ts";
import { PictureInspector } from "./inspection.ts";
import { extensionByOtherFormat } from "./otherFormat.ts";
import { download } from "./pictureDownload.ts";
import { extensionByFormat, extensionFor } from "./pictureFormat.ts";
import {
  hasAlphaChannel,
  readStoredPicture,
  recordOpaqueAlpha,
  type StoredPicture,
  withStoredFile,
} from "./storedPicture.ts";
import { vaultStem } from "./vaultName.ts";

/** Writes a file from its chunks; resolves to its path if that is not in the vault. */
type WriteFile = (chunks: Chunks, name: () => string) => Promise<string | undefined>;

/**
 * Finds a picture that an earlier process stored but did not record. A damaged one is downloaded
 * again.
 */
async function findInVault(ports: Ports, stem: string): Promise<StoredPicture | undefined> {
  for (const extension of [...Object.values(extensionByFormat), ...Object.values(extensionByOtherFormat)]) {
    const file = `${stem}.${extension}`;
    try {
      const stored = await readStoredPicture(ports, file);
      if (stored !== undefined) {
        return stored;
      }
    } catch (error) {
      ports.log.warn(`Picture ${file} of the vault is damaged or cannot be read: ${String(error)}`);
    }
  }
  return undefined;
}

/** The error for a picture that could not be written, and where it can be had again. */
function unwrittenError(cause: unknown, { name }: Endpoint): LimnError {
  const reason = describeDiskError(cause);
  return new LimnError(
    "files",
    usesRealMoney({ endpoint: name })
      ? l10n.t(
          "A picture could not be written into Limn's vault. {0} It is paid for, and Runware keeps it for a while: repair the disk, then use “Check Again”.",
          reason,
        )
      : l10n.t(
          "A picture could not be written into Limn's vault. {0} The sandbox draws it again for free: repair the disk, then use “Check Again”.",
          reason,
        ),
    { cause, billed: "maybe" },
  );
}

/**
 * Stores a picture from its chunks.
 * @throws what the chunks throw; LimnError if they are not a complete picture, and of kind `files`
 * if they cannot be written.
 */
async function storePicture(
  ports: Ports,
  endpoint: Endpoint,
  stem: string,
  chunks: Chunks,
  write: WriteFile,
  onChunk: () => void,
): Promise<StoredPicture> {
  const inspection = new PictureInspector(ports);
  async function* inspected(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      onChunk();
      const bytes = ports.searchable(chunk);
      inspection.write(bytes);
      yield bytes;
    }
  }
  const name = () => `${stem}.${extensionFor(inspection.end())}`;
  try {
    const fallbackPath = await write(inspected(), name);
    return { file: name(), ...inspection.end(), ...(fallbackPath === undefined ? {} : { fallbackPath }) };
  } catch (error) {
    throw error instanceof LimnError ? error : unwrittenError(error, endpoint);
  }
}

/**
 * Milliseconds without bytes after which a download gives up its slot to another. It continues all
 * the same.
 */
const stallTimeout = 2000;

/** Milliseconds that the outcome of a job waits for the image process, which may hang. */
const lookTimeout = 3000;

/** What storing the pictures of a job needs. */
interface PictureStoreContext {
  readonly ports: Ports;
  readonly journal: Journal;
  readonly endpoint: Endpoint;
  /** Limits the number of downloads at a time. */
  readonly limit: ConcurrencyLimit;
  /** UUID of the job. */
  readonly id: string;
  readonly signal: AbortSignal;
  /** Whether no earlier process can have stored pictures of this job without recording them. */
  readonly isNew: boolean;
  /** Called when a picture is in the vault and recorded. */
  readonly onStored: () => void;
}

/** Stores the pictures of one job in the vault, each once, as soon as an answer names them. */
export class PictureStore {
  readonly #context: PictureStoreContext;
  readonly #downloads = new Map<string, Promise<void>>();
  /** Links to one picture are tried one after the other, because all are for one file. */
  readonly #queues = new SerialQueues();
  /** Settle when it is recorded whether the pictures have transparent parts. */
  readonly #looks: Promise<void>[] = [];

  constructor(context: PictureStoreContext) {
    this.#context = context;
  }

  /** Starts to store every delivered picture that is neither in the vault nor being stored. */
  storeAll(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      // A link that failed is not tried again. A renewed link is, and so is another copy of bytes
      // that came within an answer.
      const { id, url = "" } = delivery.picture;
      const source = `${id} ${url}`;
      if (!this.#downloads.has(source)) {
        const completion = this.#queues
          .run(id, () => this.#storeOnce(delivery))
          .then((isStored) => {
            if (!isStored && delivery.inlineImage !== undefined) {
              this.#downloads.delete(source);
            }
          });
        // `waitForAll` reports the failure.
        completion.catch(() => undefined);
        this.#downloads.set(source, completion);
      }
    }
  }

  /**
   * Resolves when everything that was started is stored or failed for good.
   * @throws LimnError if waiting was stopped or the disk failed.
   */
  async waitForAll(): Promise<void> {
    // A download may wait for its slot behind those of other jobs; a stopped wait does not.
    await unlessStopped(Promise.all(this.#downloads.values()), this.#context.signal);
  }

  /**
   * Resolves when it is recorded whether the stored pictures have transparent parts, so that a
   * message can say so; at the latest after `lookTimeout`.
   */
  async waitForLooks(): Promise<void> {
    if (this.#looks.length > 0) {
      await new Promise<void>((resolve) => {
        const timer = this.#context.ports.timer(lookTimeout, resolve);
        void Promise.all(this.#looks).then(() => {
          timer.cancel();
          resolve();
        });
      });
    }
  }

  /** Resolves to whether the picture is in the vault. */
  async #storeOnce(delivery: Delivery): Promise<boolean> {
    const { ports, journal, limit, id: job, signal, onStored } = this.#context;
    const { id, url } = delivery.picture;
    if (journal.get(job)?.pictures.find((picture) => picture.id === id)?.file !== undefined) {
      return true;
    }
    try {
      const stored = await limit(async (release) => {
        // Downloads that hang, or wait for another attempt, must not block the pictures of others.
        const stall = ports.timer(stallTimeout, release);
        return this.#findOrDownload(delivery, () => stall.restart()).finally(() => stall.cancel());
      }, signal);
      // The link of its bytes distinguishes it from another picture of the same service id.
      const source = url === undefined ? {} : { url };
      await this.#updatePicture(id, (picture) => withStoredFile({ ...picture, ...source }, stored));
      onStored();
      if (hasAlphaChannel(stored)) {
        this.#looks.push(recordOpaqueAlpha(ports, journal, job, { id, file: stored.file }));
      }
      return true;
    } catch (error) {
      if (isStopped(error) || !(error instanceof LimnError) || error.kind === "files") {
        throw error;
      }
      await this.#updatePicture(id, (picture) => ({ ...picture, problem: error.message }));
      return false;
    }
  }

  async #findOrDownload(
    { picture: { id, url = "" }, inlineImage }: Delivery,
    onChunk: () => void,
  ): Promise<StoredPicture> {
    const { ports, endpoint, signal, isNew } = this.#context;
    const stem = vaultStem(this.#context.id, id);
    const found = isNew ? undefined : await findInVault(ports, stem);
    if (found !== undefined) {
      return found;
    }
    const transfer = (write: WriteFile): Promise<StoredPicture> => {
      const consume = (chunks: Chunks) => storePicture(ports, endpoint, stem, chunks, write, onChunk);
      return inlineImage === undefined ? download(ports, endpoint, url, signal, consume) : consume(inlineImage.chunks);
    };
    try {
      return await transfer((chunks, name) => ports.vault.write(chunks, name).then(() => undefined));
    } catch (error) {
      if (!(error instanceof LimnError) || error.kind !== "files") {
        throw error;
      }
      return await this.#storeInFallbackFolder(transfer, error);
    }
  }

  /**
   * Stores a picture in a fallback folder, because it is paid for and must not get lost if the
   * vault cannot be written.
   */
  async #storeInFallbackFolder(
    transfer: (write: WriteFile) => Promise<StoredPicture>,
    cause: LimnError,
  ): Promise<StoredPicture> {
    const { vault, log } = this.#context.ports;
    log.error(`${cause.message} ${String(cause.cause)}`);
    try {
      return await transfer((chunks, name) => vault.writeToFallbackFolder(chunks, name));
    } catch (error) {
      log.error(`The picture could not be written to a fallback folder either: ${String(error)}`);
      throw isStopped(error) ? error : cause;
    }
  }

  async #updatePicture(id: string, change: (picture: Picture) => Picture): Promise<void> {
    const { journal, id: job } = this.#context;
    await journal.update(job, (current) => changePicture(current, id, change));
  }
}
