/** What the commands that make pictures resolve with. */
export interface CommandResult {
  /** URIs of the files that were saved. */
  readonly files: readonly string[];
  /** USD as the service reports, 0 in the sandbox; `undefined` if it reports none. */
  readonly cost: number | undefined;
}
