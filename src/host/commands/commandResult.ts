/** What `limn.generate` and `limn.edit` give to those who run them by program. */
export interface CommandResult {
  /** URIs of the files that were saved. */
  readonly files: readonly string[];
  /** USD as the service says; `undefined` where it did not say. */
  readonly cost: number | undefined;
}
