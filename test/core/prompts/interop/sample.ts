import type { Prompt } from '../../../../src/core/prompts/model.ts';

/** A prompt of a table: what a case does not say is ordinary. */
export function prompt(part: Partial<Prompt> = {}): Prompt {
  return { key: `k${part.id ?? 1}`, id: 1, at: Date.UTC(2025, 9, 2, 10, 13, 20), text: 'fix the parser', project: '/Users/you/repos/a', session: 's1', agent: 'claude', pasted: '{}', rating: undefined, note: undefined, ...part };
}

export const utc = { offsetMinutes: () => 0 };

export const secret = `ghp_${'aB3dE6gH9j'.repeat(4)}`;
