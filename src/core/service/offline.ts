/**
 * What kept a connection from coming to be, and what helps, by the codes of `TransportError`; the
 * first row that fits counts.
 */
const reasons: readonly (readonly [code: RegExp, happened: string, next: string])[] = [
  [
    /PROXY_RESPONSE_40[17]/,
    "the proxy wants a name and a password, or does not take the ones it was given",
    "Write them into VS Code's setting “http.proxy”, as http://name:password@host:port, then try again.",
  ],
  [
    /PROXY_RESPONSE_/,
    "the proxy did not connect to it",
    "Ask those who run the proxy, or correct VS Code's setting “http.proxy”, then try again.",
  ],
  [
    /CERT_(HAS_EXPIRED|NOT_YET_VALID)/,
    "its certificate is out of date, or the clock of this computer is wrong",
    "Nothing was sent. Check date and time, then try again.",
  ],
  [
    /CERT|UNABLE_TO_/,
    "its certificate is not trusted by this computer",
    "Nothing was sent, neither the key nor the request. Where a company's proxy reads encrypted traffic, the company's certificate must be one this computer trusts: see “Proxies and certificates” in Limn's README.",
  ],
  [
    /ECONNREFUSED/,
    "nobody answers there",
    "If VS Code's setting “http.proxy” names a proxy, see whether the proxy is running; else check the network, then try again.",
  ],
  [
    /ENOTFOUND|EAI_/,
    "its name is not known in this network",
    "Check the network. Where only a proxy leads out, name it in VS Code's setting “http.proxy”, then try again.",
  ],
];

/**
 * A sentence for a connection that never came to be, so that nothing was sent; `codes` is the
 * message of the `TransportError`.
 */
export function describeOffline(codes: string): string {
  const [, happened, next] = reasons.find(([code]) => code.test(codes)) ?? [
    undefined,
    "the connection failed",
    "Check the network and VS Code's proxy settings, then try again.",
  ];
  return `Runware could not be reached: ${happened}. ${next}`;
}
