import assert from "node:assert/strict";
import { forgetDetail, forgetUnreadableDetail, otherVersionText } from "../../../src/host/jobs/forgetTexts.ts";
import { storedJob } from "../../support/storedJob.ts";

const [ofSandbox, ofRunware] = [storedJob(), storedJob({ endpoint: "https://api.runware.ai/v1" })];

describe("the questions about forgetting a job", () => {
  it("name neither a cost nor the spending report for a job of the sandbox", () => {
    assert.equal(
      forgetDetail({ ...ofSandbox, state: "running" }),
      "Limn will not ask the sandbox for it again. Pictures that arrived stay in the vault.",
    );
    assert.equal(
      forgetUnreadableDetail(ofSandbox),
      "Limn cannot ask for its pictures any more. They were free in the sandbox.",
    );
    assert.equal(otherVersionText(ofSandbox), "Another version of Limn wrote this job. Use that version to see it.");
  });

  it("say what stays counted for a job of Runware", () => {
    assert.match(forgetDetail({ ...ofRunware, state: "running" }), /what it cost stays .* It may have been billed\.$/);
    const receipt = { ...ofRunware, state: "running" } as const;
    assert.match(forgetUnreadableDetail(receipt), /it stays counted as about \$0\.028\.$/);
    assert.match(otherVersionText(receipt), /it counts in the budget until then\.$/);
  });
});
