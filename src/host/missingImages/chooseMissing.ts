import { l10n, type QuickPick, type QuickPickItem, window, workspace } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import type { Model } from "../../core/models/model.ts";
import { formatSize } from "../../core/models/size.ts";
import { estimateCost } from "../../core/money/price.ts";
import { sumUsd } from "../../core/money/usd.ts";
import { formatName } from "../../core/text/formatName.ts";
import { promptProblem } from "../flow/promptProblem.ts";
import { sizeIcon } from "../flow/sizeIcon.ts";
import { iconButton, showInput } from "../flow/step.ts";
import { expectedPrice } from "../money/sandboxPrice.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { changeSize, editPrompt } from "./editRow.ts";
import type { MissingRow } from "./missingRow.ts";

interface RowItem extends QuickPickItem {
  readonly index: number;
}

/** Changes a row; resolves to the same one if the user leaves it as it is. */
type Edit = (row: MissingRow, model: Model) => Promise<MissingRow>;

/** What the list looks like when it is shown again after a row was edited. */
interface ListState {
  readonly rows: readonly MissingRow[];
  /** Indexes of the rows that are checked. */
  readonly chosen: ReadonlySet<number>;
  readonly active: number;
  /** What is typed to find rows. */
  readonly filter: string;
}

/** Rows to buy, or a row to edit first. */
type ListAnswer = { readonly bought: readonly MissingRow[] } | { readonly state: ListState; readonly edit: Edit };

/** The list, with what its title says in all states. */
interface List {
  readonly model: Model;
  /** Whether rows name the document that links to them. */
  readonly showsDocument: boolean;
  /** What was left out, as parts of the title. */
  readonly leftOut: readonly string[];
}

/** USD that the rows are expected to cost. */
export const estimateOfRows = (rows: readonly MissingRow[], model: Model): number =>
  sumUsd(rows.map(({ size }) => estimateCost(model, size, 1)));

function titleOf(chosen: readonly MissingRow[], count: number, { model, leftOut }: List): string {
  const selected =
    chosen.length === 0
      ? l10n.t("Missing Images: 0 of {0}", count)
      : l10n.t("Missing Images: {0} of {1}, {2}", chosen.length, count, expectedPrice(estimateOfRows(chosen, model)));
  return leftOut.length === 0 ? selected : `${selected} (${leftOut.join("; ")})`;
}

/** The buttons of each row. */
const buttons = () => {
  const prompt = iconButton("edit", l10n.t("Edit Prompt"));
  const size = iconButton("screen-full", l10n.t("Change Size"));
  return { prompt, size, all: [prompt, size] };
};

function itemOf(row: MissingRow, index: number, { model, showsDocument }: List): RowItem {
  const { file, format, size, prompt, linkedIn } = row;
  const facts = [formatSize(size), formatName(format), ...(showsDocument ? [linkedIn] : [])];
  const problem = promptProblem(prompt, model);
  return {
    index,
    label: escapeMarkup(shownPath(file)),
    description: escapeMarkup(facts.join(" · ")),
    detail: escapeMarkup(problem === undefined ? prompt : `${problem} ${prompt}`),
    iconPath: sizeIcon(size),
  };
}

/** Shows the list until the user buys, or edits a row. Rejects with kind `stopped` on Escape. */
async function showList(list: List, { rows, chosen, active, filter }: ListState): Promise<ListAnswer> {
  const input: QuickPick<RowItem> = window.createQuickPick();
  const { prompt: promptButton, all } = buttons();
  const items = rows.map((row, index) => ({ ...itemOf(row, index, list), buttons: all }));
  input.canSelectMany = true;
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  input.placeholder = l10n.t("Space selects, Enter generates the selected images");
  input.items = items;
  input.value = filter;
  input.selectedItems = items.filter(({ index }) => chosen.has(index));
  input.activeItems = items.slice(active, active + 1);
  const chosenNow = () => new Set(input.selectedItems.map(({ index }) => index));
  const rowsChosen = () => rows.filter((_, index) => chosenNow().has(index));
  const edited = (index: number, edit: Edit): { readonly value: ListAnswer } => ({
    value: { state: { rows, chosen: chosenNow(), active: index, filter: input.value }, edit },
  });
  const position = { title: titleOf(rowsChosen(), rows.length, list), step: 1, totalSteps: 1 };
  const update = () => {
    input.title = titleOf(rowsChosen(), rows.length, list);
  };
  const answer = await showInput<ListAnswer, typeof input>(input, position, (submit) => [
    input.onDidChangeSelection(update),
    workspace.onDidChangeConfiguration(update),
    input.onDidTriggerItemButton(({ item, button }) =>
      submit(edited(item.index, button === promptButton ? editPrompt : changeSize)),
    ),
    input.onDidAccept(() => {
      const bought = rowsChosen();
      if (bought.length === 0) {
        input.placeholder = l10n.t("Nothing is selected. Space selects an image, Escape closes the list.");
        return;
      }
      const invalid = rows.findIndex((row) => bought.includes(row) && promptProblem(row.prompt, list.model));
      submit(invalid < 0 ? { value: { bought } } : edited(invalid, editPrompt));
    }),
  ]);
  if (answer === "back") {
    throw stoppedError();
  }
  return answer.value;
}

/**
 * Shows missing images with check boxes, all of them checked, with buttons that change prompt and
 * size. Resolves to the rows to buy; rejects with kind `stopped` on Escape.
 */
export async function chooseMissing(rows: readonly MissingRow[], list: List): Promise<readonly MissingRow[]> {
  let state: ListState = { rows, chosen: new Set(rows.keys()), active: 0, filter: "" };
  for (;;) {
    const answer = await showList(list, state);
    if ("bought" in answer) {
      return answer.bought;
    }
    const { rows: before, active, ...rest } = answer.state;
    const row = before[active];
    const after = row === undefined ? before : before.with(active, await answer.edit(row, list.model));
    state = { ...rest, active, rows: after };
  }
}
