import type { Ports } from "../ports.ts";

/**
 * Copies a file of a fallback folder into the vault.
 * @returns `{}` if the vault has it now, or its path in the fallback folder if the vault still
 * cannot be written.
 */
export async function moveIntoVault(
  { vault, log }: Pick<Ports, "vault" | "log">,
  file: string,
  path: string,
  bytes: Uint8Array,
): Promise<{ readonly rescued?: string }> {
  try {
    await vault.write([bytes], () => file);
    return {};
  } catch (error) {
    log.warn(`${file} could not be written into the vault: ${String(error)}`);
    return { rescued: path };
  }
}
