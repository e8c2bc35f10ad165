import { plausibleCost } from "../../core/jobs/jobCost.ts";
import { usesRealMoney } from "../../core/money/realMoney.ts";
import { findTool } from "../../core/tools/tools.ts";
import type { ImageFile } from "../imageLinks/readImage.ts";
import { picturesKeptAs } from "../jobs/keptPictures.ts";
import type { Services } from "../services.ts";
import { vaultUri } from "../storage/vaultUri.ts";

/** The purchase that an image file came from. */
export interface Purchase {
  /** UUID of the job. */
  readonly job: string;
  /** The prompt, or what a tool has done. */
  readonly prompt: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** USD of this picture; absent if the service sent no plausible amount. */
  readonly cost?: number;
  readonly isSandbox: boolean;
  /** Whether the file has changed since Limn saved it. */
  readonly isChanged: boolean;
}

/** The parts of Limn that know where pictures came from. */
export type PurchaseServices = Pick<Services, "jobs" | "ports" | "vault">;

/**
 * The purchase of an image file, from the journal; `undefined` if Limn did not save the file. The
 * file itself is not read.
 */
export async function purchaseOf(
  services: PurchaseServices,
  { uri, size, header }: ImageFile,
): Promise<Purchase | undefined> {
  const { jobs, ports } = services;
  await jobs.journal.ready();
  const [kept] = picturesKeptAs(jobs, uri);
  if (kept === undefined) {
    return undefined;
  }
  const { job, picture } = kept;
  const { prompt, tool } = job.request;
  const stored =
    picture.file === undefined ? undefined : await ports.files.size(vaultUri(services, picture).toString());
  const hasOtherPixels = header !== undefined && (header.width !== picture.width || header.height !== picture.height);
  const cost = plausibleCost(job, picture);
  return {
    job: job.taskUUID,
    prompt: (tool && findTool(tool)?.result(tool)) ?? prompt,
    createdAt: job.createdAt,
    ...(cost === undefined ? {} : { cost }),
    isSandbox: !usesRealMoney(job),
    isChanged: stored === undefined ? hasOtherPixels : stored !== size,
  };
}
