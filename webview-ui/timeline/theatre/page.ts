/** The prompt on the theatre's screen: where and when it was written, and its whole text. */
import type { PromptDetail } from '../../../src/protocol/timeline.ts';
import { dateOf } from '../../shared/dates.ts';
import { duration, exactTime, fullDate, plural, shortCount } from '../../shared/format.ts';
import { element } from '../page/dom.ts';
import { promptText } from '../page/promptText.ts';

/** @param sinceBefore Milliseconds since the prompt that played before; undefined for the first. */
export function promptPage(detail: PromptDetail, sinceBefore: number | undefined): HTMLElement {
  const facts = [detail.agent, plural(detail.text.length, 'character')];
  if (sinceBefore !== undefined) facts.push(`${duration(sinceBefore)} after the one before`);
  if (detail.context) facts.push(`context ${shortCount(detail.context.before)} → ${shortCount(detail.context.after)} tokens`);

  const head = element('header', { class: 'theatre-where' }, element('p', { class: 'theatre-when' }, element('time', { datetime: dateOf(detail.at).toISOString() }, exactTime(detail.at)), element('span', {}, fullDate(detail.at))));
  const project = element('h2', { class: 'theatre-project', dir: 'auto' }, detail.project.label || 'No project');
  if (detail.project.path !== '') project.title = detail.project.path;
  head.append(project, element('p', { class: 'theatre-facts' }, facts.filter((fact) => fact !== '').join(' · ')));

  const page = element('article', { class: 'theatre-prompt' }, head, promptText(detail.text, detail.pasted));
  if (detail.note !== '') page.append(element('aside', { class: 'theatre-note', 'aria-label': 'Your note', dir: 'auto' }, detail.note));
  return page;
}
