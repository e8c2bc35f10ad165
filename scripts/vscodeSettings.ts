/** User settings for tests: no network, no chat, nothing that opens automatically. */
export const quietSettings = {
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.reduceMotion": "on",
  "editor.cursorBlinking": "solid",
  "workbench.enableExperiments": false,
  "window.commandCenter": false,
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "git.enabled": false,
  "npm.autoDetect": "off",
  // VS Code would look through the open files of all processes every few seconds.
  "remote.autoForwardPorts": false,
  "typescript.disableAutomaticTypeAcquisition": true,
} as const;

/** More user settings, for `npm start` and end-to-end tests. */
export const interactiveSettings = {
  "files.simpleDialog.enable": true,
} as const;
