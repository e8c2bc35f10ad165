import * as l10n from "@vscode/l10n";
import { LimnError, stoppedError } from "../errors.ts";
import { copyFromVault, recordKept } from "../files/keep.ts";
import type { Journal } from "../journal/journal.ts";
import type { Family } from "../models/model.ts";
import type { Ports } from "../ports.ts";
import type { Target } from "../request/request.ts";
import { SerialQueues } from "../serialQueues.ts";
import { joinSentences } from "../text/sentences.ts";
import { EarlyCopies, type EarlyResult } from "./earlyCopies.ts";
import type { Job, Picture } from "./job.ts";
import { recordMissingPictures } from "./recovery.ts";

interface KeepOptions {
  /** The job's target if absent. */
  readonly target?: Target;
  /** What was copied before. The picture that failed then is not tried again. */
  readonly early?: EarlyResult;
}

/** Copies pictures from the vault to the user's folders, and records where they are. */
export class PictureKeeper {
  readonly #ports: Ports;
  readonly #family: Family;
  readonly #journal: Journal;
  /**
   * Copies to one folder run one after the other, because not every file system can create a file
   * exclusively.
   */
  readonly #queues = new SerialQueues();

  constructor(ports: Ports, family: Family, journal: Journal) {
    this.#ports = ports;
    this.#family = family;
    this.#journal = journal;
  }

  /**
   * Keeps pictures one after the other, so that their counters follow their order. They are
   * recorded together, with the early copies: after a crash in between, the files are recognized by
   * their bytes. Resolves to the URIs of the files.
   */
  async keepAll(
    { taskUUID: id }: Job,
    pictures: readonly Picture[],
    { target, early }: KeepOptions = {},
  ): Promise<string[]> {
    const files = new Map(early?.files);
    for (const picture of pictures.filter((one) => !files.has(one.id))) {
      try {
        // A second attempt may never end: VS Code's queue of writes stops after an error that a
        // file system throws synchronously.
        if (early?.failure?.id === picture.id) {
          throw early.failure.error;
        }
        files.set(picture.id, await this.#copy(id, picture, target));
      } catch (error) {
        await this.#record(id, files);
        // If it disappeared from the vault, the job records that and can be checked again.
        await recordMissingPictures(this.#ports, this.#journal, this.#journal.getOrThrow(id));
        throw picture.fallbackPath === undefined || !(error instanceof LimnError)
          ? error
          : new LimnError(
              error.kind,
              joinSentences(error.message, l10n.t("Until then it is at {0}.", picture.fallbackPath)),
              { cause: error },
            );
      }
    }
    await this.#record(id, files);
    return [...files.values()];
  }

  /** The early copies of a job whose pictures are all kept; see `EarlyCopies`. */
  earlyCopies(id: string): EarlyCopies {
    return new EarlyCopies({ job: () => this.#journal.get(id), copy: (picture) => this.#copy(id, picture) });
  }

  /** Records the early copies of a job that is not followed to its end. Never rejects. */
  async recordEarly(id: string, copies: EarlyCopies): Promise<void> {
    const { files } = await copies.end();
    const pictures = this.#journal.get(id)?.pictures ?? [];
    const isRecorded = (of: string, uri: string) => pictures.some((one) => one.id === of && one.kept.includes(uri));
    const unrecorded = new Map([...files].filter(([picture, uri]) => !isRecorded(picture, uri)));
    if (unrecorded.size > 0) {
      await this.#record(id, unrecorded).catch((error: unknown) =>
        this.#ports.log.warn(`The kept pictures of job ${id} could not be recorded: ${String(error)}`),
      );
    }
  }

  #record(id: string, files: ReadonlyMap<string, string>): Promise<Job> {
    return recordKept(this.#journal, id, files, this.#ports.now());
  }

  #copy(id: string, picture: Picture, target?: Target): Promise<string> {
    const { folder } = target ?? this.#journal.getOrThrow(id).target;
    return this.#queues.run(folder, () => {
      const job = this.#journal.getOrThrow(id);
      // A receipt has no folder any more: its copies would be at the root of the disk.
      if (job.forgotten === true) {
        throw stoppedError();
      }
      return copyFromVault(this.#ports, this.#family, job, picture, target);
    });
  }
}
