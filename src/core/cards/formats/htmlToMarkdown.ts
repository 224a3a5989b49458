/**
 * Anki's HTML as Markdown. What both can say (bold, italics, code, blocks of code, lists, line breaks,
 * pictures, links) goes there and, by `markdownToHtml`, back; any other tag is left out and its text
 * kept. Nothing of a tag ever reaches the Markdown but a picture's name and a link's address.
 */

/** Elements whose content is no text to read. */
const hidden = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'iframe', 'object', 'svg', 'textarea']);
const blocks = new Set(['div', 'p', 'section', 'article', 'table', 'tr', 'blockquote', 'center', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'dl', 'dt', 'dd', 'form', 'header', 'footer']);
const marks: Readonly<Record<string, string>> = { b: '**', strong: '**', i: '*', em: '*', s: '~~', del: '~~', strike: '~~' };

interface Tag {
  readonly name: string;
  readonly isClosing: boolean;
  readonly attributes: string;
}

export function htmlToMarkdown(html: string): string {
  if (!/[<&\\*`~[_]/.test(html)) return html;
  return new Converter().convert(html);
}

class Converter {
  #out = '';
  /** The last characters of `#out`: to look at a long text's end again and again is dear while it grows. */
  #tail = '';
  readonly #lists: { isOrdered: boolean; count: number }[] = [];
  #pre = false;
  /** After a block's opening fence: its language may follow. */
  #isFenceOpen = false;
  #code = false;
  readonly #links: string[] = [];

  convert(html: string): string {
    const token = /<!--|<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^<>"']|"[^"<>]*"|'[^'<>]*'){0,20000})>/g;
    let from = 0;
    let hiding: string | undefined;
    for (let found = token.exec(html); found !== null; found = token.exec(html)) {
      if (hiding === undefined) this.#text(html.slice(from, found.index));
      if (found[0] === '<!--') {
        const end = html.indexOf('-->', token.lastIndex);
        token.lastIndex = end === -1 ? html.length : end + 3;
      } else {
        const tag: Tag = { name: (found[2] ?? '').toLowerCase(), isClosing: found[1] === '/', attributes: found[3] ?? '' };
        if (hiding !== undefined) {
          if (tag.isClosing && tag.name === hiding) hiding = undefined;
        } else if (hidden.has(tag.name)) {
          if (!tag.isClosing && !tag.attributes.endsWith('/')) hiding = tag.name;
        } else this.#tag(tag);
      }
      from = token.lastIndex;
    }
    if (hiding === undefined) this.#text(html.slice(from));
    if (this.#pre) this.#fence(false);
    return withoutBlankEnds(this.#out);
  }

  #put(text: string): void {
    this.#out += text;
    this.#tail = text === '' ? this.#tail : text.slice(-1);
  }

  #text(html: string): void {
    if (html === '') return;
    this.#endFenceLine('');
    const text = decodeEntities(html);
    this.#put(this.#pre || this.#code ? text : escapeMarkdown(this.#lists.length > 0 ? text.split('\n').map((line, i) => (i === 0 ? line.trimEnd() : line.trim())).join(' ') : text));
  }

  #tag({ name, isClosing, attributes }: Tag): void {
    if (name === 'br') this.#put('\n');
    else if (name === 'hr') this.#block('---\n');
    else if (name === 'pre') this.#fence(!isClosing, attributes);
    else if (this.#pre) {
      // The language of a block of code stands at the code inside.
      if (name === 'code' && !isClosing) this.#endFenceLine(languageOf(attributes));
    } else if (name === 'code' || name === 'kbd' || name === 'tt') {
      this.#code = !isClosing;
      this.#put('`');
    } else if (marks[name] !== undefined) this.#put(marks[name]);
    else if (name === 'img' && !isClosing) {
      const source = attribute(attributes, 'src');
      if (source !== '' && !/^\s*(?:javascript|data|vbscript):/i.test(source)) this.#put(`![${attribute(attributes, 'alt').replace(/[[\]\n]/g, ' ')}](${markdownAddress(safeDecode(source))})`);
    } else if (name === 'a') this.#link(isClosing, attributes);
    else if (name === 'ul' || name === 'ol') {
      if (isClosing) this.#lists.pop();
      else this.#lists.push({ isOrdered: name === 'ol', count: 0 });
      this.#newLine();
    } else if (name === 'li' && !isClosing) {
      const list = this.#lists.at(-1) ?? { isOrdered: false, count: 0 };
      list.count += 1;
      this.#newLine();
      this.#put('  '.repeat(Math.min(20, Math.max(0, this.#lists.length - 1))) + (list.isOrdered ? `${list.count}. ` : '- '));
    } else if (name === 'td' || name === 'th') {
      if (isClosing) this.#put(' ');
    } else if (blocks.has(name)) {
      this.#newLine();
      if (/^h[1-6]$/.test(name) && !isClosing) this.#put(`${'#'.repeat(Number(name[1]))} `);
    }
  }

  #newLine(): void {
    if (this.#tail !== '' && this.#tail !== '\n') this.#put('\n');
  }

  #block(text: string): void {
    this.#newLine();
    this.#put(text);
  }

  #fence(isOpening: boolean, attributes = ''): void {
    if (isOpening === this.#pre) return;
    this.#endFenceLine('');
    this.#pre = isOpening;
    this.#block(isOpening ? `\`\`\`${languageOf(attributes)}` : '```\n');
    this.#isFenceOpen = isOpening;
  }

  #endFenceLine(language: string): void {
    if (this.#isFenceOpen) this.#put(`${language}\n`);
    this.#isFenceOpen = false;
  }

  #link(isClosing: boolean, attributes: string): void {
    if (isClosing) {
      const address = this.#links.pop() ?? '';
      if (address !== '') this.#put(`](${markdownAddress(address)})`);
      return;
    }
    const address = attribute(attributes, 'href').trim();
    const isSafe = /^https?:\/\//i.test(address);
    this.#links.push(isSafe ? address : '');
    if (isSafe) this.#put('[');
  }
}

function attribute(attributes: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(attributes);
  return decodeEntities(found?.[1] ?? found?.[2] ?? found?.[3] ?? '');
}

/** Without the line breaks around it. */
export function withoutBlankEnds(text: string): string {
  let [start, end] = [0, text.length];
  while (text[start] === '\n') start += 1;
  while (end > start && text[end - 1] === '\n') end -= 1;
  return text.slice(start, end);
}

const languageOf = (attributes: string) => /^[\w+#-]+$/.exec(/(?:^|\s)(?:language|lang)-(\S+)/.exec(attribute(attributes, 'class'))?.[1] ?? '')?.[0] ?? '';

/** In `( )`, blanks and brackets end an address: then it stands in `< >`. */
const markdownAddress = (address: string) => (/[\s()<>]/.test(address) ? `<${address.replace(/[<>\n\r]/g, '')}>` : address);

function safeDecode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…', laquo: '«', raquo: '»', copy: '©', times: '×', rarr: '→', larr: '←', bull: '•', middot: '·', euro: '€', deg: '°' };

export function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}

/** What Markdown would take for a mark gets a backslash; what stands free or inside a word does not. */
function escapeMarkdown(text: string): string {
  return text.replace(/\\(?=[\\*`~[\]_])|`|~~|\*(?=\S)|(?<=\S)\*|(?<![\w])_(?=\w)|(?<=\w)_(?![\w])|!?\[(?=[^[\]\n]*\]\()/g, (mark) => mark.replace(/[^!]/g, '\\$&'));
}
