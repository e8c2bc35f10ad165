/** User settings under which tests run: nothing from the net, nothing that pops up by itself. */
export const quietSettings = {
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.enableExperiments": false,
  "window.commandCenter": false,
  "git.enabled": false,
  "npm.autoDetect": "off",
  "typescript.disableAutomaticTypeAcquisition": true,
} as const;

/**
 * Settings under which a person tries the extension, and end-to-end tests with them: no assistant's
 * side bar in view.
 */
export const interactiveSettings = {
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "files.simpleDialog.enable": true,
} as const;
