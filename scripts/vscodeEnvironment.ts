/**
 * Variables that change what VS Code does. Tests may run in a terminal of VS Code, whose variables
 * would connect code-server to that window. A real key must never get into a test.
 */
const removedVariables =
  /^(VSCODE_|ELECTRON_|CODE_SERVER_|CS_|VITEST|npm_|LIMN_|XDG_)|^(PORT|PASSWORD|HASHED_PASSWORD|NODE_OPTIONS|NODE_ENV|RUNWARE_API_KEY|BROWSER)$/;

/** Of `removedVariables`, those that a VS Code needs to open a window on the user's desktop. */
const desktopVariables =
  /^(XDG_(RUNTIME_DIR|SESSION_.*|CURRENT_DESKTOP|SEAT|VTNR|DATA_DIRS|CONFIG_DIRS)|ELECTRON_OZONE_PLATFORM_HINT)$/;

/** The variables of this process with the selected names. */
const selectVariables = (isSelected: (name: string) => boolean): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => isSelected(name)));

/**
 * The environment of a VS Code under test: that of this process without `removedVariables`, in UTC
 * and English, with its XDG folders in `folder`.
 */
export function vscodeEnvironment(folder: string, extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    ...selectVariables((name) => !removedVariables.test(name)),
    TZ: "UTC",
    LANG: "C.UTF-8",
    LC_ALL: "C.UTF-8",
    XDG_CONFIG_HOME: `${folder}/xdg/config`,
    XDG_DATA_HOME: `${folder}/xdg/data`,
    XDG_CACHE_HOME: `${folder}/xdg/cache`,
    XDG_STATE_HOME: `${folder}/xdg/state`,
    ...extra,
  };
}

/** Like `vscodeEnvironment`, for a VS Code with a window on the user's desktop, X11 or Wayland. */
export const desktopEnvironment = (folder: string): NodeJS.ProcessEnv => ({
  ...vscodeEnvironment(folder),
  ...selectVariables((name) => desktopVariables.test(name)),
});
