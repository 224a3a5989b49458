import type { ReviewItem } from '../../../core/review/index.ts';
import { placeOf } from './wording.ts';

/** A comment as plain text to paste into a conversation: where, the code, what. */
export function textForModel(item: ReviewItem, currentText: string | undefined): string {
  const facts = [item.severity, ...item.tags.map((tag) => `#${tag}`), `id ${item.id}`];
  const code = currentText ?? item.quote;
  const lines = [`${placeOf(item)} (${facts.join(', ')})`];
  if (code !== undefined) lines.push(...code.split('\n').map((line) => `> ${line}`));
  lines.push('', item.text.trim());
  for (const reply of item.replies) lines.push('', `${reply.author}: ${reply.text.trim()}`);
  return `${lines.join('\n')}\n`;
}
