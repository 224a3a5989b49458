/** Pages: webviews with their own script and style of `dist/webview`, and a typed conversation. */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { serveCalls, webviewHtml, type Handlers, type HostLink, type Protocol } from '../../../protocol/index.ts';

export interface PageLook {
  /** The folder of the page under `webview-ui`, and so of its bundle: `timeline`. */
  readonly name: string;
  readonly title: string;
  /** A file of `media/icons`. */
  readonly icon?: string;
}

/** Fills a webview with one of our pages, and answers its calls. What the page asks wrongly is logged. */
export function servePage<P extends Protocol>(extension: vscode.ExtensionContext, webview: vscode.Webview, look: PageLook, protocol: P, handlers: Handlers<P>, log: (why: string) => void): HostLink<P> {
  const bundle = vscode.Uri.joinPath(extension.extensionUri, 'dist', 'webview');
  webview.options = { enableScripts: true, localResourceRoots: [bundle] };
  const link = serveCalls(protocol, webview, handlers, (why) => log(`page "${look.name}": ${why}`));
  webview.html = webviewHtml({
    scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(bundle, `${look.name}.js`)).toString(),
    styleUri: webview.asWebviewUri(vscode.Uri.joinPath(bundle, `${look.name}.css`)).toString(),
    nonce: randomBytes(16).toString('hex'),
    title: look.title,
    lang: vscode.env.language,
  });
  return link;
}
