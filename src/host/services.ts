import type { LogOutputChannel } from "vscode";
import type { Jobs } from "../core/jobs.ts";
import type { Model } from "../core/model.ts";
import type { Ports } from "../core/ports.ts";
import type { Imaging } from "../imaging/imaging.ts";
import type { Engine } from "./engine.ts";
import type { KeyStore } from "./key.ts";
import type { Memory } from "./memory.ts";

/** What commands work with; built once, in `extension.ts`. */
export interface Services {
  readonly model: Model;
  readonly ports: Ports;
  readonly jobs: Jobs;
  readonly engine: Engine;
  readonly keys: KeyStore;
  readonly imaging: Imaging;
  readonly memory: Memory;
  /** Folder of the vault on the extension host's disk. */
  readonly vault: string;
  readonly log: LogOutputChannel;
}
