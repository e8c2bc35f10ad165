import type { Uri } from "vscode";
import { ensureEngine } from "../connection/ensureEngine.ts";
import { exportForTargets } from "../export/exportForTargets.ts";
import { buyTogether } from "../jobs/buyTogether.ts";
import { itemsToMake, neededItems, type ReasonNotToMake } from "../jobs/neededItems.ts";
import type { Services } from "../services.ts";
import { notify } from "../ui/notify.ts";
import { chooseRows } from "./chooseRows.ts";
import { collectRows, estimateOfRows, type ImageRow, jobRequestOfRow } from "./imageRow.ts";
import type { RowReferences } from "./rowReferences.ts";
import { type RowKind, rowTexts } from "./rowTexts.ts";

/** Items that a search found, and what a list says and makes of them. */
interface FoundItems<Item> {
  readonly kind: RowKind;
  readonly items: readonly Item[];
  /** What the search left out, as parts of the title. */
  readonly leftOut: readonly string[];
  /** Says, without a period, that there is nothing to list. */
  readonly nothing: string;
  /** Whether rows name the document that links to them. */
  readonly showsDocument: boolean;
  readonly fileOf: (item: Item) => Uri;
  /** Throws a `LimnError` if no picture can be made for the item. */
  readonly toRow: (item: Item) => Promise<ImageRow>;
  readonly reasonNotToMake: ReasonNotToMake<ImageRow>;
  /** Brings back what the pictures have replaced; absent if they replace nothing. */
  readonly undo?: (files: readonly Uri[]) => Promise<void>;
  /** Makes free drafts instead; absent if the list does not offer them. */
  readonly makeDrafts?: (rows: readonly ImageRow[], notes: readonly string[]) => Promise<unknown>;
}

const noReferences: RowReferences = { references: new Map(), unusable: new Set(), notes: [] };

/** The references of the rows, which most lists do not have. */
async function referencesOf(services: Services, rows: readonly ImageRow[]): Promise<RowReferences> {
  if (rows.every(({ references = [] }) => references.length === 0)) {
    return noReferences;
  }
  const { loadRowReferences } = await import("../draftImages/draftCommands.ts");
  return loadRowReferences(services, rows);
}

/**
 * Lists what was found, asks which images to make, asks for the price of all of them, and makes
 * those that are still needed by then. Rejects with kind `stopped` on Escape, with a `LimnError` if
 * nothing can be made.
 */
export async function makeFromList<Item>(services: Services, found: FoundItems<Item>): Promise<void> {
  const { kind, showsDocument, reasonNotToMake, undo, makeDrafts } = found;
  const { items, making } = await itemsToMake(services, found.items, found.fileOf);
  const { rows, problems } = await collectRows(items, found.toRow);
  const leftOut = [
    ...(making > 0 ? [rowTexts[kind].beingMade(making)] : []),
    ...(problems.length > 0 ? [rowTexts[kind].impossible(problems.length)] : []),
    ...found.leftOut,
  ];
  if (rows.length === 0) {
    const [problem] = problems;
    if (problem !== undefined) {
      throw problem;
    }
    void notify(leftOut.length === 0 ? `${found.nothing}.` : `${found.nothing} (${leftOut.join("; ")}).`);
    return;
  }
  const offersDrafts = makeDrafts !== undefined;
  const { action, rows: chosen } = await chooseRows(rows, { kind, leftOut, showsDocument, offersDrafts });
  if (action === "buy") {
    await ensureEngine(services, estimateOfRows(chosen));
  }
  const loaded = await referencesOf(services, action === "buy" ? chosen : []);
  const usable = chosen.filter((row) => !loaded.unusable.has(row));
  const { needed, notes: needless } = await neededItems(services, usable, reasonNotToMake);
  const notes = [...loaded.notes, ...needless];
  if (needed.length === 0) {
    void notify(notes.join(" "));
  } else if (action === "buy") {
    const saved = await buyTogether(services, {
      items: needed,
      toJobRequest: (row) => jobRequestOfRow(row, loaded.references.get(row) ?? []),
      texts: rowTexts[kind],
      reasonNotToMake,
      notes,
      ...(undo === undefined ? {} : { undo }),
    });
    await exportForTargets(
      services,
      saved.flatMap(({ item: { forTarget }, uri }) =>
        forTarget === undefined ? [] : [{ target: forTarget.keptId, uri }],
      ),
    );
  } else {
    await makeDrafts?.(needed, notes);
  }
}
