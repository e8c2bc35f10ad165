import type { Jobs } from "../../../src/core/jobs/jobs.ts";
import type { ExpensiveRequest, Limits, Ports } from "../../../src/core/ports.ts";
import type { Request } from "../../../src/core/request/request.ts";
import { createJobRequest, neverAborted, setUp, type TestEnvironment } from "./setUp.ts";

/**
 * A set-up whose service counts as real money, with limits. Records requests for approval and
 * answers them with `isApproved`.
 */
export async function setUpPaid(limits: Limits, isApproved = true) {
  const setup = await setUp();
  const { environment } = setup;
  const approvalRequests: ExpensiveRequest[] = [];
  const endpoint = { name: "https://api.runware.ai/v1", url: setup.faultProxy.url, key: setup.sandbox.key };
  const ports = (more: Partial<Ports> = {}): Ports => ({
    ...environment.ports,
    endpoint: async () => endpoint,
    budget: {
      limits: () => limits,
      approve: async (request) => {
        approvalRequests.push(request);
        return isApproved;
      },
    },
    ...more,
  });
  return {
    ...setup,
    approvalRequests,
    ports,
    openWindow: (more?: Partial<Ports>) => environment.openWindow(ports(more)),
  };
}

/** Buys pictures. */
export const buy = (environment: TestEnvironment, jobs: Jobs, count: number, more: Partial<Request> = {}) =>
  jobs.buy(createJobRequest(environment, { ...more, count }), neverAborted);
