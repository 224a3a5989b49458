/** Elements from script. Text only ever becomes text. */

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Attributes that are false or undefined are left out, true ones are empty. */
export function element<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: readonly (Node | string)[]): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

export function setAttributes(of: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) of.removeAttribute(name);
    else of.setAttribute(name, value === true ? '' : String(value));
  }
}

/** A button that says what it does; with an icon its name is only for the tooltip and screen readers. */
export function button(name: string, onClick: (event: MouseEvent) => void, { icon, className = '', text }: { readonly icon?: Node; readonly className?: string; readonly text?: string } = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', class: `${icon && text === undefined ? 'icon-button' : 'button'} ${className}`.trim() });
  if (icon) made.append(icon);
  if (text !== undefined || !icon) made.append(element('span', {}, text ?? name));
  if (icon || text !== undefined) {
    made.title = name;
    // A visible text is part of the name, so that who speaks it is understood.
    if (text === undefined || (text !== '' && text !== name && name.includes(text))) made.setAttribute('aria-label', name);
  }
  made.addEventListener('click', onClick);
  return made;
}

/** Hits stand between U+E000 and U+E001; they become `<mark>`. */
export function marked(snippet: string): Node[] {
  const nodes: Node[] = [];
  for (const part of snippet.split('\uE000')) {
    const end = part.indexOf('\uE001');
    if (nodes.length === 0 && !snippet.startsWith('\uE000') && end < 0) {
      nodes.push(document.createTextNode(part));
      continue;
    }
    if (end >= 0) nodes.push(element('mark', {}, part.slice(0, end)));
    const rest = end >= 0 ? part.slice(end + 1) : part;
    if (rest !== '') nodes.push(document.createTextNode(rest.replaceAll('\uE001', '')));
  }
  return nodes;
}

/** Runs `work` once, `delay` ms after the last call. */
export function debounce(delay: number, work: () => void): { (): void; flush(): void; cancel(): void } {
  let timer = 0;
  const run = () => {
    timer = 0;
    work();
  };
  const later = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(run, delay);
  };
  return Object.assign(later, {
    flush: () => {
      if (timer === 0) return;
      window.clearTimeout(timer);
      run();
    },
    cancel: () => {
      window.clearTimeout(timer);
      timer = 0;
    },
  });
}

/** Whether a key belongs to a field that somebody types in. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:TEXTAREA|SELECT)$/.test(target.tagName) || (target instanceof HTMLInputElement && !/^(?:checkbox|radio|button)$/.test(target.type)));
}
