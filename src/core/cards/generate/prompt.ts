/** The words that cards are asked for with. Every rule stands for a kind of card that nobody keeps. */
import { excerpt, type Fence } from '../../models/index.ts';
import type { Material } from './material.ts';
import type { Learner } from './model.ts';

export function cardInstructions(material: Material, fence: Fence, learner: Learner, count: number): string {
  const lines = material.numbered
    ? '\n- `lines`: the numbers of the first and last line that the card is about, such as `[12, 15]`, when it is about certain lines. The numbers before `|` are not part of the code.'
    : '';
  return `You write flashcards for spaced repetition. You have no tools and need none; all you do is answer with JSON.

## The material
${material.about} ${fence.rule}
Judge what it says: where it is wrong or out of date, write a card with what is right, or none. Do not invent details about this code, its project or its people.

## The learner
${describeLearner(learner)}

## How many
At most ${count}. Choose what is worth remembering for years: how and why something works, when to use it and when not, what goes wrong and how one notices. Leave out what one looks up (names of files, line numbers, parameter lists) and what everybody at this level knows. Fewer good cards are better than ${count}.

## A good card
- One question, one fact. If the answer is a list of more than two things, make several cards.
- The question stands alone. The learner sees it in half a year, without the material: name the language, library or situation in it, and quote the few lines of code that it needs in a fenced block.
- It has exactly one right answer, which the question does not give away. No yes or no, no choice between two, no "explain everything about".
- Ask for understanding where there is some: "Why does …", "What happens when …", "What is wrong with …", "Which … and why".
- The answer is short: a word, a line of code, at most two sentences. What helps to remember it (the reason, an example, the usual mistake) goes into \`notes\`, at most three sentences.

Good: {"question":"In JavaScript, why does \`[10, 9, 1].sort()\` give \`[1, 10, 9]\`?","answer":"Without a compare function, elements are compared as text.","notes":"For numbers pass \`(a, b) => a - b\`. The same holds for dates.","tags":["javascript","arrays"]}
Bad: {"question":"What does this function do?","answer":"It sorts."} (which function? nobody will know)
Bad: {"question":"Is sort() in place?","answer":"Yes"} (can be guessed)

## The form
Only a JSON array, nothing before or after it, no code fence around it. Each element is an object with
- \`question\` and \`answer\`: Markdown, with code in backticks or fenced blocks;
- \`notes\` (may be missing): Markdown;
- \`tags\`: one to three short lower-case words joined by hyphens, from general to special.${lines}
If the material has nothing worth a card, answer \`[]\`.
`;
}

/** For whom, in a few lines; used for worksheets, too. */
export function describeLearner({ level, taste, language }: Learner): string {
  const said = [
    `Level: ${oneLine(level) ?? 'a working programmer who may be new to this subject'}.`,
    oneLine(taste) === undefined ? undefined : `Taste: ${oneLine(taste) ?? ''}.`,
    oneLine(language) === undefined ? 'Write in the language of the material; in English when that is not clear.' : `Write in ${oneLine(language) ?? ''}.`,
  ];
  return said.filter((line) => line !== undefined).join('\n');
}

function oneLine(text: string | undefined): string | undefined {
  const line = excerpt(text ?? '', 500).replace(/\.$/, '');
  return line === '' ? undefined : line;
}
