/** Name of the key for shortcuts on this platform. */
export const modifierKey = (): "Cmd" | "Ctrl" => (/^(Mac|iP)/.test(navigator.platform) ? "Cmd" : "Ctrl");
