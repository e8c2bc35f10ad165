import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/**
 * A UUID v4 that is always the same for the same text, so that a restarted sandbox finds its
 * pictures.
 */
export function uuidOf(text: string): string {
  const hex = digest(text).toString("hex");
  const variant = "89ab".charAt(Number.parseInt(hex.charAt(16), 16) % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * A seed in the range of the service, a whole number from 1 to 2³¹ − 1; always the same for the
 * same text.
 */
export const seedOf = (text: string): number => (digest(text).readUInt32BE() % 0x7fff_fffe) + 1;

/** Whether two secrets are equal. The time does not depend on what they have in common. */
export const sameSecret = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));
