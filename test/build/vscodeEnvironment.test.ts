import { afterEach, describe, expect, test, vi } from "vitest";
import { desktopEnvironment, vscodeEnvironment } from "../../scripts/vscodeEnvironment.ts";

/** What a VS Code needs to open its window and to reach the services of the desktop. */
const session = {
  DBUS_SESSION_BUS_ADDRESS: "unix:path=/run/user/1000/bus",
  DISPLAY: ":0",
  ELECTRON_OZONE_PLATFORM_HINT: "wayland",
  HOME: "/home/ada",
  WAYLAND_DISPLAY: "wayland-0",
  XAUTHORITY: "/run/user/1000/xauth",
  XDG_CURRENT_DESKTOP: "GNOME",
  XDG_DATA_DIRS: "/usr/share",
  XDG_RUNTIME_DIR: "/run/user/1000",
  XDG_SESSION_TYPE: "wayland",
};

/** What would connect it to the VS Code that starts it, or let it spend money. */
const removed = {
  ELECTRON_RUN_AS_NODE: "1",
  LIMN_TEST_REPORT: "/tmp/report.json",
  NODE_OPTIONS: "--inspect",
  RUNWARE_API_KEY: "key-0123456789",
  VSCODE_IPC_HOOK: "/run/user/1000/vscode.sock",
};

afterEach(() => {
  vi.unstubAllEnvs();
});

function stubEnvironment(): void {
  for (const [name, value] of Object.entries({ ...session, ...removed, XDG_CONFIG_HOME: "/home/ada/.config" })) {
    vi.stubEnv(name, value);
  }
}

describe("The environment of a VS Code that a script starts", () => {
  test("has what a window on X11 or Wayland needs, with F5", () => {
    stubEnvironment();
    const environment = desktopEnvironment("/tmp/debug");
    expect(environment).toMatchObject({ ...session, XDG_CONFIG_HOME: "/tmp/debug/xdg/config" });
    for (const name of Object.keys(removed)) expect(environment).not.toHaveProperty([name]);
  });

  test("neither has the user's desktop session nor a key in a test", () => {
    stubEnvironment();
    const environment = vscodeEnvironment("/tmp/test", { LIMN_TEST_REPORT: "/tmp/test/report.json" });
    expect(environment).toMatchObject({ LIMN_TEST_REPORT: "/tmp/test/report.json" });
    for (const name of ["XDG_RUNTIME_DIR", "XDG_SESSION_TYPE", "RUNWARE_API_KEY", "VSCODE_IPC_HOOK"]) {
      expect(environment).not.toHaveProperty([name]);
    }
  });
});
