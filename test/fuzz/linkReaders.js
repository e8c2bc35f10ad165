// Runs in Chromium. Reads links like a browser and like the CommonMark reference parser.

/** Returns the elements of a page with their attributes, and the text around them. */
function readHtml(source) {
  const { body, head } = new DOMParser().parseFromString(source, "text/html");
  const elements = [...head.querySelectorAll("*"), ...body.querySelectorAll("*")].map(({ localName, attributes }) => ({
    name: localName,
    attributes: Object.fromEntries([...attributes].map(({ name, value }) => [name, value])),
  }));
  return { elements, text: body.textContent.trim() };
}

/** Returns the number of rules in a style sheet, and the content of the first. */
function readCss(source) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(source);
  const [rule] = sheet.cssRules;
  const declared = [...(rule?.style ?? [])].map((name) => [name, rule.style.getPropertyValue(name)]);
  return { rules: sheet.cssRules.length, declared };
}

/** The CommonMark reference implementation. */
function readMarkdown(source) {
  const { Parser, HtmlRenderer } = globalThis.commonmark;
  return readHtml(new HtmlRenderer().render(new Parser().parse(source)));
}

globalThis.readLinks = {
  html: (sources) => sources.map(readHtml),
  markdown: (sources) => sources.map(readMarkdown),
  css: (sources) => sources.map(readCss),
};
