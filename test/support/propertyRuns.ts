// Setup of `npm run fuzz`: the number of inputs for properties that do not set it themselves.
import fc from "fast-check";
import { fuzzRuns } from "./fuzzRuns.ts";

fc.configureGlobal({ numRuns: fuzzRuns });
