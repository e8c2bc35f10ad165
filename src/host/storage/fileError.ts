/** Whether an error of the file system has one of the codes. */
export const hasCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "string" && codes.includes(error.code);

/**
 * The result of an operation on a file, or `undefined` if it failed because the file does not
 * exist.
 *
 * @param codes Codes of the error that mean so.
 */
export async function undefinedIfNotFound<Result>(
  operation: Promise<Result>,
  codes: readonly string[] = ["ENOENT"],
): Promise<Result | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (hasCode(error, ...codes)) {
      return undefined;
    }
    throw error;
  }
}
