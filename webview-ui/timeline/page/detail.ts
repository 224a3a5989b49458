/** One prompt in the side panel: what it says, where it stood, and what the user makes of it. */
import type { PromptBrief, PromptDetail } from '../../../src/protocol/timeline.ts';
import { age, count, exactMoment, moment } from '../../shared/format.ts';
import { button, debounce, element } from './dom.ts';
import { icon, type IconName } from './icons.ts';
import { promptText } from './promptText.ts';
import { stars } from './stars.ts';
import type { PageState } from './state.ts';

export interface DetailView {
  readonly element: HTMLElement;
  showRating(rating: number): void;
  /** Saves a note that is being written. */
  leave(): void;
}

export function detail(prompt: PromptDetail, state: PageState): DetailView {
  const { can } = state.source;
  const rate = can.rate ? (rating: number) => void state.rate(prompt.id, rating) : undefined;
  let shown = stars(prompt.rating, rate);
  const note = noteField(prompt, state);
  const head = element('div', { class: 'detail-head' }, shown, element('time', { class: 'detail-time', title: exactMoment(prompt.at) }, moment(prompt.at)));
  const project = element('div', { class: 'detail-facts' }, element('bdi', { class: 'detail-project', title: prompt.project.path }, prompt.project.label === '' ? 'unknown project' : prompt.project.label), element('span', {}, prompt.agent), element('span', {}, `${count(prompt.text.length)} characters`));
  return {
    element: element('article', { class: 'detail' }, head, project, actions(prompt, state), promptText(prompt.text, prompt.pasted), context(prompt), ...(note ? [note.element] : []), session(prompt, state)),
    showRating: (rating) => {
      const focused = shown.contains(document.activeElement) ? [...shown.children].indexOf(document.activeElement as Element) : -1;
      const next = stars(rating, rate);
      shown.replaceWith(next);
      shown = next;
      if (focused >= 0) (next.children[focused] as HTMLElement | undefined)?.focus();
    },
    leave: () => note?.save(),
  };
}

function actions(prompt: PromptDetail, state: PageState): HTMLElement {
  const { source } = state;
  const action = (name: string, image: IconName, work: () => Promise<unknown>, done?: string) =>
    button(name, () => void work().then(() => (done === undefined ? undefined : state.announce(done)), (error: unknown) => state.fail(error)), { icon: icon(image), text: name, className: 'quiet' });
  return element(
    'div',
    { class: 'detail-actions' },
    action('Copy', 'copy', () => source.copy(prompt.text), 'Copied'),
    ...(source.can.publish ? [action('Publish', 'globe', () => source.publish(prompt.id))] : []),
    ...(source.can.openSession && prompt.session !== '' ? [action('Open session', 'session', () => source.openSession(prompt.id))] : []),
  );
}

function context({ context }: PromptDetail): HTMLElement | string {
  if (!context) return '';
  const grown = context.after - context.before;
  return element('p', { class: 'hint' }, `Context: ${count(context.before)} → ${count(context.after)} tokens (${grown < 0 ? '−' : '+'}${count(Math.abs(grown))})`);
}

/** Saved when left, by Ctrl+Enter, and two seconds after the last letter. */
function noteField(prompt: PromptDetail, state: PageState): { readonly element: HTMLElement; save(): void } | undefined {
  if (!state.source.can.rate) return prompt.note === '' ? undefined : { element: element('section', { class: 'detail-note' }, element('h3', {}, 'Note'), element('p', { class: 'note-text', dir: 'auto' }, prompt.note)), save: () => undefined };
  const field = element('textarea', { class: 'field note-field', rows: 3, id: 'note', dir: 'auto', placeholder: 'What made this prompt work, or not?' });
  field.value = prompt.note;
  const said = element('span', { class: 'note-said' });
  let saved = prompt.note;
  const save = () => {
    later.cancel();
    const text = field.value.trim();
    if (text === saved.trim()) return;
    const before = saved;
    saved = text;
    state.source.note(prompt.id, text).then(
      () => {
        state.setHasNote(prompt.id, text !== '');
        said.textContent = 'Saved';
        state.announce('Note saved');
      },
      (error: unknown) => {
        saved = before;
        said.textContent = 'Not saved';
        state.fail(error);
      },
    );
  };
  const later = debounce(2000, save);
  field.addEventListener('input', () => {
    said.textContent = '';
    later();
  });
  field.addEventListener('blur', save);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
  });
  return { element: element('section', { class: 'detail-note' }, element('div', { class: 'note-head' }, element('label', { for: 'note' }, 'Note'), said), field), save };
}

function session(prompt: PromptDetail, state: PageState): HTMLElement {
  const neighbour = (brief: PromptBrief | undefined, name: string, image: IconName) => {
    if (!brief) return [];
    const line = element('button', { type: 'button', class: 'neighbour', title: `${name} in this session` }, icon(image), element('span', { class: 'for-screen-readers' }, `${name} in this session: `), element('span', { class: 'neighbour-text', dir: 'auto' }, brief.text.trim().slice(0, 200)), element('span', { class: 'neighbour-time', title: exactMoment(brief.at) }, age(brief.at, Date.now())));
    line.addEventListener('click', () => state.select(brief.id));
    return [line];
  };
  const lines = [...neighbour(prompt.before, 'Before', 'arrowUp'), ...neighbour(prompt.after, 'After', 'arrowDown')];
  if (lines.length === 0) return element('section', {});
  return element('section', { class: 'detail-session' }, element('h3', {}, 'In this session'), ...lines);
}
