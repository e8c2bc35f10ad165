/**
 * Name of a picture's file in the vault, without its extension. It depends only on the job and the
 * picture's id, so that two windows write the same file and no other picture gets the same name.
 */
export const vaultStem = (taskUUID: string, id: string): string => `${taskUUID}_${id}`;

/**
 * The job and the picture's id from a file name in the vault; `undefined` for any other file, and
 * for names of earlier versions of Limn.
 */
export function parseVaultName(name: string): readonly [taskUUID: string, id: string] | undefined {
  const [, taskUUID = "", id = ""] = /^([\w-]+)_([a-z0-9-]{8,64})\.[a-z0-9]+$/.exec(name) ?? [];
  return id === "" ? undefined : [taskUUID, id];
}
