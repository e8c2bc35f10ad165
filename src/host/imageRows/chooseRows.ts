import { l10n, type QuickPick, type QuickPickItem, window, workspace } from "vscode";
import { stoppedError } from "../../core/errors.ts";
import { formatSize } from "../../core/models/size.ts";
import { countCharacters } from "../../core/text/characters.ts";
import { formatName } from "../../core/text/formatName.ts";
import { promptProblem } from "../flow/promptProblem.ts";
import { sizeIcon } from "../flow/sizeIcon.ts";
import { iconButton, showInput } from "../flow/step.ts";
import { expectedPrice } from "../money/sandboxPrice.ts";
import { escapeMarkup } from "../ui/escapeMarkup.ts";
import { shownPath } from "../workspace/workspaceFolders.ts";
import { changeSize, editPrompt } from "./editRow.ts";
import { estimateOfRows, type ImageRow, sentPromptOf } from "./imageRow.ts";
import { type RowKind, rowTexts } from "./rowTexts.ts";

/**
 * Maximum number of characters of a prompt that the list may show whole, in one line. A longer one
 * starts with its length, so that the user knows that there is more to read before a purchase.
 */
const lineLength = 80;

interface RowItem extends QuickPickItem {
  readonly index: number;
}

/** Changes a row; resolves to the same one if the user leaves it as it is. */
type Edit = (row: ImageRow) => Promise<ImageRow>;

/** What the list looks like when it is shown again after a row was edited. */
interface ListState {
  readonly rows: readonly ImageRow[];
  /** Indexes of the rows that are checked. */
  readonly chosen: ReadonlySet<number>;
  readonly active: number;
  /** What is typed to find rows. */
  readonly filter: string;
}

/** The rows that the user has chosen, to buy them or to make free drafts of them. */
export interface ChosenRows {
  readonly action: "buy" | "draft";
  readonly rows: readonly ImageRow[];
}

/** The answer, or a row to edit first. */
type ListAnswer = ChosenRows | { readonly state: ListState; readonly edit: Edit };

/** The list, with what its title says in all states. */
interface List {
  readonly kind: RowKind;
  /** Whether rows name the document that links to them. */
  readonly showsDocument: boolean;
  /** What was left out, as parts of the title. */
  readonly leftOut: readonly string[];
  /** Whether it has a button that makes free drafts instead. */
  readonly offersDrafts: boolean;
}

function titleOf(chosen: readonly ImageRow[], count: number, { kind, leftOut }: List): string {
  const price = chosen.length === 0 ? undefined : expectedPrice(estimateOfRows(chosen));
  const selected = rowTexts[kind].title(chosen.length, count, price);
  return leftOut.length === 0 ? selected : `${selected} (${leftOut.join("; ")})`;
}

/** The buttons of each row, and the one of a list that offers drafts. */
const buttons = () => {
  const prompt = iconButton("edit", l10n.t("Edit Prompt"));
  const size = iconButton("screen-full", l10n.t("Change Size"));
  const draft = iconButton("file-media", l10n.t("Make Free Drafts of the Selected Images"));
  return { prompt, size, draft, all: [prompt, size] };
};

type RowReference = NonNullable<ImageRow["references"]>[number];

const referenceName = (reference: RowReference): string =>
  "image" in reference ? reference.label : shownPath(reference.uri);

/** What is sent besides the prompt: a draft of a repository may name any image of the workspace. */
const referenceFacts = (references: readonly RowReference[]): readonly string[] =>
  references.map((reference) => l10n.t("sends {0}", referenceName(reference)));

function itemOf(row: ImageRow, index: number, { kind, showsDocument }: List): RowItem {
  const { file, format, model, size, linkedIn, references = [], forTarget } = row;
  const prompt = sentPromptOf(row);
  const origin = kind === "draft" ? model.name : showsDocument ? linkedIn : undefined;
  // What does not fit is cut off at the end: a long path leaves room for the first words only.
  const facts = [
    forTarget?.describe(size) ?? [],
    formatSize(size),
    formatName(format),
    origin ?? [],
    referenceFacts(references),
  ].flat();
  const problem = promptProblem(prompt, model);
  const length = countCharacters(prompt);
  const wholePrompt = length > lineLength ? l10n.t("{0} characters: {1}", length, prompt) : prompt;
  return {
    index,
    label: escapeMarkup(shownPath(file)),
    description: escapeMarkup(facts.join(" · ")),
    detail: escapeMarkup(problem === undefined ? wholePrompt : `${problem} ${prompt}`),
    iconPath: sizeIcon(size),
  };
}

/** Shows the list until the user buys, or edits a row. Rejects with kind `stopped` on Escape. */
async function showList(list: List, { rows, chosen, active, filter }: ListState): Promise<ListAnswer> {
  const input: QuickPick<RowItem> = window.createQuickPick();
  const { prompt: promptButton, draft: draftButton, all } = buttons();
  const items = rows.map((row, index) => ({ ...itemOf(row, index, list), buttons: all }));
  input.canSelectMany = true;
  input.matchOnDescription = true;
  input.matchOnDetail = true;
  input.placeholder = rowTexts[list.kind].placeholder();
  input.buttons = list.offersDrafts ? [draftButton] : [];
  input.items = items;
  input.value = filter;
  input.selectedItems = items.filter(({ index }) => chosen.has(index));
  input.activeItems = items.slice(active, active + 1);
  const chosenNow = () => new Set(input.selectedItems.map(({ index }) => index));
  const rowsChosen = () => {
    const indexes = chosenNow();
    return rows.filter((_, index) => indexes.has(index));
  };
  const edited = (index: number, edit: Edit): { readonly value: ListAnswer } => ({
    value: { state: { rows, chosen: chosenNow(), active: index, filter: input.value }, edit },
  });
  const position = { title: titleOf(rowsChosen(), rows.length, list), step: 1, totalSteps: 1 };
  const update = () => {
    input.title = titleOf(rowsChosen(), rows.length, list);
  };
  const answer = await showInput<ListAnswer, typeof input>(input, position, (submit) => {
    const end = (action: ChosenRows["action"]) => {
      const chosenRows = rowsChosen();
      if (chosenRows.length === 0) {
        input.placeholder = l10n.t("Nothing is selected. Space selects an image, Escape closes the list.");
        return;
      }
      const invalid = rows.findIndex((row) => promptProblem(sentPromptOf(row), row.model) && chosenRows.includes(row));
      submit(invalid < 0 ? { value: { action, rows: chosenRows } } : edited(invalid, editPrompt));
    };
    return [
      input.onDidChangeSelection(update),
      workspace.onDidChangeConfiguration(update),
      input.onDidTriggerItemButton(({ item, button }) =>
        submit(edited(item.index, button === promptButton ? editPrompt : changeSize)),
      ),
      input.onDidAccept(() => end("buy")),
      input.onDidTriggerButton(() => end("draft")),
    ];
  });
  if (answer === "back") {
    throw stoppedError();
  }
  return answer.value;
}

/**
 * Shows rows with check boxes, all of them checked, with buttons that change prompt and size.
 * Rejects with kind `stopped` on Escape.
 */
export async function chooseRows(rows: readonly ImageRow[], list: List): Promise<ChosenRows> {
  let state: ListState = { rows, chosen: new Set(rows.keys()), active: 0, filter: "" };
  for (;;) {
    const answer = await showList(list, state);
    if ("action" in answer) {
      return answer;
    }
    const { rows: before, active, ...rest } = answer.state;
    const row = before[active];
    const after = row === undefined ? before : before.with(active, await answer.edit(row));
    state = { ...rest, active, rows: after };
  }
}
