// The entry of a bundle that the first inserted link loads.
export { findPlaceholder, replacePlaceholder } from "./placeholder.ts";
export { placeLinks } from "./placement.ts";
