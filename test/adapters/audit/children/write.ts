/** DATA SESSION COUNT: takes down so many attempts, and prints the number of each when it is acknowledged. */
import { recordEvent } from '../../../../src/adapters/node/audit/record.ts';

const [data = '', session = '', count = '0'] = process.argv.slice(2);
process.stdout.write('ready\n');
for (let n = 0; n < Number(count); n++) {
  recordEvent(data, { hook_event_name: 'PreToolUse', session_id: session, cwd: '/', tool_name: 'Read', tool_use_id: `${process.pid}-${n}`, tool_input: { file_path: `/f/${process.pid}/${n}`, text: 'ä'.repeat((n % 9) * 40) } }, Date.now());
  process.stdout.write(`${n}\n`);
}
