import type { LightTableMessage, TableJob, TablePicture } from "../../src/protocol.ts";
import { linkTo } from "./harness.ts";

/** Returns a stored picture of the harness, as the second of four and so on. */
export const tablePicture = (number: number, more: Partial<TablePicture> = {}): TablePicture => ({
  id: `p${number}`,
  label: `A mountain hut at dawn, ${number} of 4`,
  link: linkTo(number % 2 === 0 ? "light.png" : "dark.png"),
  width: 1600,
  height: 800,
  format: "PNG",
  kept: [],
  isStarred: false,
  isUnsafe: false,
  notes: [],
  isDiscarded: false,
  ...more,
});

/** Returns a job with four pictures, of which the first is shown. */
export const tableJob = (more: Partial<TableJob> = {}): TableJob => ({
  id: "hut",
  pictures: [1, 2, 3, 4].map((number) => tablePicture(number)),
  pending: 0,
  hasReferenceFile: false,
  thumbnails: linkTo(""),
  shown: "p1",
  showNumber: 1,
  ...more,
});

/** Returns that job after a change of some of its pictures, by number. */
export const changedJob = (
  changes: Readonly<Record<number, Partial<TablePicture>>>,
  more: Partial<TableJob> = {},
): Pick<LightTableMessage, "job"> => ({
  job: tableJob({ pictures: [1, 2, 3, 4].map((number) => tablePicture(number, changes[number])), ...more }),
});
