import type { Intent, LightTableIntent, PictureRef } from "../../protocol.ts";

/** What the intents of the light table's own page work with. */
export interface TableControls {
  /** Does what the panel's page may ask too. */
  run(intent: Intent): Promise<void>;
  /** Sends everything to a page that is ready. */
  connectPage(): Promise<void>;
  /** Called when the user looks at another picture of the job. */
  follow(picture: PictureRef): Promise<void>;
  /** Sends how a picture of the job is cropped. */
  findCrop(picture: PictureRef): Promise<void>;
  stopComparing(): Promise<void>;
  /** Closes the tab, and returns to where the user was. */
  leave(): Promise<void>;
}

type IntentByType = { readonly [Each in LightTableIntent as Each["type"]]: Each };
type OwnType = Exclude<LightTableIntent["type"], Intent["type"]> | "ready";

const handlers: {
  readonly [Type in OwnType]: (controls: TableControls, intent: IntentByType[Type]) => Promise<void>;
} = {
  ready: (controls) => controls.connectPage(),
  show: (controls, { job, picture }) => controls.follow({ job, picture }),
  findCrop: (controls, { job, picture }) => controls.findCrop({ job, picture }),
  stopComparing: (controls) => controls.stopComparing(),
  close: (controls) => controls.leave(),
};

const handleOwn = <Type extends OwnType>(
  controls: TableControls,
  type: Type,
  intent: IntentByType[Type],
): Promise<void> => handlers[type](controls, intent);

/** Does what the page asks. Rejects if it cannot. */
export function handleTableIntent(controls: TableControls, intent: LightTableIntent): Promise<void> {
  switch (intent.type) {
    case "ready":
    case "show":
    case "findCrop":
    case "stopComparing":
    case "close":
      return handleOwn(controls, intent.type, intent);
    default:
      return controls.run(intent);
  }
}
