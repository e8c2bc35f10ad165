import * as l10n from "@vscode/l10n";

/** Messages by the error codes of a connection that failed. The first row that matches counts. */
const messagesByCode: readonly (readonly [code: RegExp, message: () => string])[] = [
  [
    /^PROXY_RESPONSE_40[17]/,
    () =>
      l10n.t(
        "Runware could not be reached: the proxy needs a user name and a password, or rejected the ones it got. Write them into VS Code's setting “http.proxy” as http://name:password@host:port, then try again.",
      ),
  ],
  [
    /^PROXY_RESPONSE_/,
    () =>
      l10n.t(
        "Runware could not be reached: the proxy refused the connection. Ask the administrator of the proxy, or correct VS Code's setting “http.proxy”, then try again.",
      ),
  ],
  [
    /CERT_(HAS_EXPIRED|NOT_YET_VALID)/,
    () =>
      l10n.t(
        "Runware could not be reached: its certificate is out of date, or the clock of this computer is wrong. Check date and time, then try again.",
      ),
  ],
  [
    /CERT|UNABLE_TO_/,
    () =>
      l10n.t(
        "Runware could not be reached: its certificate is not trusted by this computer, so the key was not sent. If your company's proxy reads encrypted traffic, this computer must trust the company's certificate: see “Proxies and certificates” in Limn's README.",
      ),
  ],
  [
    /ECONNREFUSED/,
    () =>
      l10n.t(
        "Runware could not be reached: the connection was refused. If VS Code's setting “http.proxy” names a proxy, check that the proxy is running; otherwise check the network, then try again.",
      ),
  ],
  [
    /ENOTFOUND|EAI_/,
    () =>
      l10n.t(
        "Runware could not be reached: its name is not known in this network. Check the network. If it needs a proxy, name it in VS Code's setting “http.proxy”, then try again.",
      ),
  ],
];

/** The message for a connection that failed, by the codes of a `TransportError`. */
export function describeOffline(codes: readonly string[]): string {
  const message = messagesByCode.find(([pattern]) => codes.some((code) => pattern.test(code)))?.[1];
  return (
    message?.() ??
    l10n.t(
      "Runware could not be reached: the connection failed. Check the network and VS Code's proxy settings, then try again.",
    )
  );
}
