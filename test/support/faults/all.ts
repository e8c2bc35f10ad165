import { bodyFaults } from "./bodies.ts";
import type { Faults } from "./fault.ts";
import { pictureFaults } from "./pictures.ts";
import { wireFaults } from "./wire.ts";

/** All injected faults by their names in docs/reliability.md. */
export const faults: Faults = { ...wireFaults, ...bodyFaults, ...pictureFaults };
