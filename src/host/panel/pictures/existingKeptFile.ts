import type { VaultPicture } from "../findPicture.ts";
import type { PanelContext } from "../panelContext.ts";

/** The URI of a file that the picture was kept as and that is still there. */
export async function existingKeptFile(
  { services }: Pick<PanelContext, "services">,
  { picture }: VaultPicture,
): Promise<string | undefined> {
  for (const uri of picture.kept) {
    if ((await services.ports.files.size(uri)) !== undefined) {
      return uri;
    }
  }
  return undefined;
}
