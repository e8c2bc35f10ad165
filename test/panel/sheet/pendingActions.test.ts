import { describe, expect, test } from "vitest";
import type { ActionId } from "../../../src/panel/sheet/actions.ts";
import { PendingActions } from "../../../src/panel/sheet/pendingActions.ts";
import { jobView, pictureView } from "../harness/fixtures.ts";

const job = jobView(1);
const [picture = pictureView(1, 1), other = pictureView(1, 2)] = job.pictures;
const entry = { job, picture, number: 1, total: 2, isDiscarded: false };
const kept = { ...job, pictures: [{ ...picture, kept: ["images/fox.jpg"] }, other] };

const outcomesOf = (actions: readonly ActionId[], ...messages: readonly (typeof job)[]): readonly string[] => {
  const pending = new PendingActions();
  for (const action of actions) pending.add(action, entry);
  return messages.flatMap((message) => pending.takeOutcomes(new Map([[message.id, message]])));
};

describe("The announcements of what was done to a picture", () => {
  test.each<[ActionId, typeof job, string]>([
    ["keep", kept, "Picture 1 kept as images/fox.jpg"],
    ["keepAs", kept, "Picture 1 kept as images/fox.jpg"],
    ["replace", kept, "Picture 1 kept as images/fox.jpg"],
    ["star", { ...job, pictures: [{ ...picture, isStarred: true }, other] }, "Picture 1 starred"],
    ["discard", { ...job, pictures: [other] }, "Picture 1 discarded"],
  ])("say once that %s is done, as soon as a message shows it", (action, done, text) => {
    expect(outcomesOf([action], job, done, done)).toEqual([text]);
  });

  test("do not repeat the result of one action for those that change nothing", () => {
    expect(outcomesOf(["open", "compare", "useAsReference", "insertLink", "keep"], job, kept)).toEqual([
      "Picture 1 kept as images/fox.jpg",
    ]);
  });
});
