import { commands, l10n, Uri } from "vscode";
import { isStopped, LimnError } from "../../core/errors.ts";
import type { Order } from "../../core/request.ts";
import type { DraftFields } from "../../protocol.ts";
import { askVariables } from "../askVariables.ts";
import { openBudgetSettings } from "../budget.ts";
import { titles } from "../flow/flow.ts";
import { chooseImages } from "../images.ts";
import { ensureAddress } from "../keyAddress.ts";
import { namingSetting } from "../namedSetting.ts";
import { unwrittenNote } from "../outcome.ts";
import type { Services } from "../services.ts";
import { changeSetting } from "../settings.ts";
import { openAccount, openSettings } from "../tell.ts";
import { askRemote } from "./askRemote.ts";
import type { Desk, Handlers, Intents } from "./desk.ts";
import { idOf } from "./draftReferences.ts";
import { readUriList, storeImage } from "./drops.ts";
import { noteTrouble } from "./notes.ts";
import { foreseePath, orderOfDraft } from "./order.ts";

/** What the page's commands are. */
const commandsOf = {
  setApiKey: () => commands.executeCommand("limn.setApiKey"),
  checkKey: () => commands.executeCommand("limn.checkKey"),
  trySandbox: () => changeSetting("engine", "sandbox"),
  useRunware: () => changeSetting("engine", "runware"),
  getKey: openAccount,
  showLog: () => commands.executeCommand("limn.showLog"),
  budget: openBudgetSettings,
  settings: openSettings,
  delivery: () =>
    commands.executeCommand(
      "workbench.action.openSettings",
      "@id:limn.deliveryMethod,limn.webhookURL,limn.uploadEndpoint",
    ),
} as const satisfies Readonly<Record<Intents["command"]["command"], () => Thenable<unknown>>>;

/**
 * Buys what was ordered. Resolves once that has begun; what becomes of it is told by the job, and by the form only where the job has
 * nothing to say.
 */
export async function buy({ services, notes, closing, refresh }: Desk, order: Order): Promise<void> {
  const { jobs, log } = services;
  await ensureAddress(services);
  const { id, outcome } = await jobs.start(order, closing).catch((error: unknown) => {
    throw namingSetting(error, order.request, Uri.parse(order.target.folder));
  });
  const settled = outcome.then(() => {
    const unwritten = unwrittenNote(services, id);
    if (unwritten !== undefined) {
      throw new LimnError("files", unwritten);
    }
  });
  settled.catch((error: unknown) => {
    if (isStopped(error)) {
      return;
    }
    log.warn(`Job ${id} ended with trouble: ${error instanceof Error ? error.message : String(error)}`);
    const job = jobs.journal.get(id);
    if (job?.state !== "unknown" && job?.failures.length === 0) {
      noteTrouble(notes, error);
    }
    refresh();
  });
}

/** The draft with the variables of its prompt filled in. The page keeps the prompt as it was typed. */
async function fillDraft({ model }: Services, draft: DraftFields): Promise<DraftFields> {
  const { prompt = "" } = draft;
  return { ...draft, prompt: await askVariables(titles.generate(), prompt, model.promptLimit) };
}

/** The form: what is wanted, and what it is made of. */
export const draftIntents = {
  ready: ({ open }) => open(),
  command: async (desk, { command }) => {
    await commandsOf[command]();
    await desk.reload();
  },
  generate: (desk, { press, draft }) => {
    const { services, presses } = desk;
    const key = JSON.stringify([draft, services.references.current.references.map(idOf)]);
    return presses.accept({ id: press }, key, async () => {
      // The references are those at the press: later changes belong to the next press.
      const loaded = services.references.refresh();
      loaded.catch(() => undefined);
      // A question may stand for hours: no other purchase waits for its answer.
      const filled = await fillDraft(services, draft);
      return presses.inTurn(async () => buy(desk, await orderOfDraft(services, filled, loaded)));
    });
  },
  previewPath: async ({ services, notes }, { draft }) => {
    await services.references.restore();
    notes.target = await foreseePath(services, draft);
  },
  dismissTrouble: async () => undefined,
  addReferences: async ({ services }) => {
    const uris = await chooseImages(l10n.t("Add Reference Images"), l10n.t("Add"));
    await services.references.add(uris.map((uri) => ({ uri })));
  },
  addRemoteReference: async ({ services }) => services.references.add([await askRemote()]),
  dropUris: async ({ services }, { list }) => services.references.add(readUriList(list)),
  dropImage: async ({ services: { references, ports, storage } }, image) =>
    references.add(storeImage(ports, storage, image).then((stored) => [stored])),
  moveReference: async ({ services }, { id, to }) => services.references.move(id, to),
  removeReference: async ({ services }, { id }) => services.references.remove(id),
} as const satisfies Handlers<
  | "ready"
  | "command"
  | "generate"
  | "previewPath"
  | "dismissTrouble"
  | "addReferences"
  | "addRemoteReference"
  | "dropUris"
  | "dropImage"
  | "moveReference"
  | "removeReference"
>;
