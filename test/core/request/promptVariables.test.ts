import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillVariables, variablesOf } from "../../../src/core/request/promptVariables.ts";

describe("Prompt variables", () => {
  it("are listed once each, in order, in any script", () => {
    expect(variablesOf("A {thing} in {сезон}, {thing} by {the sea}")).toEqual(["thing", "сезон", "the sea"]);
  });

  it("are not found in similar text", () => {
    expect(variablesOf("{} { a} {1} {a:b} {{}} {a\nb} [sandbox:delay=1]")).toEqual([]);
  });

  it("are replaced literally, whatever the value", () => {
    expect(fillVariables("A {a} and {b}", new Map([["a", "$& {b}"]]))).toBe("A $& {b} and {b}");
    fc.assert(fc.property(fc.string(), (value) => fillVariables("{a}", new Map([["a", value]])) === value));
  });
});
