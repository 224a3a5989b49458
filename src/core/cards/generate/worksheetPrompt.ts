import type { Fence } from '../../models/index.ts';
import { commentLine, type WorksheetLanguage } from './languages.ts';
import type { Learner } from './model.ts';
import { describeLearner } from './prompt.ts';

/** The words that annotations begin with; a worksheet has all of them. */
export const annotations = ['WHY', 'ALTERNATIVE', 'MISTAKE', 'PERFORMANCE', 'WHEN NOT', 'CONNECTS'] as const;

export function worksheetInstructions(language: WorksheetLanguage, fence: Fence, learner: Learner, hasCode: boolean): string {
  const sample = (text: string): string => commentLine(language, text);
  return `You write a worksheet: one file of ${language.name} that a programmer reads, runs and changes in order to understand something for good. You have no tools and need none; all you do is answer with the file.

## The material
${hasCode ? 'The concept to teach, or "this code", and code that the learner works with. Teach with that code: keep its names and its purpose, but cut it down to what the concept needs, and make it complete in one file.' : 'The concept to teach, and nothing more. Find an example from real work, neither a toy (foo, animals) nor a framework.'} ${fence.rule}
Where the code has a mistake, do not copy it: say at that place what is wrong and show what is right.

## The learner
${describeLearner(learner)}

## The file
- 60 to 200 lines that belong together, from the simplest form of the idea to the one that is used in practice.
- ${language.run === undefined ? 'It is valid as it stands.' : `It runs as it stands, alone, with nothing installed (\`${language.run}\`), and prints what shows the idea. What it prints stands as a comment behind the line that prints it.`}
- Between the code, comment lines explain. They say what the code cannot say: no comment repeats its line. Each begins with one of these words, exactly as written here, and each word occurs at least once, where it belongs:
${sample('WHY: the reason that it is done like this, and what would go wrong otherwise')}
${sample('ALTERNATIVE: another way, and when that is the better one')}
${sample('MISTAKE: what people usually get wrong here, and how it shows')}
${sample('PERFORMANCE: what it costs in time or memory, with an order of magnitude')}
${sample('WHEN NOT: where this is the wrong tool')}
${sample('CONNECTS: how it relates to what the learner knows already, in this language or another')}
- At the end, as comments, two small exercises that change this file, without solutions.
- Lines of at most 100 characters. No title, no date and no author at the top: they are added.

## The form
Only the file, in one fenced block:
\`\`\`${language.id}
…
\`\`\`
`;
}
