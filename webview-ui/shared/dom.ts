/** Elements from data. Texts become text nodes, so nobody's text is ever markup. */

export type Child = Node | string | number | false | null | undefined;

type Listeners = { readonly [Name in keyof HTMLElementEventMap as `on${Name}`]?: (event: HTMLElementEventMap[Name]) => void };
export type Attributes = Listeners & { readonly [name: string]: unknown };

/** Makes an element. `class: ''` and values that are false or undefined are left out; `true` gives an empty attribute. */
export function h<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

/** As `h`, in the namespace of SVG. */
export function svg<Tag extends keyof SVGElementTagNameMap>(tag: Tag, attributes: Attributes = {}, ...children: readonly Child[]): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false || value === '') continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value as EventListener);
    else element.setAttribute(name, value === true ? '' : (value as string));
  }
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) if (child !== false && child !== null && child !== undefined) element.append(typeof child === 'number' ? String(child) : child);
}

/** Text for screen readers only. */
export const unseen = (text: string): HTMLElement => h('span', { class: 'unseen' }, text);

/** A key as it is shown beside what it does. Screen readers get `aria-keyshortcuts` of the button instead. */
export const key = (name: string): HTMLElement => h('kbd', { 'aria-hidden': 'true' }, name);

/** The user writes there: keys are letters. */
export function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type !== 'checkbox');
}
