import { l10n, window, workspace } from "vscode";
import { LimnError } from "../core/errors.ts";
import type { Input } from "../core/input.ts";
import { cleanPrompt } from "../core/promptText.ts";
import type { Order } from "../core/request.ts";
import type { CommandResult } from "./commandResult.ts";
import { isArgument, orderOf, readArgument } from "./direct.ts";
import { askOrder, titles } from "./flow/flow.ts";
import type { CommandId } from "./ids.ts";
import { askImages, urisOf } from "./images.ts";
import { currentOrigin, type Origin } from "./insertLink.ts";
import { ensureEngine } from "./keyCommands.ts";
import { purchase, withOrigin } from "./purchase.ts";
import { loadReferences } from "./references.ts";
import type { Services } from "./services.ts";
import { TrackedPosition } from "./trackedPosition.ts";

/**
 * Buys what a command's argument asks for. The same argument again within a second, under the same
 * settings, comes from a held key: all calls get the result of one purchase. The active editor is
 * not part of the key, since a picture that opens while the key is held would change it.
 */
function buyOnce(
  services: Services,
  command: CommandId,
  input: Input,
  check: (order: Order) => void = () => undefined,
): Promise<CommandResult> {
  const key = JSON.stringify([command, input, workspace.getConfiguration("limn")]);
  return services.presses.press(key, (started) =>
    withOrigin(currentOrigin(), async (origin) => {
      const order = await orderOf(services, input);
      check(order);
      return purchase(services, order, origin, started);
    }),
  );
}

const nothing = { references: [], notes: [] };

async function generateFrom(services: Services, prompt: string, origin: Origin | undefined): Promise<CommandResult> {
  await ensureEngine(services);
  const order = await askOrder(services, { title: titles.generate(), prompt, loaded: nothing });
  return purchase(services, order, origin);
}

/** Asks for a prompt and makes pictures of it; with an argument (see `core/input.ts`) only the budget may ask. */
export async function generate(services: Services, argument?: unknown): Promise<CommandResult> {
  return isArgument(argument)
    ? buyOnce(services, "limn.generate", readArgument(argument))
    : withOrigin(currentOrigin(), (origin) => generateFrom(services, "", origin));
}

/** Makes pictures of the text that is selected; the link goes after it. */
export async function generateFromSelection(services: Services): Promise<CommandResult> {
  const editor = window.activeTextEditor;
  const text = cleanPrompt(editor?.document.getText(editor.selection).replace(/\s+/g, " ") ?? "");
  if (editor === undefined || text === "") {
    throw new LimnError(
      "input",
      l10n.t("No text is selected. Select what the picture should show, then run the command again."),
      {
        field: "prompt",
      },
    );
  }
  const end = new TrackedPosition(editor.document, editor.selection.end);
  return withOrigin(end, (origin) => generateFrom(services, text, origin));
}

/**
 * Edits images: those of a context menu, the open one, or those chosen in a dialog; all become references, in order. With an argument
 * (see `core/input.ts`) only the budget may ask.
 */
export async function edit(services: Services, first?: unknown, all?: unknown): Promise<CommandResult> {
  const given = urisOf(first, all);
  if (given.length === 0 && isArgument(first)) {
    return buyOnce(services, "limn.edit", readArgument(first), ({ request }) => {
      if (request.references.length === 0) {
        throw new LimnError("reference", l10n.t("There is no image to edit. Give at least one in “references”."), {
          field: "references",
        });
      }
    });
  }
  return withOrigin(currentOrigin(), async (origin) => {
    await ensureEngine(services);
    const uris = given.length > 0 ? given : await askImages(l10n.t("Choose the Images to Edit"), l10n.t("Edit"));
    const loaded = await loadReferences(uris, services.imaging, services.model);
    const order = await askOrder(services, { title: titles.edit(), prompt: "", loaded });
    return purchase(services, order, origin);
  });
}
