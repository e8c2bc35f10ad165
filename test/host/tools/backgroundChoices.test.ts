import assert from "node:assert/strict";
import { backgroundChoices } from "../../../src/host/tools/backgroundChoices.ts";
import { storedJob, storedRequest } from "../../support/storedJob.ts";

describe("an image that is exported for a target with transparency", () => {
  it("can lose its background, for what the user has paid for the tool, else for what others have", () => {
    const pixels = { width: 640, height: 400 };
    const paid = storedJob({
      endpoint: "https://api.runware.ai/v1",
      request: { ...storedRequest, tool: { id: "removeBackground" }, shape: pixels },
      estimate: 0.0006,
      pictures: [{ id: "p", cost: 0.02, kept: [] }],
    });
    const choicesAfter = (...jobs: Parameters<typeof backgroundChoices>[0]) =>
      backgroundChoices(jobs, pixels).map(({ label, description }) => [label, description]);
    assert.deepEqual(choicesAfter(), [
      ["Keep the Background", undefined],
      ["Remove Background…", "about $0.0006"],
    ]);
    assert.deepEqual(choicesAfter(paid).at(-1), ["Remove Background…", "about $0.020"]);
  });
});
