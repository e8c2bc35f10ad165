import { expect, it } from "vitest";
import { editLabel } from "../../../src/core/request/editLabel.ts";

it.each([
  [undefined, "Edit Prompt"],
  ["prompt", "Edit Prompt"],
  ["size", "Edit Request"],
  ["references", "Edit Request"],
])("the button after a refusal that is about %s is “%s”", (field, label) => {
  expect(editLabel(field)).toBe(label);
});
