import { expect, test } from "vitest";
import { Listeners } from "../../src/core/listeners.ts";

test("Listeners are called until they unsubscribe, even if another listener throws", () => {
  const errors: unknown[] = [];
  const listeners = new Listeners<[number]>((error) => void errors.push(error));
  const request: number[] = [];
  const listener = (value: number): void => void request.push(value);
  listeners.subscribe(() => {
    throw new Error("broken");
  });
  const unsubscribeFirst = listeners.subscribe(listener);
  listeners.subscribe(listener);
  listeners.notify(1);
  unsubscribeFirst();
  unsubscribeFirst();
  listeners.notify(2);
  expect(request).toEqual([1, 1, 2]);
  expect(errors).toHaveLength(2);
});
