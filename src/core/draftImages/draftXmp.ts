import { type DraftMetadata, draftMetadataSchema } from "./draftImage.ts";
import { draftNamespace } from "./draftNamespace.ts";

/** Also the line breaks and tabs that a parser of XML would turn into spaces. */
const specialCharacters = /[&<>"\n\t]/g;

const escapeAttribute = (text: string): string =>
  text.replace(specialCharacters, (character) => `&#${character.charCodeAt(0)};`);

/** As other programs may write them when they copy metadata. */
const namedEntities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function characterOf(entity: string): string | undefined {
  const [, digits, hexDigits, name = ""] = /^(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+))$/i.exec(entity) ?? [];
  const code = digits === undefined ? Number.parseInt(hexDigits ?? "", 16) : Number(digits);
  if (Number.isNaN(code)) return Object.hasOwn(namedEntities, name) ? namedEntities[name] : undefined;
  return code <= 0x10_ffff ? String.fromCodePoint(code) : undefined;
}

const unescapeAttribute = (text: string): string =>
  text.replace(/&([^;&]{1,10});/g, (match, entity: string) => characterOf(entity) ?? match);

/** The metadata as XMP. Source: XMP specification, part 1 (ISO 16684-1), 7.4 and 7.9.2.2. */
export function writeDraftXmp(metadata: DraftMetadata): string {
  const { references, ...texts } = metadata;
  const values = references === undefined ? texts : { ...texts, references: references.join(" ") };
  const attributes = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`limn:${name}="${escapeAttribute(value)}"`],
  );
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    `<rdf:Description rdf:about="" xmlns:limn="${draftNamespace}" ${attributes.join(" ")}/>`,
    '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>',
  ].join("");
}

/** Reads what `writeDraftXmp` has written; `undefined` for all other XMP. Never throws. */
export function readDraftXmp(xmp: string): DraftMetadata | undefined {
  if (!xmp.includes(`"${draftNamespace}"`)) {
    return undefined;
  }
  const attributes = xmp.matchAll(/\slimn:(\w{1,20})="([^"]*)"/g);
  const entries = [...attributes].map(([, name = "", value = ""]) => [name, unescapeAttribute(value)]);
  return draftMetadataSchema.safeParse(Object.fromEntries(entries)).data;
}
