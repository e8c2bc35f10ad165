import { afterAll, afterEach, expect } from "vitest";
import { openPanel, type Panel } from "./harness.ts";

/** Opens panels for single tests. */
export interface FileHarness {
  /** Opens a panel, which is closed after the test. */
  open(...args: Parameters<typeof openPanel>): Promise<Panel>;
}

/** After each test of the file, the open panels must have no errors, and are closed. */
export function useHarness(): FileHarness {
  const panels: Panel[] = [];
  afterEach(async () => {
    for (const panel of panels.splice(0)) {
      expect(panel.errors).toEqual([]);
      await panel.close();
    }
  });
  return {
    async open(...args) {
      const panel = await openPanel(...args);
      panels.push(panel);
      return panel;
    },
  };
}

/** For a file with one panel: it must have no errors after each test, and is closed at the end. */
export function checkAndClose(panel: () => Panel): void {
  afterEach(() => expect(panel().errors).toEqual([]));
  afterAll(() => panel().close());
}
