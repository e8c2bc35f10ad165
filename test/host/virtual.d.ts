/** Made by the bundler (test/support/host/bundle.ts). */
declare module "virtual:host-tests" {
  /** Loads every host test file, after Mocha's `describe` and `it` are in place. */
  export function loadTests(): Promise<void>;
}
