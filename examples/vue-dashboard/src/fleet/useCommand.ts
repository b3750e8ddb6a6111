import type { FleetCommand } from '@tautline-examples/shared';
import { useConnectionStatus } from '@tautline/vue';
import { computed, shallowRef } from 'vue';
import { fleet } from '../line';
import { ask } from './ask';

export type CommandState =
  | { readonly name: 'idle' | 'pending' | 'waiting' | 'done' }
  | { readonly name: 'failed'; readonly reason: string };

/** A command that somebody gives by a button, and what becomes of it. `waiting`: until the line is back. */
export function useCommand() {
  const known = shallowRef<CommandState>({ name: 'idle' });
  const status = useConnectionStatus(fleet);
  const state = computed((): CommandState => {
    const isWaiting = known.value.name === 'pending' && status.value !== 'connected';
    return isWaiting ? { name: 'waiting' } : known.value;
  });

  async function run(command: FleetCommand): Promise<void> {
    known.value = { name: 'pending' };
    try {
      await ask(fleet, command);
      known.value = { name: 'done' };
    } catch (error) {
      known.value = { name: 'failed', reason: error instanceof Error ? error.message : String(error) };
    }
  }

  return { state, run };
}
