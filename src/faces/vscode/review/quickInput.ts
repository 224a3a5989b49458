import { parseQuickInput, type QuickInput } from '../../../core/review/light.ts';
import { severityNames } from './wording.ts';

/** What the input box says while a comment is typed. */
export interface QuickInputHint {
  readonly message: string;
  /** Whether it cannot be logged like this. */
  readonly wrong: boolean;
}

export const quickInputPlaceholder = 'What should change?  ! must   ? question   ~ nit   #tag';

/** Shows how the text will be read; nothing while there is nothing to say. */
export function quickInputHint(input: string): QuickInputHint | undefined {
  if (input.trim() === '') return undefined;
  const { text, severity, tags } = parseQuickInput(input);
  if (text === '' || /^[!?~]$/.test(text)) return { message: 'Go on: what should change?', wrong: true };
  return { message: [severityNames[severity], ...tags.map((tag) => `#${tag}`)].join(' · '), wrong: false };
}

/** A comment in the form that it is typed in: the reverse of `parseQuickInput`. */
export function toQuickInput({ text, severity, tags }: QuickInput): string {
  const marks = { must: '! ', should: '', question: '? ', nit: '~ ' } as const;
  return [marks[severity] + text, ...tags.map((tag) => `#${tag}`)].join(' ');
}
