import { l10n, ProgressLocation, Uri, window } from "vscode";
import { LimnError, stoppedError } from "../../core/errors.ts";
import { sumUsd } from "../../core/money/usd.ts";
import type { Request, Target } from "../../core/request/request.ts";
import { joinSentences } from "../../core/text/sentences.ts";
import type { Tool, ToolUse } from "../../core/tools/tool.ts";
import { estimateToolUse } from "../../core/tools/toolEstimate.ts";
import { resultPixels, resultProblem } from "../../core/tools/toolTask.ts";
import { ensureEngine } from "../connection/ensureEngine.ts";
import { requestOptions } from "../request/requestDefaults.ts";
import type { Services } from "../services.ts";
import { askToolUse, type ChosenUse } from "./askToolUse.ts";
import type { NamedBy, ToolInput } from "./toolInput.ts";
import { loadToolSource, type ToolSource } from "./toolSource.ts";

/** Maximum number of pictures at a time: all of them are in memory until they are sent. */
const maxPictures = 20;

/** The request: links that are polled for, so that a large result is never in one answer. */
export function requestOf(
  tool: Tool,
  { use, format }: Pick<ChosenUse, "use" | "format">,
  { reference, pixels, format: sourceFormat }: ToolSource,
  { prompt, promptIsFileName, place }: NamedBy & Pick<ToolInput, "place">,
): Request {
  const { quality, ttl } = requestOptions(Uri.parse(place.folder), { outputType: "URL" });
  return {
    model: tool.model,
    tool: use,
    prompt,
    ...(promptIsFileName === true ? { promptIsFileName } : {}),
    references: [reference],
    shape: resultPixels(pixels, use),
    count: 1,
    format: format ?? sourceFormat,
    quality,
    outputType: "URL",
    deliveryMethod: "async",
    ...(ttl === undefined ? {} : { ttl }),
  };
}

/** A picture to use a tool on. `read` throws a `LimnError` if it cannot be used. */
interface ToolCandidate {
  /** The name that users know it by. */
  readonly label: string;
  readonly read: () => Promise<ToolInput>;
}

/** A picture that a tool can be used on. */
interface UsablePicture {
  readonly input: ToolInput;
  readonly source: ToolSource;
}

/** A picture that is left out, and why. */
interface UnusablePicture {
  readonly label: string;
  readonly error: LimnError;
}

/** Why pictures are left out, each reason once: they may be in the same folder. */
const reasonsOf = (unusable: readonly UnusablePicture[]): readonly string[] => [
  ...new Set(unusable.map(({ error }) => error.message)),
];

/** Reads pictures, one after the other: each is decoded. The user can stop it. */
function readAll(services: Services, tool: Tool, candidates: readonly ToolCandidate[]) {
  const options = {
    location: ProgressLocation.Notification,
    title: l10n.t("Limn: Reading pictures"),
    cancellable: true,
  };
  return window.withProgress(options, async (progress, token) => {
    const usable: UsablePicture[] = [];
    const unusable: UnusablePicture[] = [];
    for (const [index, { label, read }] of candidates.entries()) {
      progress.report({ message: l10n.t("{0} of {1}", index, candidates.length) });
      try {
        const input = await read();
        usable.push({ input, source: await loadToolSource(services, tool, input) });
      } catch (error) {
        if (!(error instanceof LimnError)) {
          throw error;
        }
        unusable.push({ label, error });
      }
      if (token.isCancellationRequested) {
        throw stoppedError();
      }
    }
    return { usable, unusable };
  });
}

/** A request of a tool, and where its picture belongs. */
export interface AskedRequest {
  readonly request: Request;
  /** USD that it is expected to cost. */
  readonly estimate: number;
  readonly target: Pick<Target, "folder" | "name">;
}

/**
 * Asks what a tool should make of pictures that can be used; `unusable` are left out. Resolves to
 * their requests, and sentences on those that are left out.
 */
async function askForUsable(
  services: Services,
  tool: Tool,
  usable: readonly UsablePicture[],
  unusable: readonly UnusablePicture[] = [],
): Promise<{ readonly asked: readonly AskedRequest[]; readonly notes: readonly string[] }> {
  const { journal } = services.jobs;
  await journal.ready();
  const estimateUse = (use: ToolUse, { pixels }: ToolSource) =>
    estimateToolUse(journal.list(), tool, use, resultPixels(pixels, use));
  const chosen = await askToolUse(tool, {
    sources: usable.map(({ source }) => source),
    unusable: unusable.map(({ label }) => label),
    estimateUse,
  });
  const estimateOf = (source: ToolSource) => estimateUse(chosen.use, source).usd;
  await ensureEngine(services, sumUsd(chosen.sources.map(estimateOf)));
  const isPossible = ({ source }: UsablePicture) => chosen.sources.includes(source);
  const asked = usable.filter(isPossible).map(({ input, source }) => ({
    request: requestOf(tool, chosen, source, input),
    estimate: estimateOf(source),
    target: { folder: input.place.folder, name: `${input.place.name}${tool.suffix(chosen.use)}` },
  }));
  const tooLarge = usable
    .filter((one) => !isPossible(one))
    .map(({ input, source }) => `${input.label}: ${resultProblem(resultPixels(source.pixels, chosen.use)) ?? ""}`);
  return { asked, notes: [...reasonsOf(unusable), ...tooLarge] };
}

/** Asks what a tool should make of one picture. Throws a `LimnError` if it cannot be used. */
export async function ask(services: Services, tool: Tool, input: ToolInput): Promise<AskedRequest> {
  const source = await loadToolSource(services, tool, input);
  const { asked } = await askForUsable(services, tool, [{ input, source }]);
  const [only] = asked;
  if (only === undefined) {
    throw stoppedError();
  }
  return only;
}

/** Asks what a tool should make of several pictures. Throws a `LimnError` if none can be used. */
export async function askForAll(services: Services, tool: Tool, candidates: readonly ToolCandidate[]) {
  if (candidates.length > maxPictures) {
    throw new LimnError(
      "input",
      l10n.t("{0} takes at most {1} pictures at a time. Select fewer.", tool.name(), maxPictures),
    );
  }
  const { usable, unusable } = await readAll(services, tool, candidates);
  if (usable.length === 0) {
    throw new LimnError("files", joinSentences(...reasonsOf(unusable)));
  }
  return askForUsable(services, tool, usable, unusable);
}
