import { describe, expect, test } from "vitest";
import { createConcurrencyLimit } from "../../src/core/concurrencyLimit.ts";

/** Tasks that settle only when `end` is called. */
function createTasks() {
  const begun: number[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const task = (index: number) => () => {
    begun.push(index);
    return new Promise<number>((resolve, reject) => {
      ends[index] = (error) => (error === undefined ? resolve(index) : reject(error));
    });
  };
  return { begun, task, end: (index: number, error?: Error) => ends[index]?.(error) };
}

describe("A limit of two", () => {
  test("runs two tasks at a time and starts the others in order", async () => {
    const limit = createConcurrencyLimit(2);
    const { begun, task, end } = createTasks();
    const results = [0, 1, 2, 3].map((index) => limit(task(index)));
    expect(begun).toEqual([0, 1]);
    end(1);
    await results[1];
    await Promise.resolve();
    expect(begun).toEqual([0, 1, 2]);
    end(0);
    await results[0];
    await Promise.resolve();
    expect(begun).toEqual([0, 1, 2, 3]);
    end(2);
    end(3);
    expect(await Promise.all(results)).toEqual([0, 1, 2, 3]);
  });

  test("starts the next task after one fails", async () => {
    const limit = createConcurrencyLimit(1);
    const { begun, task, end } = createTasks();
    const [first, second] = [limit(task(0)), limit(task(1))];
    end(0, new Error("broken"));
    await expect(first).rejects.toThrow("broken");
    await Promise.resolve();
    end(1);
    expect(await second).toBe(1);
    expect(begun).toEqual([0, 1]);
  });
});

describe("Aborting a queued task", () => {
  test("rejects at once and starts the next task in its place", async () => {
    const limit = createConcurrencyLimit(1);
    const { begun, task, end } = createTasks();
    const controller = new AbortController();
    const first = limit(task(0));
    const second = limit(task(1), controller.signal);
    const third = limit(task(2));
    controller.abort(new Error("enough"));
    await expect(second).rejects.toThrow("enough");
    end(0);
    await first;
    await Promise.resolve();
    expect(begun).toEqual([0, 2]);
    end(2);
    expect(await third).toBe(2);
  });

  test("never starts a task whose signal is already aborted", async () => {
    const { begun, task } = createTasks();
    await expect(createConcurrencyLimit(1)(task(0), AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
    expect(begun).toEqual([]);
  });
});
