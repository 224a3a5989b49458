/** What was said in a conversation with Claude Code, from its transcript: one JSON object a line. */

export interface Turn {
  readonly prompt: string;
  readonly answer: string;
}

/**
 * The prompts with the words of the answers that followed; tools, their results and what the client
 * says to itself are left out. A line that cannot be read is passed over.
 * @param most After so many turns the rest is not read.
 */
export function turnsOf(transcript: string, most = Infinity): readonly Turn[] {
  const turns: { prompt: string; answer: string }[] = [];
  for (const text of transcript.split('\n')) {
    const line = parsed(text);
    if (line === undefined || line['isMeta'] === true || line['isSidechain'] === true) continue;
    const said = wordsOf(line['message']);
    if (said === '') continue;
    if (line['type'] === 'user' && !said.startsWith('<')) {
      if (turns.length >= most) break;
      turns.push({ prompt: said, answer: '' });
    } else if (line['type'] === 'assistant') {
      const last = turns.at(-1);
      if (last) last.answer += last.answer === '' ? said : `\n\n${said}`;
    }
  }
  return turns;
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}

function wordsOf(message: unknown): string {
  const content = typeof message === 'object' && message !== null && 'content' in message ? message.content : undefined;
  if (typeof content === 'string') return content.trim();
  if (!Array.isArray(content)) return '';
  const texts = (content as unknown[]).flatMap((part) => (typeof part === 'object' && part !== null && 'type' in part && part.type === 'text' && 'text' in part && typeof part.text === 'string' ? [part.text] : []));
  return texts.join('\n\n').trim();
}
