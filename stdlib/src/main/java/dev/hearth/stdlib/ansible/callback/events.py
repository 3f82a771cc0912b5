# Tells Hearth what a play does: one JSON object a line, as it happens.
from __future__ import annotations

DOCUMENTATION = '''
    name: events
    type: stdout
    short_description: tells Hearth what happens, as lines of JSON
    description: Takes the standard output for itself; whatever else is printed goes to the standard error.
'''

import json
import os
import time

from ansible.plugins.callback import CallbackBase

LONGEST_TEXT = 64 * 1024
OUTCOMES = ('ok', 'changed', 'failed', 'skipped', 'unreachable')


def text_of(value):
    if value is None or value == '':
        return None
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    # What is no Unicode came from a host's bytes.
    text = text.encode('utf-8', 'replace').decode('utf-8')
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + '…'


def flag(value):
    return value in (True, 'true', 'True', 'yes', 1)


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = 'stdout'
    CALLBACK_NAME = 'hearth.tell.events'

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Hearth alone reads this pipe; what modules and other plugins print must not get between the lines.
        self._channel = os.fdopen(os.dup(1), 'w', encoding='utf-8')
        os.dup2(2, 1)
        self._begun = {}
        self._whole = os.environ.get('HEARTH_ANSIBLE_RESULTS') == '1'
        self._play = None

    def _tell(self, kind, **facts):
        event = {key: value for key, value in facts.items() if value is not None}
        print(json.dumps({'kind': kind, **event}, default=str), file=self._channel, flush=True)

    def _place(self, task):
        path = task.get_path() or ''
        file, _, line = path.rpartition(':')
        role = getattr(task, '_role', None)
        return {
            'play': self._play,
            'task': text_of(task.get_name()),
            'role': role.get_name() if role else None,
            'action': text_of(task.action),
            'file': text_of(file) if line.isdigit() else None,
            'line': int(line) if line.isdigit() else None,
        }

    def _told(self, result, kind, **more):
        # From ansible-core 2.19 on they have these names; the others are kept for older plugins.
        host = getattr(result, 'host', None) or result._host
        task = getattr(result, 'task', None) or result._task
        outcome = self._outcome_of(result)
        begun = self._begun.get((host.get_name(), task._uuid)) or self._begun.get(task._uuid)
        message = outcome.get('msg')
        if 'censored' in outcome:
            message = 'hidden by no_log'
        elif message is None:
            message = outcome.get('skip_reason') or outcome.get('reason')
        duration = None if begun is None else int((time.monotonic() - begun) * 1000)
        self._tell(
            kind,
            host=host.get_name(),
            **self._place(task),
            message=text_of(message),
            stdout=text_of(outcome.get('stdout')),
            stderr=text_of(outcome.get('stderr') or outcome.get('module_stderr')),
            status=outcome.get('rc') if isinstance(outcome.get('rc'), int) else None,
            duration=duration,
            hidden=True if 'censored' in outcome else None,
            **more,
            **({'result': outcome} if self._whole and kind in OUTCOMES else {}),
        )

    def _outcome_of(self, result):
        outcome = getattr(result, 'result', None)
        return result._result if outcome is None else outcome

    def v2_playbook_on_start(self, playbook):
        self._tell('start')

    def v2_playbook_on_play_start(self, play):
        self._play = text_of(play.get_name().strip())
        self._tell('play', play=self._play)

    def v2_playbook_on_no_hosts_matched(self):
        self._tell('no-hosts', play=self._play)

    def _task(self, task, handler=None):
        self._begun[task._uuid] = time.monotonic()
        self._tell('task', **self._place(task), handler=handler)

    def v2_playbook_on_task_start(self, task, is_conditional):
        self._task(task)

    def v2_playbook_on_handler_task_start(self, task):
        self._task(task, True)

    def v2_runner_on_start(self, host, task):
        self._begun[(host.get_name(), task._uuid)] = time.monotonic()

    def v2_runner_on_ok(self, result):
        changed = flag(self._outcome_of(result).get('changed', False))
        self._told(result, 'changed' if changed else 'ok')

    def v2_runner_on_failed(self, result, ignore_errors=False):
        self._told(result, 'failed', ignored=True if ignore_errors else None)

    def v2_runner_on_skipped(self, result):
        self._told(result, 'skipped')

    def v2_runner_on_unreachable(self, result):
        self._told(result, 'unreachable')

    def v2_runner_retry(self, result):
        outcome = self._outcome_of(result)
        self._told(result, 'retry', attempt=outcome.get('attempts'), attempts=outcome.get('retries'))

    def _item(self, result, state):
        outcome = self._outcome_of(result)
        label = None if 'censored' in outcome else outcome.get('_ansible_item_label', outcome.get('item'))
        self._told(result, 'item', state=state, item=text_of(label))

    def v2_runner_item_on_ok(self, result):
        self._item(result, 'changed' if flag(self._outcome_of(result).get('changed', False)) else 'ok')

    def v2_runner_item_on_failed(self, result):
        self._item(result, 'failed')

    def v2_runner_item_on_skipped(self, result):
        self._item(result, 'skipped')

    def v2_on_file_diff(self, result):
        outcome = self._outcome_of(result)
        if 'censored' in outcome:
            return
        parts = outcome.get('results') if isinstance(outcome.get('results'), list) else [outcome]
        for part in parts:
            if not isinstance(part, dict) or 'censored' in part or not part.get('diff'):
                continue
            diffs = part['diff'] if isinstance(part['diff'], list) else [part['diff']]
            for diff in diffs:
                if not diff or (isinstance(diff, dict) and not flag(part.get('changed', True))):
                    continue
                self._told(result, 'diff', diff=text_of(self._get_diff(diff)))

    def v2_playbook_on_stats(self, stats):
        hosts = {}
        for host in sorted(stats.processed):
            one = stats.summarize(host)
            hosts[host] = {
                'ok': one['ok'],
                'changed': one['changed'],
                'failed': one['failures'],
                'skipped': one['skipped'],
                'unreachable': one['unreachable'],
                'rescued': one['rescued'],
                'ignored': one['ignored'],
            }
        self._tell('stats', hosts=hosts)
