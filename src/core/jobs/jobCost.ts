import { usesRealMoney } from "../money/realMoney.ts";
import { isPlausibleCost, sumUsd } from "../money/usd.ts";
import { findTool } from "../tools/tools.ts";
import type { Job, Picture } from "./job.ts";

/** USD that one picture of the job is expected to cost. */
export const pricePerPicture = ({ estimate, request }: Pick<Job, "estimate" | "request">): number =>
  estimate / Math.max(1, request.count);

/**
 * USD that others paid for a picture of the job's tool; 0 without a tool. The estimate may be what
 * one tiny picture cost, by which a true cost is judged too high.
 */
const toolPrice = ({ request: { tool } }: Pick<Job, "request">): number =>
  (tool === undefined ? undefined : findTool(tool)?.price) ?? 0;

/**
 * USD that the picture cost, from the service; `undefined` if it sent no amount, or one that is not
 * plausible.
 */
export const plausibleCost = (job: Pick<Job, "estimate" | "request">, { cost }: Picture): number | undefined =>
  cost !== undefined && isPlausibleCost(cost, Math.max(pricePerPicture(job), toolPrice(job))) ? cost : undefined;

/**
 * The picture for the job file: a cost that is not plausible becomes `claimedCost`, which never
 * counts.
 */
export function withPlausibleCost(job: Job, picture: Picture): Picture {
  const { cost, ...rest } = picture;
  return cost === undefined || plausibleCost(job, picture) !== undefined ? picture : { ...rest, claimedCost: cost };
}

/**
 * USD that the job's pictures cost, from the service; `undefined` if the cost of a picture is
 * missing, because a part is not the price. Those of the sandbox cost nothing, whatever it says.
 */
export function costOf(job: Job): number | undefined {
  if (!usesRealMoney(job)) {
    return 0;
  }
  const { pictures } = job;
  const costs = pictures.flatMap((picture) => plausibleCost(job, picture) ?? []);
  return costs.length === 0 || costs.length < pictures.length ? undefined : sumUsd(costs);
}
