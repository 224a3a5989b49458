export interface PageOptions {
  /** From `asWebviewUri`. */
  readonly scriptUri: string;
  readonly styleUri: string;
  /** New for every page: at least 128 random bits, letters and digits. */
  readonly nonce: string;
  readonly title: string;
  /** A BCP 47 tag, such as `vscode.env.language`. */
  readonly lang: string;
}

/**
 * The document of a webview. Only what carries the nonce is loaded: no address is ever allowed as a
 * source, because in a browser-hosted VS Code "our own address" is the workbench's. Nothing can be
 * fetched. Pictures and fonts come as `data:`, from the style sheet's bundle.
 */
export function webviewHtml({ scriptUri, styleUri, nonce, title, lang }: PageOptions): string {
  if (!/^[A-Za-z0-9]{22,}$/.test(nonce)) throw new RangeError('A nonce has at least 22 letters and digits.');
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(lang)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" nonce="${nonce}" href="${escapeHtml(styleUri)}">
</head>
<body>
<main id="root"></main>
<script type="module" nonce="${nonce}" src="${escapeHtml(scriptUri)}"></script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? character);
}
