/** What the platform calls the key that shortcuts are pressed with. */
export const modifierKey = (): "Cmd" | "Ctrl" => (/^(Mac|iP)/.test(navigator.platform) ? "Cmd" : "Ctrl");
