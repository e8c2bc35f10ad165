import assert from "node:assert/strict";
import { stoppedError } from "../../../src/core/errors.ts";
import { forgetPromptOnStart, type UnsentPromptDeps } from "../../../src/host/flow/unsentPrompt.ts";
import type { LastChoices } from "../../../src/host/request/lastChoices.ts";

/** A window that remembers a prompt, with the IDs of the jobs in its journal. */
function openWindow(...jobs: readonly string[]) {
  let choices: LastChoices = { unsent: "A {bird} in the reeds" };
  const deps: UnsentPromptDeps = {
    lastChoices: {
      read: () => choices,
      update: async (more) => {
        choices = { ...choices, ...more };
      },
    },
    jobs: { journal: { get: (id) => jobs.find((job) => job === id) } },
    log: { warn: () => undefined },
  };
  return { deps, remembered: () => choices.unsent };
}

const stopAfterStart = async (onStarted: (id: string) => void) => {
  onStarted("a-job");
  throw stoppedError();
};

describe("The remembered prompt", () => {
  it("comes back if its job was withdrawn before it was sent", async () => {
    const { deps, remembered } = openWindow();
    await assert.rejects(forgetPromptOnStart(deps, stopAfterStart), { kind: "stopped" });
    assert.equal(remembered(), "A {bird} in the reeds");
  });

  it("stays forgotten if the user only stops waiting, since the job continues", async () => {
    const { deps, remembered } = openWindow("a-job");
    await assert.rejects(forgetPromptOnStart(deps, stopAfterStart), { kind: "stopped" });
    assert.equal(remembered(), undefined);
  });
});
