// Entry of dist/copyPage.js: the page that puts an image file on the clipboard, and shows it until
// that is done. It needs no components, so that it is there at once.
import "../webview/l10n.ts";
import * as l10n from "@vscode/l10n";
import { css } from "lit";
import { adoptStyle } from "../webview/adoptStyle.ts";
import { chequered } from "../webview/chequered.ts";
import { copyPng } from "../webview/copyPng.ts";
import { onCopyPageMessage, postCopyPage } from "../webview/vscodeApi.ts";
import { imagePageStyle } from "./imagePageStyle.ts";

adoptStyle(imagePageStyle);
adoptStyle(css`
  body {
    margin: 0;
    padding: 0;
  }
  main {
    align-items: center;
    box-sizing: border-box;
    display: flex;
    flex-direction: column;
    gap: 12px;
    height: 100vh;
    justify-content: center;
    padding: 20px;
    text-align: center;
  }
  img {
    ${chequered}
    max-width: 100%;
    min-height: 0;
  }
`);

const main = document.createElement("main");
const heading = document.createElement("h1");
const image = new Image();
const status = document.createElement("p");
status.role = "status";
const button = document.createElement("button");
button.textContent = l10n.t("Copy Image");
main.append(heading, image, status, button);
document.body.append(main);

async function copy(): Promise<void> {
  const failure = await copyPng(image.decode().then(() => image));
  if (failure === "refused") {
    status.textContent = l10n.t("VS Code did not allow Limn to write to the clipboard. Press Copy Image.");
    button.focus();
  } else {
    postCopyPage(failure ?? "copied");
  }
}

button.addEventListener("click", () => void copy());
onCopyPageMessage(({ bytes, mediaType, label }) => {
  image.src = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
  image.alt = label;
  heading.textContent = label;
  // Browsers let only a page that has the focus write to the clipboard.
  if (document.hasFocus()) {
    void copy();
  } else {
    window.addEventListener("focus", () => void copy(), { once: true });
  }
});
postCopyPage("ready");
