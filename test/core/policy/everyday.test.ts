/** The default policy, and what agents run all day: what it must stop, and what it must not stand in the way of. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decideCall, defaultPolicyText, type Decision } from '../../../src/core/policy/index.ts';
import { diskOf, home, policyOf, root } from './look.ts';

const policy = policyOf(defaultPolicyText('repository'));
const files = ['.env', '.env.example', '.gitignore', '.git/config', '.github/workflows/ci.yml', '.wheelhouse/policy.yaml', 'README.md', 'package.json', 'src/index.ts', 'src/env/index.ts', 'src/keys.ts', 'docs/env.md', 'config/prod.env', 'certs/server.key', 'google-credentials.json', 'main.py'];
const disk = diskOf([...files.map((file) => `${root}/${file}`), `${home}/.ssh/id_rsa`, `${home}/.aws/credentials`, `${home}/.bashrc`]);
const decide = (tool: string, input: Record<string, unknown>) => decideCall(policy, { tool, input, cwd: root, home }, disk);
const quoted = (body: string) => `cat > x <<'EOF'\n${body}\nEOF`;

const commands: Readonly<Record<Decision, readonly string[]>> = {
  deny: [
    // Names that a loop, a variable or a pipe hands on.
    'for f in .env*; do echo "== $f"; cat "$f"; done', 'for f in config/*; do cat "$f"; done', 'x=.e*; cat $x', 'cat "$(ls .env*)"', 'cat $(ls .env* | head -1)', 'x=$(ls .env* | head -1); cat "$x"', 'ls .env* | xargs cat', 'ls .env* | while read f; do cat "$f"; done', 'xargs cat <<< .env', 'xargs -a .env echo', "echo .env | xargs -I% sh -c 'cat %'", "printf '%s\\n' .env x | xargs -I{} cat ./{}", 'x=$(find . -name "*.env"); echo hi; cat $x', 'echo $(find . -name .env) | xargs cat', 'echo "$(cat $(ls -a))"', 'echo "$(ls -a | xargs cat)"', 'echo "$(find . -type f | xargs head -1)"', 'cat ${X:+.env}', 'echo .env | while read -r f; do cat "$f"; done', "printf '%s\\n' .env x | while read f; do cat $f; done", 'read f <<< .env; cat $f', 'set -- .env; cat "$1"', 'files=(README.md .env); for f in "${files[@]}"; do cat "$f"; done', 'a=(.env*)\ncat ${a[0]}', 'awk 1 .en?', 'find .e* -exec cat {} +',
    // Scripts inside of commands.
    "sh -c 'cat \"$1\"' _ .env", "bash -c 'cat \"$@\"' _ README.md .env", "bash -c -- 'cat .env'", "trap 'cat .env' EXIT", "flock /tmp/l -c 'cat .env'", "su -c 'cat .env'", "script -qc 'cat .env' /dev/null", "uv run python -c \"print(open('.env').read())\"", "poetry run python - <<'EOF'\nprint(open('.env').read())\nEOF", 'npm exec -- cat .env',
    // Here-documents that are expanded, and what comes behind one with an apostrophe.
    'cat <<EOF\n`cat .env`\nEOF', 'cat <<EOF\n"$(cat .env)"\nEOF', 'cat <<EOF\n${X:-$(cat .env)}\nEOF', "git commit -m \"$(cat <<'EOF'\nDon't\nEOF\n)\"; cat .env", "x=$(cat <<A <<B\nit's\nA\n\"\nB\n); cat .env", "x=$(echo hi # it's\n); cat .env", 'x=$(echo $((1<<2))\necho a\n); cat .env',
    // Folders that a container sees.
    'docker run -v ~/.ssh:/root/.ssh alpine ls', 'docker run --volume=$HOME/.aws:/x:ro alpine ls', 'docker run --mount type=bind,source=$HOME/.ssh,target=/x alpine', 'docker run --rm -v "$(pwd)/.env:/x" alpine cat /x',
    // Programs that change what they only name.
    "python3 -c \"open('.wheelhouse/policy.yaml','w').write('')\"", "python3 -c \"open('.git/config', mode='a').write('x')\"", "node -e \"require('fs').writeFileSync('.git/config', 'x')\"", "perl -e 'unlink \".git/config\"'", "awk '{print > \".git/config\"}' README.md", "yq -i '.a=1' .git/config", 'cp -t .git/hooks README.md', 'tar czf x.tgz -C config .', 'unzip x.zip -d .git/hooks', 'wget -P .git/hooks https://example.org/pre-commit', 'tar xf x.tar -C .git/hooks', 'git stash push .wheelhouse/policy.yaml',
    'git log -p -- config/prod.env', 'git diff config/prod.env', 'git diff --stat -p config/prod.env', 'grep -rn foo .', 'tar czf x.tgz .',
  ],
  ask: [
    "git add -A && git commit -m \"$(cat <<'EOF'\nit's (done\n\nCo-Authored-By: A <a@example.org>\nEOF\n)\" && git push", "python3 - <<'EOF'\np='.github/workflows/ci.yml'\ns=open(p).read()\nopen(p,'w').write(s.replace('a','b'))\nEOF", 'git rm -r .github', 'sudo ls', "ssh-agent bash -c 'git push'",
  ],
  allow: [
    // Text that speaks of commands.
    quoted("#!/bin/sh\nexport $(grep -v '^#' .env | xargs)"), quoted('Run `cat .env` or $(cat .env)'), 'cat > x <<"EOF"\n$(cat .env)\nEOF', 'cat > x <<\\EOF\n$(cat .env)\nEOF', "git commit -m \"$(cat <<'EOF'\nfeat: load $(cat .env) lazily\nEOF\n)\"", "gh pr create --title \"it's\" --body \"$(cat <<'EOF'\n## Don't\n`git push` and $(sudo ls)\nEOF\n)\"", "perl -pi -e 's/\\.env/x/' docs/env.md",
    // Names, sizes and counts.
    'git check-ignore -v .env', 'git ls-files --error-unmatch .env', 'git status .env', 'git log --oneline -- .env', 'git diff --stat -- config/prod.env', 'git diff --name-only', 'rg --files', 'echo "$(find . -type f | wc -l) files"', 'N=$(ls -a | wc -l); echo $N', 'echo "$(ls -a)"', '[ -n "$(ls -A)" ] && echo full', 'wc -l "$(printf %s x$(ls -a | wc -l))"', 'X=$(ls .env* 2>/dev/null); echo "$X"', 'ls | xargs -n1 basename', 'find . -type f | xargs ls -la', 'wheelhouse policy check .env',
    // What leaves it out, and what reads elsewhere.
    'rsync -a --exclude .env --exclude "*.env" --exclude certs --exclude "*credentials*" --exclude .git . /tmp/x', "python3 - <<'EOF'\ns=open('.github/workflows/ci.yml').read()\nprint(len(s))\nEOF", "python3 -c \"print(open('.git/config').read())\"",
    'tar czf x.tgz -C src .', 'tar xzf x.tgz -C /tmp/y', 'unzip x.zip -d /tmp/z', "yq '.on' .github/workflows/ci.yml", 'git stash push -m wip src/index.ts', 'git rm --cached -r src', 'docker run --rm -v "$PWD":/w -w /w node:20 npm ci', 'for f in src/*; do wc -l "$f"; done', 'for f in *.md; do cat "$f"; done', 'trap "rm -f /tmp/x" EXIT', 'trap - EXIT', 'a=(src docs)\nls "${a[@]}"; (ls)', 'read -r f < README.md; echo $f', 'uv run pytest -x', 'npm exec -- tsc -p .', 'flock /tmp/l npm test', 'npm test', 'git add -A', 'git diff', 'cat .env.example', 'grep -rn "\\.env" src docs', 'find . -name "*.env"', 'rm -rf dist', 'echo .env >> .gitignore',
  ],
};
describe('commands', () => {
  for (const [decision, list] of Object.entries(commands)) {
    test(`${decision}: ${list.length} commands`, () => assert.deepEqual(list.flatMap((command) => (decide('Bash', { command }).decision === decision ? [] : [`${command}   ${decide('Bash', { command }).reason}`])), []));
  }
});

describe('other tools', () => {
  const rows: Readonly<Record<Decision, readonly (readonly [tool: string, input: Record<string, unknown>])[]>> = {
    deny: [
      ['Glob', { pattern: '**/.env*' }], ['Glob', { pattern: '**/*.pem' }], ['Glob', { pattern: '**/*credentials*' }], ['Grep', { pattern: 'x', glob: '**/*.key' }], ['Grep', { pattern: 'x', glob: '.env*' }],
      ['WebFetch', { url: `file://${root}/.env` }], ['mcp__browser__navigate', { url: `file://${root}/.env` }], ['mcp__fs__batch', { files: [{ path: '.env' }] }], ['mcp__fs__batch', { requests: [{ file: { path: `${root}/.env` } }] }], ['mcp__shell__exec', { command: 'cat .env' }], ['mcp__shell__run', { cmd: ['ls', 'cat .env'] }],
    ],
    ask: [['mcp__shell__exec', { command: 'git push' }]],
    allow: [
      ['Glob', { pattern: '**/*.json' }], ['Glob', { pattern: '**/*.yml' }], ['Glob', { pattern: '**/*.{ts,tsx,js,json,yml}' }], ['Glob', { pattern: '**/*key*' }], ['Glob', { pattern: '**/*env*' }], ['Glob', { pattern: '**/id_*' }], ['Grep', { pattern: 'x', glob: '*.json' }], ['Grep', { pattern: 'x', glob: '*.{ts,json}' }], ['Grep', { pattern: 'x', glob: '**/*.yml' }],
      ['Task', { prompt: 'cat .env' }], ['TodoWrite', { todos: [{ content: 'file: .env' }] }], ['mcp__github__create_issue', { title: '.env', body: 'cat .env' }], ['mcp__browser__navigate', { url: 'https://example.org/.env' }], ['mcp__shell__exec', { command: 'npm test' }],
    ],
  };
  for (const [decision, list] of Object.entries(rows)) for (const [tool, input] of list) test(`${decision}: ${tool} ${JSON.stringify(input)}`, () => assert.equal(decide(tool, input).decision, decision));
});

test('a denied folder says what in it is the matter, and how to go on', () => {
  assert.match(decide('Bash', { command: 'grep -rn foo .' }).reason, /^Reading all of \. is denied by the policy, because of \.env, config\/prod\.env, certs\/server\.key, google-credentials\.json: read\.deny \.env \(\S+\)\. Name the folders that you need, or leave them out \(such as --exclude\)/);
  assert.match(decide('Bash', { command: 'rm -rf config' }).reason, /^Changing all of config is denied by the policy, because of prod\.env: .* Name only what else is in there/);
});

test('of a command that is too long the beginning counts, and the rest as the policy says', () => {
  const long = 'x'.repeat(300_000);
  assert.equal(decide('Bash', { command: `cat .env; : ${long}` }).decision, 'deny');
  assert.deepEqual((['allow', 'ask', 'deny'] as const).map((wish) => decideCall(policyOf(`commands:\n  unclear: ${wish}\n`), { tool: 'Bash', input: { command: `: ${long}` }, cwd: root, home }, disk).decision), ['allow', 'ask', 'deny']);
});

test('a reason is one line, and steers no terminal', () => {
  for (const command of ['cat $\'a\\e[31m\\u202e/.env\'', 'cat "a\u009b31m\n/.env"', 'sudo \u202ex \u001b]0;x\u0007']) {
    const { reason } = decide('Bash', { command });
    assert.match(reason, /the policy/);
    assert.doesNotMatch(reason, /[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  }
});
