import type { ReviewItem } from '../../../core/review/index.ts';
import { formatAge, formatExactly } from './age.ts';
import { codeBlock, plain } from './markdown.ts';
import { count, isOrphan, placeOf, severityNames, stateName } from './wording.ts';

/** A command link under a comment; `argument` is the comment's id. */
export interface Action {
  readonly label: string;
  readonly command: 'wheelhouse.review.done' | 'wheelhouse.review.verify' | 'wheelhouse.review.reopen' | 'wheelhouse.review.edit' | 'wheelhouse.review.reattach' | 'wheelhouse.review.showInLog' | 'wheelhouse.review.copyForModel';
}

export function actionsFor(item: ReviewItem, trusted: boolean): Action[] {
  const next: Action[] =
    item.state === 'todo'
      ? [{ label: 'Done', command: 'wheelhouse.review.done' }]
      : [...(item.state === 'done' && !item.verified ? [{ label: 'Verify', command: 'wheelhouse.review.verify' } as const] : []), { label: 'Reopen', command: 'wheelhouse.review.reopen' }];
  return [
    // What runs the smoke test is not offered where it would be refused.
    ...next.filter(({ command }) => trusted || command === 'wheelhouse.review.reopen'),
    { label: 'Edit', command: 'wheelhouse.review.edit' },
    { label: 'Re-attach', command: 'wheelhouse.review.reattach' },
    { label: 'Go to log', command: 'wheelhouse.review.showInLog' },
    { label: 'Copy for LLM', command: 'wheelhouse.review.copyForModel' },
  ];
}

export interface HoverFacts {
  readonly now: Date;
  readonly language: string;
  /** The lines that the comment is on now, to tell whether they still are what was commented. */
  readonly currentText?: string | undefined;
  /** The actions as links; undefined shows none. */
  readonly actions?: string | undefined;
  /** Say where it is: not needed where the hover itself shows it. */
  readonly withPlace?: boolean;
}

/** Everything about a comment, as Markdown. What people wrote stands in it as text only. */
export function hoverText(item: ReviewItem, { now, language, currentText, actions, withPlace }: HoverFacts): string {
  const parts = [headline(item, now, withPlace === true), plain(item.text.trim())];
  const trouble = explainStatus(item);
  if (trouble) parts.push(`*${plain(trouble)}*`);
  if (item.quote !== undefined && sameText(item.quote) !== sameText(currentText ?? '')) parts.push('Commented on:', codeBlock(item.quote, language));
  for (const reply of item.replies) parts.push(`**${plain(reply.author)}** · ${formatAge(reply.at, now)}  \n${plain(reply.text.trim())}`);
  if (item.summary !== undefined && item.summary.trim() !== '') parts.push(`**${item.state === 'wontfix' ? 'Why not' : 'What was done'}:** ${plain(item.summary.trim())}`);
  const evidence = explainEvidence(item);
  if (evidence) parts.push(plain(evidence));
  if (actions) parts.push(actions);
  return parts.join('\n\n');
}

function headline(item: ReviewItem, now: Date, withPlace: boolean): string {
  const facts = [`**${severityNames[item.severity]}**`];
  if (item.created) facts.push(formatAge(item.created, now));
  if (withPlace) facts.push(plain(placeOf(item)));
  if (item.state !== 'todo') facts.push(plain(stateName(item)));
  if (item.tags.length > 0) facts.push(item.tags.map((tag) => plain(`#${tag}`)).join(' '));
  return facts.join(' · ');
}

/** Why a comment stands where it stands, when that is not plain to see. */
function explainStatus(item: ReviewItem): string | undefined {
  if (item.state !== 'todo') return undefined;
  if (item.status === 'file-gone') return 'Its file is gone, and its code was found nowhere else.';
  if (item.status === 'rewritten') return 'The code here was replaced by other code since.';
  if (!isOrphan(item)) return undefined;
  const similar = item.candidates.length;
  const hint = similar === 0 ? 'Re-attach it to where it belongs, or remove it.' : `${count(similar, 'place')} ${similar === 1 ? 'looks' : 'look'} similar: Re-attach shows ${similar === 1 ? 'it' : 'them'}.`;
  return `Its code was not found any more; it stood about here. ${hint}`;
}

function explainEvidence({ evidence, state, closed }: ReviewItem): string | undefined {
  if (state !== 'done') return undefined;
  if (!evidence) return 'Marked as done by somebody; no smoke test has shown it yet.';
  const commit = evidence.commit === undefined ? '' : ` on ${evidence.commit.slice(0, 8)}`;
  return `${evidence.command} passed in ${(evidence.durationMs / 1000).toFixed(1)} s${commit}${closed ? `, ${formatExactly(closed)}` : ''}.`;
}

function sameText(text: string): string {
  return text.split('\n').map((line) => line.trim()).join('\n').trim();
}
