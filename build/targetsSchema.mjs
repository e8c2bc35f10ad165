import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { toJSONSchema } from "zod/mini";
import { targetsFileSchema } from "../src/core/targets/projectTargets.ts";

/** What the editor shows of each property. VS Code translates no schemas. */
const descriptions = {
  targets: "Targets that Export Image For… offers in this project.",
  name: "Name in the list of targets.",
  files: "The files that an export writes. All must have different paths.",
  path: "Path below the folder of the export, such as blog/{name}-1200w.webp. {name} is the name of the image. The extension decides the format: png, jpg, webp or avif.",
  width: "Width in pixels, 16 to 4096. Without it, the file has the size of the image.",
  height: "Height in pixels, 16 to 4096. Without it, the file keeps the shape of the image.",
  maxBytes: "Largest number of bytes. The quality is lowered until the file fits.",
  background: "Color behind a transparent image, such as #ffffff.",
  padding: "Room on each side, as a share of the shorter side. Needs width and height.",
};

/** Adds the descriptions to the properties of an object of the schema. */
function describeProperties({ properties = {} }) {
  for (const [name, property] of Object.entries(properties)) {
    if (name in descriptions) property.description = descriptions[name];
    // Instead of a sentence with the pattern.
    if (property.pattern !== undefined) property.patternErrorMessage = descriptions[name];
  }
}

/**
 * Writes the JSON schema of `.limn/targets.json`, with which the editor completes and checks it.
 * Returns its path.
 */
export async function writeTargetsSchema(folder) {
  const path = join(folder, "targets.schema.json");
  const schema = toJSONSchema(targetsFileSchema, {
    // The draft that VS Code supports best.
    target: "draft-7",
    io: "input",
    override: ({ jsonSchema }) => describeProperties(jsonSchema),
  });
  await writeFile(path, JSON.stringify(schema));
  return path;
}
