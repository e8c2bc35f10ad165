import { expect, test } from "vitest";
import { costOf } from "../../../src/core/jobs/jobCost.ts";
import type { Pixels } from "../../../src/core/models/size.ts";
import { sandboxEndpointName } from "../../../src/core/money/realMoney.ts";
import type { ToolUse } from "../../../src/core/tools/tool.ts";
import { estimateToolUse } from "../../../src/core/tools/toolEstimate.ts";
import { toolOf } from "../../../src/core/tools/tools.ts";
import { type PaidJobOptions, paidJob } from "../support/paidJob.ts";

const upscale = toolOf("upscale");
const twice: ToolUse = { id: "upscale", factor: 2 };
const small = { width: 200, height: 100 };
const large = { width: 2000, height: 1000 };

/** A job of a tool that cost this; its estimate is that of the tool. */
function toolJob(tool: ToolUse, shape: Pixels, cost: number | undefined, more: PaidJobOptions = {}) {
  const job = paidJob({ costs: [cost], estimate: toolOf(tool.id).price, ...more });
  return { ...job, request: { ...job.request, tool, shape } };
}

test("An estimate is what others paid, for each factor, until the user has paid for that factor", () => {
  const jobs = [toolJob({ id: "upscale", factor: 4 }, small, 0.004), toolJob({ id: "removeBackground" }, small, 0.002)];
  expect(estimateToolUse(jobs, upscale, twice, small)).toEqual({ usd: 0.0013 });
  expect(estimateToolUse(jobs, upscale, { ...twice, factor: 4 }, small)).toEqual({ usd: 0.004, paidFor: small });
  expect(estimateToolUse(jobs, toolOf("removeBackground"), { id: "removeBackground" }, large)).toEqual({
    usd: 0.002,
    paidFor: small,
  });
});

test("An estimate is the last cost for the nearest number of pixels", () => {
  const jobs = [toolJob(twice, small, 0.001), toolJob(twice, large, 0.005), toolJob(twice, large, 0.006)];
  expect(estimateToolUse(jobs, upscale, twice, { width: 210, height: 100 }).usd).toBe(0.001);
  expect(estimateToolUse(jobs, upscale, twice, { width: 1000, height: 1900 })).toEqual({ usd: 0.005, paidFor: large });
});

test("A cost is plausible by the price of others, if the estimate comes from one tiny picture", () => {
  const learnt = { estimate: 0.00001 };
  expect(costOf(toolJob(twice, large, 0.1, learnt))).toBe(0.1);
  expect(costOf(toolJob(twice, large, 0.14, learnt))).toBeUndefined();
  // The user has paid more than others.
  expect(costOf(toolJob(twice, large, 0.14, { estimate: 0.002 }))).toBe(0.14);
});

test.each([
  ["without a known cost", toolJob(twice, small, undefined)],
  ["without a cost", toolJob(twice, small, 0)],
  ["with a cost that is not plausible", toolJob(twice, small, 5)],
  ["of the sandbox", toolJob(twice, small, 0.002, { endpoint: sandboxEndpointName })],
  ["that has failed", toolJob(twice, small, 0.002, { costs: [], state: "failed" })],
])("An estimate ignores a job %s", (_, job) => {
  expect(estimateToolUse([job], upscale, twice, small)).toEqual({ usd: 0.0013 });
});
