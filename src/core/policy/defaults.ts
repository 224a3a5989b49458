import type { PatternPlace } from './glob.ts';
import type { Rule } from './model.ts';
import { parsePolicy } from './parse.ts';

/** What "policy init" writes: a policy that hardly anybody objects to, with all else beside it as a comment. */
export function defaultPolicyText(scope: 'user' | 'repository'): string {
  return `# What coding agents may read, write and run${scope === 'user' ? ', in all of your projects' : ' in this repository'}.
#
# After a change:   wheelhouse policy apply     writes it into the agent's settings
#                   wheelhouse policy verify    proves that it holds
# Of this file and the one ${scope === 'user' ? 'in a repository (.wheelhouse/policy.yaml)' : 'of the user'}, the stricter rule counts.
#
# Patterns: a name without "/" counts in every folder; "~" is your home folder; what begins
# with neither "/" nor "~" is relative to the top of the repository. "*" is any part of a name,
# "**" any number of folders; a folder stands for all that is in it. Put what begins with "*"
# in quotes.

version: 1

read:
  # Neither read nor written: whoever writes a file can have it read.
  deny:
    - .env
    - "*.env"
    - .env.local
    - .env.*.local
    - .env.production
    - "*credentials*.json"
    - credentials.yml
    - .git-credentials
    - .netrc
    - .pgpass
    - ~/.npmrc
    - ~/.pypirc
    - "*.pem"
    - "*.p12"
    - "*.pfx"
    - "*.key"
    - id_rsa
    - id_ecdsa
    - id_ed25519
    - ~/.ssh
    - ~/.gnupg
    - ~/.aws
    - ~/.azure
    - ~/.config/gcloud
    - ~/.config/gh
    - ~/.kube
    - ~/.docker/config.json
  # Read only when you say yes each time.
  ask: []
  # When there is this list, nothing outside of it is read.
  # only: [., ~/projects, /usr, /tmp]

write:
  # Read, but not changed.
  deny:
    - .git/config
    - .git/hooks
    - ~/.bashrc
    - ~/.profile
    - ~/.zshrc
  # Changed only when you say yes each time.
  ask:
    - .github/workflows
  # When there is this list, nothing outside of it is changed.
  # only: [., /tmp]

commands:
  # The words that a command begins with; options count wherever they stand.
  deny: []
  ask:
    - sudo
    - git push
    - npm publish
  # A command whose files cannot be told from its text (a script, a variable from elsewhere):
  # allow, ask or deny.
  unclear: allow

# Whether agents are stopped when Wheelhouse itself does not work.
failClosed: false

# Whether commands run in the agent's sandbox: off, on (where the system has one, and a command
# leaves it with your yes) or required (no command leaves it, and without it the agent does not
# start). It is the only layer that also holds for what a script opens.
sandbox: off
`;
}

/** What the default policy denies, for the time that a policy cannot be read. */
export function defaultRules(place: PatternPlace): Rule[] {
  const { rules } = parsePolicy(defaultPolicyText('user'), { ...place, scope: 'built-in', file: '' });
  return rules.map((rule) => ({ ...rule, source: { scope: 'built-in', file: '', line: 0 } }));
}
