/** Markdown as the HTML of an Anki field: what `htmlToMarkdown` reads back as the same. All else is text. */

const escapeHtml = (text: string) => text.replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'));
const escapeAttribute = (text: string) => escapeHtml(text).replaceAll('"', '&quot;');

/** A Markdown text as the HTML of an Anki field. */
export function markdownToHtml(markdown: string): string {
  const lines = markdown.split('\n');
  let html = '';
  let isAfterText = false;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const fence = /^(`{3,}|~{3,})\s*([\w+#-]*)\s*$/.exec(line);
    const end = fence === null ? -1 : lines.indexOf(fence[1] ?? '', i + 1);
    if (fence !== null && end !== -1) {
      const language = fence[2] ?? '';
      const code = escapeHtml(lines.slice(i + 1, end).join('\n'));
      html += `<pre><code${language === '' ? '' : ` class="language-${language}"`}>${code}</code></pre>`;
      i = end;
      isAfterText = false;
      continue;
    }
    const list = listAt(lines, i);
    if (list !== undefined) {
      html += list.html;
      i = list.last;
      isAfterText = false;
      continue;
    }
    html += `${isAfterText ? '<br>' : ''}${inline(line)}`;
    isAfterText = true;
  }
  return html;
}

/** A list of one level: `- ` or `1. ` at the beginning of each line. */
function listAt(lines: readonly string[], first: number): { html: string; last: number } | undefined {
  const bullet = /^- (.+)$/;
  const isOrdered = /^1\. ./.test(lines[first] ?? '');
  let items = '';
  let last = first - 1;
  for (let i = first; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const text = isOrdered ? (line.startsWith(`${i - first + 1}. `) ? line.slice(`${i - first + 1}. `.length) : undefined) : bullet.exec(line)?.[1];
    if (text === undefined || text === '') break;
    items += `<li>${inline(text)}</li>`;
    last = i;
  }
  if (last < first) return undefined;
  return { html: isOrdered ? `<ol>${items}</ol>` : `<ul>${items}</ul>`, last };
}

const tags: Readonly<Record<string, string>> = { '**': 'b', '*': 'i', '~~': 's' };

function inline(text: string): string {
  let html = '';
  /** Marks that are known to have no end further on. */
  const lone = new Set<string>();
  const token = /\\([\\*`~[\]_])|(`+)|(\*\*|\*|~~)(?=\S)|(!?)\[([^[\]\n]*)\]\((?:<([^<>\n]*)>|([^\s()<>]*))\)/g;
  let from = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    const [whole, escaped, ticks, mark, picture] = found;
    let piece: string | undefined;
    let end = token.lastIndex;
    if (escaped !== undefined) piece = escaped;
    else if (ticks !== undefined) {
      const close = lone.has(ticks) ? -1 : text.indexOf(ticks, end);
      if (close === -1) lone.add(ticks);
      else {
        piece = `<code>${escapeHtml(text.slice(end, close))}</code>`;
        end = close + ticks.length;
      }
    } else if (mark !== undefined) {
      let close = lone.has(mark) ? -1 : text.indexOf(mark, end);
      // Of three stars the first ends what began inside.
      if (mark === '**' && text.startsWith('***', close)) close += 1;
      if (close === -1) lone.add(mark);
      else if (!/\s/.test(text[close - 1] ?? ' ') && close - end < 10_000) {
        piece = `<${tags[mark] ?? 'b'}>${inline(text.slice(end, close))}</${tags[mark] ?? 'b'}>`;
        end = close + mark.length;
      }
    } else {
      const address = found[6] ?? found[7] ?? '';
      if (picture === '!') piece = `<img src="${escapeAttribute(address)}"${found[5] === '' ? '' : ` alt="${escapeAttribute(found[5] ?? '')}"`}>`;
      else if (/^https?:\/\//i.test(address)) piece = `<a href="${escapeAttribute(address)}">${inline(found[5] ?? '')}</a>`;
    }
    html += escapeHtml(text.slice(from, found.index)) + (piece ?? escapeHtml(whole));
    from = end;
    token.lastIndex = end;
  }
  return html + escapeHtml(text.slice(from));
}
