const { window } = require("vscode");

const html = `<!DOCTYPE html>
<html lang="en">
<head><meta http-equiv="Content-Security-Policy" content="default-src 'none'"></head>
<body><p>Empty</p></body>
</html>`;

exports.activate = ({ subscriptions }) => {
  const resolveWebviewView = ({ webview }) => {
    webview.html = html;
  };
  subscriptions.push(window.registerWebviewViewProvider("limn-bench.empty", { resolveWebviewView }));
};
