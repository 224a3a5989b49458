/** Code with its words marked, as elements. */
import hljs from 'highlight.js/lib/core';
import bash from 'highlight.js/lib/languages/bash';
import c from 'highlight.js/lib/languages/c';
import clojure from 'highlight.js/lib/languages/clojure';
import cpp from 'highlight.js/lib/languages/cpp';
import csharp from 'highlight.js/lib/languages/csharp';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import go from 'highlight.js/lib/languages/go';
import java from 'highlight.js/lib/languages/java';
import json from 'highlight.js/lib/languages/json';
import kotlin from 'highlight.js/lib/languages/kotlin';
import lisp from 'highlight.js/lib/languages/lisp';
import markdown from 'highlight.js/lib/languages/markdown';
import php from 'highlight.js/lib/languages/php';
import python from 'highlight.js/lib/languages/python';
import ruby from 'highlight.js/lib/languages/ruby';
import rust from 'highlight.js/lib/languages/rust';
import sql from 'highlight.js/lib/languages/sql';
import swift from 'highlight.js/lib/languages/swift';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';

const languages = { bash, c, clojure, cpp, csharp, css, diff, go, java, json, kotlin, lisp, markdown, php, python, ruby, rust, sql, swift, typescript, xml, yaml };
for (const [name, language] of Object.entries(languages)) hljs.registerLanguage(name, language);
/** Names that editors use and the library does not know, and a language that stands in for another. */
hljs.registerAliases(['javascript', 'javascriptreact', 'typescriptreact'], { languageName: 'typescript' });
hljs.registerAliases(['shellscript', 'shell'], { languageName: 'bash' });
hljs.registerAliases(['emacs-lisp', 'elisp', 'commonlisp'], { languageName: 'lisp' });
hljs.registerAliases(['objective-c', 'objc'], { languageName: 'c' });
hljs.registerAliases(['jsonc', 'jsonl'], { languageName: 'json' });
hljs.registerAliases(['less', 'scss'], { languageName: 'css' });

/** Longer code is shown without colours: highlighting is for reading, and must not hold up the page. */
const most = 20_000;
const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'" };

/** Code without the indentation that all of its lines have in common. */
export function dedent(code: string): string {
  const lines = code.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  let common = indents[0] ?? '';
  for (const indent of indents) while (!indent.startsWith(common)) common = common.slice(0, -1);
  return lines.map((line) => (line.startsWith(common) ? line.slice(common.length) : line.trimStart())).join('\n');
}

/** Fills an element with highlighted code; a language that is not known gives plain text. */
export function highlightInto(element: Element, code: string, language: string): void {
  const name = language.toLowerCase();
  if (code.length > most || hljs.getLanguage(name) === undefined) {
    element.append(code);
    return;
  }
  // What the library gives consists of spans with a class, and of escaped text. Only that is taken over.
  const open: Element[] = [element];
  for (const [piece, scope] of hljs.highlight(code, { language: name, ignoreIllegals: true }).value.matchAll(/<span class="([^"]*)">|<\/span>|&(?:amp|lt|gt|quot|#x27);|[^<&]+/g)) {
    const inner = open.at(-1) ?? element;
    if (scope !== undefined) {
      const span = document.createElement('span');
      span.className = scope;
      inner.append(span);
      open.push(span);
    } else if (piece === '</span>') {
      if (open.length > 1) open.pop();
    } else inner.append(entities[piece] ?? piece);
  }
}
