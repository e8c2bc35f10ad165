import * as l10n from "@vscode/l10n";
import { LimnError } from "../errors.ts";
import { isUuidV4 } from "../uuid.ts";
import type { Reference } from "./request.ts";

/** Prefix of a UUID that is the source of a reference. Source: RFC 9562, section 4. */
const uuidScheme = "urn:uuid:";

/** Maximum number of characters of an address that are shown. */
const labelLimit = 80;

const shorten = (text: string): string => (text.length > labelLimit ? `${text.slice(0, labelLimit - 1)}…` : text);

/** Host and file name as the address encodes them, without any part that could be a password. */
function urlLabel({ host, pathname }: URL): string {
  const name = pathname.slice(pathname.lastIndexOf("/") + 1);
  return shorten(name === "" ? host : `${host}/${name}`);
}

function readUrl(text: string): Reference | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return undefined;
  }
  url.hash = "";
  // Presigned addresses are credentials: they are sent, and never stored.
  const mayHoldSecret = url.search !== "" || url.username !== "" || url.password !== "";
  return { label: urlLabel(url), image: url.href, ...(mayHoldSecret ? {} : { source: url.href }) };
}

/**
 * Parses a reference that Runware downloads itself: an http or https address, or the UUID of an
 * earlier result or upload; `undefined` if the text is neither. Its `source` is absent if the
 * address may hold a secret.
 */
export function readRemoteReference(text: string): Reference | undefined {
  const clean = text.trim();
  const uuid = clean.toLowerCase().startsWith(uuidScheme) ? clean.slice(uuidScheme.length) : clean;
  return isUuidV4(uuid) ? { label: uuid, image: uuid, source: uuidScheme + uuid } : readUrl(clean);
}

/** The error for a reference whose address was not stored; see `readRemoteReference`. */
export const sourceNotStoredError = (label: string): LimnError =>
  new LimnError(
    "reference",
    l10n.t(
      "Limn did not store where {0} comes from, because such an address can hold a password. Add it to the form again.",
      label,
    ),
    { field: "references" },
  );
