/** Markdown as elements. HTML in it stays text, addresses are no links by themselves, and a link only tells the extension. */
import MarkdownIt, { type Token } from 'markdown-it';
import { h, unseen } from './dom.ts';
import { highlightInto } from './highlight.ts';

/** What stands between these two is a hidden or uncovered part of a cloze. */
const begin = '\ue000';
const end = '\ue001';

/** A card longer than this is cut, so that no card can hold up the page. */
const most = 60_000;

export interface MarkdownOptions {
  /** The user followed a link. */
  readonly openLink: (href: string) => void;
  /** Of code without a language of its own. */
  readonly language?: string;
}

const parser = new MarkdownIt({ html: false, linkify: false, breaks: true, typographer: false, maxNesting: 20 });

/** @param blanks The parts of a cloze are blanks to be filled in, and not what fills them. */
export function renderMarkdown(text: string, options: MarkdownOptions, blanks = false): HTMLElement {
  const root = h('div', { class: 'markdown' });
  new Builder(root, options, blanks).build(parser.parse(text.slice(0, most), {}));
  // Whatever the parser gives up on is at least shown as it is.
  if (root.textContent.trim() === '' && root.querySelector('img, hr') === null) root.replaceChildren(h('p', { class: 'plain' }, text.slice(0, most)));
  if (text.length > most) root.append(h('p', { class: 'quiet' }, `… ${(text.length - most).toLocaleString('en')} characters more are not shown.`));
  return root;
}

const simple = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'li', 'blockquote', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'em', 'strong', 's']);

class Builder {
  readonly #open: HTMLElement[];
  readonly #options: MarkdownOptions;
  readonly #blanks: boolean;

  constructor(root: HTMLElement, options: MarkdownOptions, blanks: boolean) {
    this.#open = [root];
    this.#options = options;
    this.#blanks = blanks;
  }

  build(tokens: readonly Token[]): void {
    for (const token of tokens) this.#token(token);
  }

  #token(token: Token): void {
    if (token.hidden) return;
    switch (token.type) {
      case 'inline':
        this.build(token.children ?? []);
        // A cloze does not reach beyond its paragraph.
        while (this.#top.tagName === 'MARK') this.#open.pop();
        return;
      case 'text':
        { this.#text(token.content); return; }
      case 'code_inline':
        { this.#nested(h('code'), token.content); return; }
      case 'fence':
      case 'code_block':
        { this.#code(token.content, token.info.trim().split(/\s+/)[0] ?? ''); return; }
      case 'softbreak':
      case 'hardbreak':
        { this.#top.append(h('br')); return; }
      case 'hr':
        { this.#top.append(h('hr')); return; }
      case 'image':
        { this.#image(token); return; }
      case 'link_open':
        { this.#enter(this.#link(String(token.attrGet('href') ?? ''))); return; }
      case 'link_close':
        { this.#leave('BUTTON'); return; }
      case 'ordered_list_open':
        { this.#enter(h('ol', { start: token.attrGet('start') ?? undefined })); return; }
      case 'ordered_list_close':
        { this.#leave('OL'); return; }
      default:
        if (!simple.has(token.tag)) this.#text(token.content);
        else if (token.nesting === 1) this.#enter(h(token.tag as 'p'));
        else if (token.nesting === -1) this.#leave(token.tag.toUpperCase());
    }
  }

  get #top(): HTMLElement {
    const top = this.#open.at(-1);
    if (!top) throw new Error('the outermost element was closed');
    return top;
  }

  #enter(element: HTMLElement): void {
    this.#top.append(element);
    this.#open.push(element);
  }

  #leave(tagName: string): void {
    const at = this.#open.findLastIndex((element) => element.tagName === tagName);
    if (at > 0) this.#open.length = at;
  }

  #nested(element: HTMLElement, text: string): void {
    this.#enter(element);
    this.#text(text);
    this.#leave(element.tagName);
  }

  #text(text: string): void {
    for (const piece of text.split(/([\ue000\ue001])/)) {
      if (piece === begin) this.#enter(this.#blanks ? h('mark', { class: 'blank' }, unseen('blank: ')) : h('mark', {}));
      else if (piece === end) this.#leave('MARK');
      else if (piece !== '') this.#top.append(piece);
    }
  }

  #code(text: string, language: string): void {
    const code = h('code');
    const element = h('pre', { tabindex: 0, role: 'group', 'aria-label': language === '' ? 'Code' : `Code in ${language}` }, code);
    const content = text.replace(/\n$/, '');
    if (content.includes(begin)) {
      this.#enter(element);
      this.#open.push(code);
      this.#text(content);
      this.#leave('PRE');
    } else {
      highlightInto(code, content, language === '' ? (this.#options.language ?? '') : language);
      this.#top.append(element);
    }
  }

  /** Only pictures that are part of the text are shown: a page can load nothing. */
  #image(token: Token): void {
    const source = String(token.attrGet('src') ?? '');
    const text = token.content;
    if (/^data:image\/(?:png|jpeg|gif|webp);base64,/.test(source)) this.#top.append(h('img', { src: source, alt: text }));
    else this.#top.append(h('span', { class: 'quiet' }, `[picture${text === '' ? '' : `: ${text}`}]`));
  }

  #link(href: string): HTMLElement {
    return h('button', { type: 'button', class: 'link', title: href, onclick: () => this.#options.openLink(href) });
  }
}
