import { describe, expect, it } from "vitest";
import { listPromptHistory } from "../../../src/core/request/promptHistory.ts";
import { setUp } from "../support/setUp.ts";

describe("The prompt history", () => {
  it("contains each prompt once, newest first, at most 200", async () => {
    const { buy, jobs } = await setUp();
    await buy({ prompt: "A" });
    await buy({ prompt: "B" });
    await buy({ prompt: "A" });
    const list = jobs.journal.list();
    expect(listPromptHistory(list).map(({ text }) => text)).toEqual(["A", "B"]);
    const many = Array.from({ length: 300 }, (_, index) =>
      list.slice(0, 1).map((job) => ({ ...job, request: { ...job.request, prompt: `P${index}` } })),
    ).flat();
    expect(listPromptHistory(many)).toHaveLength(200);
  });

  it("contains prompts of forgotten jobs in order, and marks them as removable", async () => {
    const { buy, jobs } = await setUp();
    const { job } = await buy({ prompt: "A" });
    const past = [
      { text: "later", usedAt: job.createdAt + 1 },
      { text: "A", usedAt: job.createdAt + 2 },
      { text: "earlier", usedAt: job.createdAt - 1 },
    ];
    const history = listPromptHistory(jobs.journal.list(), past);
    expect(history.map(({ text, isForgotten: forgotten }) => [text, forgotten])).toEqual([
      ["later", true],
      ["A", false],
      ["earlier", true],
    ]);
    expect(new Set(history.map(({ id }) => id)).size).toBe(3);
  });
});
