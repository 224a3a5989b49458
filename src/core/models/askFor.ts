import { WheelhouseError } from '../base/errors.ts';
import { excerpt } from './fence.ts';
import type { LanguageModel, ModelAnswer, ModelRequest } from './model.ts';

/** What was understood of an answer. Without a problem it is taken; with one, the model is asked once more. */
export interface Reading<T> {
  /** What there is to use; undefined when nothing can be used. */
  readonly value?: T;
  /** What is wrong, as a sentence that the model and the user can both read. */
  readonly problem?: string;
}

export interface Question<T> extends ModelRequest {
  /** Checks a whole answer. */
  readonly read: (text: string) => Reading<T>;
  /** Called before the model is asked for the second time: what has streamed so far will not be used. */
  readonly onRepair?: (problem: string) => void;
}

export interface Checked<T> {
  readonly value: T;
  /** What is still wrong with a value that can be used. */
  readonly problem: string | undefined;
  /** The answer that it was taken from. */
  readonly answer: ModelAnswer;
  readonly asked: 1 | 2;
}

/** Of an answer that could not be used the model sees this much again. */
const shownAgain = 20_000;

/**
 * Asks, checks the answer, and asks once more when it cannot be used, with what was wrong.
 * A value with a flaw is only taken after the second answer.
 * @throws WheelhouseError `refused` with the problem and the model's own words when the second
 *   answer cannot be used either, and whatever the model throws.
 */
export async function askFor<T>(model: LanguageModel, question: Question<T>): Promise<Checked<T>> {
  const { read, onRepair, ...request } = question;
  const first = await model.ask(request);
  const reading = read(first.text);
  if (reading.problem === undefined && reading.value !== undefined) {
    return { value: reading.value, problem: undefined, answer: first, asked: 1 };
  }

  const problem = reading.problem ?? 'It was empty.';
  onRepair?.(problem);
  const second = await model.ask(repairRequest(request, first.text, problem));
  const repaired = read(second.text);
  if (repaired.value !== undefined) return { value: repaired.value, problem: repaired.problem, answer: second, asked: 2 };
  if (reading.value !== undefined) return { value: reading.value, problem, answer: first, asked: 2 };
  throw new WheelhouseError(
    'refused',
    `${model.name} answered twice with something that cannot be used. ${repaired.problem ?? problem} ` +
      `${said(second.text)}Ask again, with less material or another model.`,
    { details: second.text.slice(0, shownAgain) },
  );
}

function repairRequest(request: ModelRequest, answer: string, problem: string): ModelRequest {
  return {
    ...request,
    instructions:
      `${request.instructions}\n\n## Your answer before this one could not be used\n${problem}\n` +
      'It stands after the material. Answer again, from the beginning, in the form that is asked for, with nothing around it.',
    material: `${request.material}\n\nThe answer that could not be used:\n${JSON.stringify(answer.slice(0, shownAgain))}`,
  };
}

function said(text: string): string {
  const words = excerpt(text, 160);
  return words === '' ? 'It said nothing. ' : `It said: “${words}” `;
}
