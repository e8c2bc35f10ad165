import { limn } from "./limn.ts";

/** Forgets what the user chose last, so that Limn proposes what it proposes to a new user. */
export async function forgetLastChoices(): Promise<void> {
  const { lastChoices } = await limn();
  const { shape, count, format, folders } = lastChoices.read();
  if ([shape, count, format, folders].some((choice) => choice !== undefined)) {
    await lastChoices.update({ shape: undefined, count: undefined, format: undefined, folders: undefined });
  }
}
