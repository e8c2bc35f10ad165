import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Snapshot } from "../../../src/protocol.ts";
import { type Harness, type OpenOptions, type Panel, startHarness } from "./harness.ts";

/** Opens panels in the Chromium of a test file. */
export interface FileHarness {
  /** Opens a panel, which is closed after the test. */
  open(snapshot: Snapshot, options?: OpenOptions): Promise<Panel>;
}

/**
 * Starts Chromium before the tests of a file and closes it after them. After each test the open
 * panels must have no errors, and are closed.
 */
export function useHarness(): FileHarness {
  let harness: Harness | undefined;
  const panels: Panel[] = [];
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterEach(async () => {
    for (const panel of panels.splice(0)) {
      expect(panel.errors).toEqual([]);
      await panel.close();
    }
  });
  afterAll(() => harness?.close());
  return {
    async open(snapshot, options) {
      if (harness === undefined) throw new Error("The harness has not been started.");
      const panel = await harness.open(snapshot, options);
      panels.push(panel);
      return panel;
    },
  };
}
