import type { ModelView } from "../../protocol.ts";

/** A model's name without the words that all names begin with: a side bar has little room. */
export function shortModelName({ name }: ModelView, models: readonly ModelView[]): string {
  const words = name.split(" ");
  const names = models.map((model) => model.name.split(" "));
  const common = words.findIndex((word, at) => names.some((other) => other[at] !== word));
  return common < 0 ? name : words.slice(common).join(" ");
}
