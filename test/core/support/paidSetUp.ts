import type { Jobs } from "../../../src/core/jobs/jobs.ts";
import type { ExpensiveRequest, Limits, Ports } from "../../../src/core/ports.ts";
import type { Request } from "../../../src/core/request/request.ts";
import { never, openHouse, order, type World } from "./setUp.ts";

/**
 * A house whose service costs real money, with limits; the questions that were asked are noted, and
 * answered with `answer`.
 */
export async function openShop(limits: Limits, answer = true) {
  const house = await openHouse();
  const { world } = house;
  const asked: ExpensiveRequest[] = [];
  const endpoint = { name: "https://api.runware.ai/v1", url: house.front.url, key: house.sandbox.key };
  const ports = (more: Partial<Ports> = {}): Ports => ({
    ...world.ports,
    endpoint: async () => endpoint,
    budget: {
      limits: () => limits,
      approve: async (request) => {
        asked.push(request);
        return answer;
      },
    },
    ...more,
  });
  return { ...house, asked, ports, window: (more?: Partial<Ports>) => world.open(ports(more)) };
}

/** Buys pictures for real money. */
export const buy = (world: World, jobs: Jobs, count: number, more: Partial<Request> = {}) =>
  jobs.buy(order(world, { ...more, count }), never);
