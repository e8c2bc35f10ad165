import { type DataTransfer, Disposable, languages } from "vscode";
import { droppedMimeTypes, linkKind, mayHoldImage } from "./dropTypes.ts";
import { linkDocuments } from "./linkDocuments.ts";
import type { LinkProvider } from "./linkDrop.ts";

/** Loads Limn with what makes image links of dropped and pasted files. */
export type LoadLinkProvider = () => Promise<{ readonly linkProvider: Promise<LinkProvider> }>;

/** Offers image links for what is dropped or pasted, and loads Limn only if it may be an image. */
export function registerLinkProvider(loadLimn: LoadLinkProvider): Disposable {
  const linksTo = async (transfer: DataTransfer) =>
    (await mayHoldImage(transfer)) ? (await loadLimn()).linkProvider : undefined;
  // The third argument of both is what was dropped or pasted.
  const provider: LinkProvider = {
    provideDocumentDropEdits: async (...args) => (await linksTo(args[2]))?.provideDocumentDropEdits(...args),
    provideDocumentPasteEdits: async (...args) => (await linksTo(args[2]))?.provideDocumentPasteEdits(...args),
  };
  return Disposable.from(
    languages.registerDocumentDropEditProvider(linkDocuments, provider, {
      providedDropEditKinds: [linkKind],
      dropMimeTypes: droppedMimeTypes,
    }),
    languages.registerDocumentPasteEditProvider(linkDocuments, provider, {
      providedPasteEditKinds: [linkKind],
      pasteMimeTypes: droppedMimeTypes,
    }),
  );
}
