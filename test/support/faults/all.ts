import { bodyFaults } from "./bodies.ts";
import type { Faults } from "./fault.ts";
import { pictureFaults } from "./pictures.ts";
import { wireFaults } from "./wire.ts";

/** Every fault that is injected, by the name it has in docs/reliability.md. */
export const faults: Faults = { ...wireFaults, ...bodyFaults, ...pictureFaults };
